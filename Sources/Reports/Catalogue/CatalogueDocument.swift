/// All that a set of models knows of mistakes, ready to be written down.
public struct CatalogueDocument: Sendable {
  /// A module with something in the catalogue.
  public struct Module: Hashable, Sendable {
    /// Its name, such as `direct_migration.page_copy`.
    public var name: String
    /// The path of its file, as the user wrote it.
    public var path: String

    /// Creates a module.
    public init(name: String, path: String) {
      self.name = name
      self.path = path
    }

    /// The last part of the name.
    var shortName: Substring { name.split(separator: ".").last ?? "" }
  }

  /// A bug without a source: one that only its model makes.
  public struct OwnMistake: Sendable {
    /// The module that declares it, as an index in ``modules``.
    public var module: Int
    /// The id.
    public var id: String
    /// What is wrong.
    public var sentence: String
    /// The names of what is violated, in order.
    public var violations: [String]

    /// Creates a mistake.
    public init(module: Int, id: String, sentence: String, violations: [String]) {
      self.module = module
      self.id = id
      self.sentence = sentence
      self.violations = violations
    }
  }

  /// The modules, in the order of their paths.
  public var modules: [Module] = []
  /// The rows of all their checks.
  public var rows: [CatalogueRow] = []
  /// The entries, in the order of their ids.
  public var entries: [CatalogueEntry] = []
  /// The tables of pairs, in the order in which modules name them first.
  public var matrices: [CatalogueMatrix] = []
  /// The bugs without a source.
  public var ownMistakes: [OwnMistake] = []
  /// The ids that nobody speaks of though their numbers have come up: between those of others.
  public var gaps: [String] = []

  /// Creates an empty catalogue.
  public init() {}

  /// The rows whose numbers are shown, as indexes in ``rows``, in order.
  public var measuredRows: [Int] {
    let shown = entries.flatMap(\.rows) + matrices.flatMap { $0.pairs.map(\.row) }
    return Set(shown + shown.compactMap { rows[$0].plain }).filter { !rows[$0].isLarge }.sorted()
  }

  /// Returns the page in Markdown.
  ///
  /// `measures` are by indexes in ``rows``; what is missing is shown as a dot. `link` says how the page
  /// names the file at a path.
  public func markdown(
    measures: [Int: CatalogueRow.Measure], link: (String) -> String
  ) -> String {
    CatalogueText(self, measures: measures, links: modules.map { link($0.path) }).render()
  }

  /// Returns a page with all numbers of its tables replaced by dots: what it says without any search.
  public static func outline(of page: String) -> String {
    page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("|") else { return String(line) }
      return line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
        let isNumber =
          cell.contains(where: \.isNumber)
          && cell.allSatisfy { $0.isNumber || $0 == "," || $0 == " " }
        return isNumber ? " \(CatalogueText.unknown) " : String(cell)
      }.joined(separator: "|")
    }.joined(separator: "\n")
  }
}
