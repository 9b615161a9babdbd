/// All runs of one command in JSON; `docs/formats.md` describes it.
public struct ReportDocument: Sendable {
  /// The version of the format: it changes when a reader could stumble.
  public static let version = 1

  private struct Document: Encodable {
    let format = "pagerace-report"
    let version = ReportDocument.version
    let command: String
    let exitStatus: Int32
    let runs: [RunRecord]
    let problems: [ProblemRecord]?
  }

  private let command: String
  private var runs: [RunRecord] = []
  private var problems: [ProblemRecord] = []

  /// Creates an empty document for a command.
  public init(command: String) { self.command = command }

  /// Adds a run.
  public mutating func add(_ run: RunRecord) { runs.append(run) }

  /// Adds something that was not run, or is not what it was.
  public mutating func add(_ problem: ProblemRecord) { problems.append(problem) }

  /// Returns the document; it ends with a newline.
  public func render(exitStatus: Int32) -> String {
    JSONText.render(
      Document(
        command: command, exitStatus: exitStatus, runs: runs,
        problems: problems.isEmpty ? nil : problems)) + "\n"
  }
}
