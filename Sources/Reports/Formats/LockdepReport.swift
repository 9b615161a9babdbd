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
  private var texts: [String] = []

  init(_ context: ReportContext) {}

  mutating func add(_ run: ReportedRun) {
    var lines = [Self.mark]
    if let (system, finding) = run.violation {
      lines += Splat(TraceAnalysis(finding, in: system), catalog: run.catalog).lines
      lines += TextWrapping.lines(
        of: "model: \(run.description.model), check: \(run.description.title)",
        width: TextReport.Style.changelogWidth, indent: 2)
      lines += TextWrapping.lines(
        of: VerdictText.length(of: finding), width: TextReport.Style.changelogWidth)
      lines.append("replay:  \(run.description.command)")
    } else {
      lines.append("\(run.description.model) \u{B7} \(run.description.title)")
      lines += TextWrapping.lines(
        of: RunEndingText.sentence(of: run), width: TextReport.Style.changelogWidth)
    }
    texts.append(lines.map { Escaping.visible($0) + "\n" }.joined())
  }

  mutating func add(_ model: RejectedModel) {
    texts.append("\(model.path)\n\(model.reason)\n")
  }

  func render(exitStatus: Int32) -> String {
    texts.isEmpty ? "nothing was run\n" : texts.joined(separator: "\n")
  }
}
