/// A row of a check's table in the catalogue.
public struct CatalogueRow: Sendable {
  /// What came of the run of a row.
  public struct Measure: Hashable, Sendable {
    /// How many states there are, if nothing is violated.
    public var states: Int?
    /// How many steps lead to the violation.
    public var steps: Int?
    /// How many of them are preemptions.
    public var preemptions: Int?

    /// Creates what came of a run that holds.
    public init(states: Int) { self.states = states }

    /// Creates what came of a run that violates something.
    public init(steps: Int, preemptions: Int) {
      self.steps = steps
      self.preemptions = preemptions
    }
  }

  /// The module of the check, as an index in ``CatalogueDocument/modules``.
  public var module: Int
  /// The name of the check.
  public var check: String
  /// The bugs that are on.
  public var bugs: [String]
  /// The options that the row sets and the check does not.
  public var options: [RunDescription.Setting]
  /// The name of what is violated; nil if the row holds.
  public var violation: String?
  /// The row of the same check that holds without bugs, as an index in ``CatalogueDocument/rows``.
  public var plain: Int?
  /// Whether the check runs only when asked for.
  public var isLarge: Bool

  /// Creates a row.
  public init(
    module: Int, check: String, bugs: [String], options: [RunDescription.Setting],
    violation: String?, plain: Int? = nil, isLarge: Bool
  ) {
    self.module = module
    self.check = check
    self.bugs = bugs
    self.options = options
    self.violation = violation
    self.plain = plain
    self.isLarge = isLarge
  }

  /// What the row switches on: `B01 with count_watched = true`, or `plain`.
  public var title: String {
    let with = options.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let bugs = self.bugs.joined(separator: ", ")
    if with.isEmpty { return bugs.isEmpty ? "plain" : bugs }
    return bugs.isEmpty ? "with \(with)" : "\(bugs) with \(with)"
  }
}
