/// The documented JSON of all runs; `docs/formats.md` describes it.
struct JSONReport: ReportRenderer {
  private let hasMeasurements: Bool
  private var document: ReportDocument

  init(_ context: ReportContext) {
    hasMeasurements = context.hasMeasurements
    document = ReportDocument(command: context.command)
  }

  mutating func add(_ run: ReportedRun) {
    // What was not explored has no verdict, and the exit status speaks of it.
    guard case .finished(let system, let result) = run.ending else { return }
    document.add(
      RunRecord(
        run.description, system: system, result: result, catalog: run.catalog,
        expectation: run.expectation.map { ($0.name, $0.isMet) }, hasMeasurements: hasMeasurements))
  }

  func render(exitStatus: Int32) -> String { document.render(exitStatus: exitStatus) }
}
