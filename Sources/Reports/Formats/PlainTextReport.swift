/// The reports for people of all runs, as on a terminal but without colours.
struct PlainTextReport: ReportRenderer {
  private let style: TextReport.Style
  private var texts: [String] = []

  init(_ context: ReportContext) {
    style = TextReport.Style(
      showsStates: context.showsStates, showsMeasurements: context.hasMeasurements)
  }

  mutating func add(_ run: ReportedRun) {
    switch run.ending {
    case .finished(let system, let result):
      texts.append(
        TextReport(
          run.description, system: system, result: result, catalog: run.catalog, style: style
        ).render())
    case .rejected:
      texts.append(line(run, "the model has errors with these bugs and options"))
    case .contradiction(let text):
      texts.append(line(run, "internal error: \(text)"))
    case .notRun(let reason):
      texts.append(line(run, "not run: \(reason)"))
    }
  }

  mutating func add(_ model: RejectedModel) {
    texts.append("\(model.path)\n  \(model.reason)\n")
  }

  private func line(_ run: ReportedRun, _ text: String) -> String {
    "\(run.description.model) \u{B7} \(run.description.title)\n  \(text)\n"
  }

  func render(exitStatus: Int32) -> String {
    texts.isEmpty ? "nothing was run\n" : texts.joined(separator: "\n")
  }
}
