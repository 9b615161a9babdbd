public import Exploration
public import Machine
public import SourceText

/// A run with all that a report in any format may want to know of it.
public struct ReportedRun: Sendable {
  /// How the run ended.
  public enum Ending: Sendable {
    /// The search has an answer.
    case finished(TransitionSystem, SearchResult)
    /// The model has errors under this configuration; nothing was explored.
    case rejected([Diagnostic])
    /// The checker contradicts itself; with what it says about that.
    case contradiction(String)
    /// Nothing was explored, for the reason given.
    case notRun(String)

    /// Why nothing was explored, as one phrase; nil if something was.
    public var obstacle: String? {
      switch self {
      case .finished: nil
      case .rejected: "the model has errors with these bugs and options"
      case .contradiction(let text): "internal error: \(text)"
      case .notRun(let reason): "not run: \(reason)"
      }
    }
  }

  /// What a row of the model expects of the run.
  public struct Expectation: Sendable {
    /// `pass`, or the name of a violation or property.
    public var name: String
    /// Whether just that came out.
    public var isMet: Bool

    /// Creates an expectation.
    public init(name: String, isMet: Bool) {
      self.name = name
      self.isMet = isMet
    }
  }

  /// What was to be checked.
  public var description: RunDescription
  /// How it ended.
  public var ending: Ending
  /// The texts of the model.
  public var catalog: SourceCatalog
  /// What the model expects; nil if nobody compares.
  public var expectation: Expectation?
  /// Where the row stands that asks for the run; nil if none does.
  public var row: SourceSpan?

  /// Creates the record of a run.
  public init(
    _ description: RunDescription, ending: Ending, catalog: SourceCatalog,
    expectation: Expectation? = nil, row: SourceSpan? = nil
  ) {
    self.description = description
    self.ending = ending
    self.catalog = catalog
    self.expectation = expectation
    self.row = row
  }

  /// The violation that was found, with the system; nil if there is none.
  public var violation: (system: TransitionSystem, finding: Finding)? {
    guard case .finished(let system, let result) = ending,
      case .violated(let finding) = result.verdict
    else { return nil }
    return (system, finding)
  }
}

/// A model of which nothing could be run.
public struct RejectedModel: Sendable {
  /// The path of its file, as the user wrote it.
  public var path: String
  /// What is wrong with the text; empty if it could not even be read.
  public var diagnostics: [Diagnostic]
  /// What is wrong, as one phrase.
  public var reason: String
  /// The texts that the diagnostics are about.
  public var catalog: SourceCatalog

  /// Creates the record of a model.
  public init(path: String, reason: String, diagnostics: [Diagnostic], catalog: SourceCatalog) {
    self.path = path
    self.reason = reason
    self.diagnostics = diagnostics
    self.catalog = catalog
  }
}
