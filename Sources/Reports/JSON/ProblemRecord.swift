/// Why something was not run, or is not what it was, in JSON; `docs/formats.md` describes it.
public struct ProblemRecord: Encodable, Sendable {
  /// What the problem is about.
  public enum Kind: String, Encodable, Sendable {
    /// A model that cannot be read, or has errors.
    case model
    /// A row whose model has errors under its bugs and options.
    case row
    /// A row in which the checker contradicts itself.
    case internalError = "internal-error"
    /// A row that was not run.
    case notRun = "not-run"
    /// A stored counterexample that does not fail any more as it did, or cannot be used.
    case stored = "stored-counterexample"
  }

  private let kind: Kind
  private let file: String
  private let model: String?
  private let run: String?
  private let reason: String

  /// Creates the record of a problem with `file`; `run` is a check with its bugs and options.
  public init(kind: Kind, file: String, model: String? = nil, run: String? = nil, reason: String) {
    self.kind = kind
    self.file = file
    self.model = model
    self.run = run
    self.reason = reason
  }
}
