/// What was tried with what: a table of the checks that are called `<one>_with_<other>`.
public struct CatalogueMatrix: Sendable {
  /// A pair that was tried.
  public struct Pair: Hashable, Sendable {
    /// The first part of the check's name: a line of the table.
    public var line: String
    /// The second part: a column.
    public var column: String
    /// The row without bugs of its check, as an index in the document's rows.
    public var row: Int

    /// Returns the pair that a check's name stands for; nil if it is no pair's.
    public init?(check: String, row: Int) {
      let parts = check.split(separator: Self.joint)
      guard parts.count > 1, let column = parts.last else { return nil }
      line = parts.dropLast().joined(separator: Self.joint)
      self.column = String(column)
      self.row = row
    }

    private static let joint = "_with_"
  }

  /// What the table is called.
  public var title: String
  /// The pairs, in the order of their checks.
  public var pairs: [Pair]
  /// How many checks of this kind are large, and not in the table.
  public var largeCount: Int

  /// Creates a table.
  public init(title: String, pairs: [Pair] = [], largeCount: Int = 0) {
    self.title = title
    self.pairs = pairs
    self.largeCount = largeCount
  }

  /// The lines, in the order in which they come up first.
  package var lines: [String] { pairs.map(\.line).uniqued() }
  /// The columns, likewise.
  package var columns: [String] { pairs.map(\.column).uniqued() }

  /// The row of a pair; nil if it was not tried.
  package func row(_ line: String, _ column: String) -> Int? {
    pairs.first { $0.line == line && $0.column == column }?.row
  }
}
