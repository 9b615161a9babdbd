internal import Exploration
internal import Machine
internal import SourceText

/// The violations of all runs in the shape of kernel splats.
///
/// What a model does not have, such as addresses, process ids and times, is not invented. Every block says
/// that it is no kernel log.
struct LockdepReport: ReportRenderer {
  /// What marks a block.
  static let mark = "[model trace, not a kernel log]"
  private var document = TextDocument()

  init(_ context: ReportContext) {}

  mutating func add(_ run: ReportedRun) {
    guard let (system, finding) = run.violation else {
      document.add(verdictOf: run, mark: [Self.mark])
      return
    }
    let width = TextReport.Style.changelogWidth
    var lines = [Self.mark]
    lines += Splat(TraceAnalysis(finding, in: system), catalog: run.catalog).lines
    lines += TextWrapping.lines(
      of: "model: \(run.description.model), check: \(run.description.title)", width: width,
      indent: 2)
    lines += TextWrapping.lines(of: VerdictText.length(of: finding), width: width)
    document.add(lines + ["replay:  \(run.description.command)"])
  }

  mutating func add(_ model: RejectedModel) { document.add(model) }

  func render(exitStatus: Int32) -> String { document.render() }
}
