/// The reports for people of all runs, as on a terminal but without colours.
struct PlainTextReport: ReportRenderer {
  private let style: TextReport.Style
  private var document = TextDocument()

  init(_ context: ReportContext) {
    style = TextReport.Style(
      showsStates: context.showsStates, showsMeasurements: context.hasMeasurements)
  }

  mutating func add(_ run: ReportedRun) {
    guard case .finished(let system, let result) = run.ending else {
      document.add(verdictOf: run)
      return
    }
    document.add(
      TextReport(
        run.description, system: system, result: result, catalog: run.catalog, style: style
      ).lines)
  }

  mutating func add(_ model: RejectedModel) { document.add(model) }

  func render(exitStatus: Int32) -> String { document.render() }
}
