internal import SourceText

/// Makes one document of one format out of the runs of a command, as they come in.
///
/// A renderer keeps what it needs of a run and lets the rest go: the systems of some hundred runs at once
/// would be too much. Equal runs in equal order give equal text, byte for byte.
public protocol ReportRenderer {
  /// Begins an empty document.
  init(_ context: ReportContext)

  /// Adds a run, in the order in which they are made.
  mutating func add(_ run: ReportedRun)

  /// Adds a model of which nothing could be run, because it cannot be read or has errors.
  mutating func add(_ model: RejectedModel)

  /// Adds a stored counterexample that is not what it was.
  mutating func add(_ problem: StoredProblem)

  /// Returns the document; it ends with a newline.
  func render(exitStatus: Int32) -> String

  /// What the document does not show although it was added, each as one phrase; empty for most.
  var omissions: [String] { get }
}

extension ReportRenderer {
  /// Leaves the model out: most formats show runs and nothing else.
  public mutating func add(_ model: RejectedModel) {}

  /// Shows the counterexample's file in place of a model's.
  public mutating func add(_ problem: StoredProblem) {
    add(
      RejectedModel(
        path: problem.path, reason: problem.reason, diagnostics: [], catalog: SourceCatalog()))
  }

  /// Nothing: most formats show all that is added.
  public var omissions: [String] { [] }
}

/// What a renderer knows before the first run.
public struct ReportContext: Sendable {
  /// The command: `check` or `test`.
  public var command: String
  /// The version of the tool.
  public var toolVersion: String
  /// Whether the user asks for measurements, which differ from run to run.
  public var hasMeasurements: Bool
  /// Whether the user asks for whole states, in the formats that leave them out otherwise.
  public var showsStates: Bool
  /// What is known about violations that every model can have, by name.
  public var pages: [ViolationPage]
  /// The absolute path of the folder in which the tool runs, for formats that name files from there on; nil
  /// if nobody knows.
  public var folder: String?

  /// Creates a context.
  public init(
    command: String, toolVersion: String, hasMeasurements: Bool = false, showsStates: Bool = false,
    pages: [ViolationPage] = [], folder: String? = nil
  ) {
    self.folder = folder
    self.command = command
    self.toolVersion = toolVersion
    self.hasMeasurements = hasMeasurements
    self.showsStates = showsStates
    self.pages = pages
  }
}

/// What `pagerace explain` says about a violation.
public struct ViolationPage: Sendable {
  /// The stable name, such as `use_after_free`.
  public var name: String
  /// One sentence.
  public var summary: String
  /// Paragraphs, separated by empty lines; may be empty.
  public var text: String

  /// Creates a page.
  public init(name: String, summary: String, text: String) {
    self.name = name
    self.summary = summary
    self.text = text
  }
}
