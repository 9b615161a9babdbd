/// The documented JSON of all runs; `docs/formats.md` describes it.
struct JSONReport: ReportRenderer {
  private let hasMeasurements: Bool
  private var document: ReportDocument

  init(_ context: ReportContext) {
    hasMeasurements = context.hasMeasurements
    document = ReportDocument(command: context.command)
  }

  mutating func add(_ run: ReportedRun) {
    guard case .finished(let system, let result) = run.ending else {
      document.add(
        ProblemRecord(
          kind: Self.kind(of: run.ending), file: run.description.path,
          model: run.description.model, run: run.description.title,
          reason: run.ending.obstacle ?? ""))
      return
    }
    document.add(
      RunRecord(
        run.description, system: system, result: result, catalog: run.catalog,
        expectation: run.expectation.map { ($0.name, $0.isMet) }, hasMeasurements: hasMeasurements))
  }

  mutating func add(_ model: RejectedModel) {
    document.add(ProblemRecord(kind: .model, file: model.path, reason: model.reason))
  }

  mutating func add(_ problem: StoredProblem) {
    document.add(
      ProblemRecord(
        kind: .stored, file: problem.path, model: problem.model?.name, run: problem.title,
        reason: problem.reason))
  }

  private static func kind(of ending: ReportedRun.Ending) -> ProblemRecord.Kind {
    switch ending {
    case .finished, .notRun: .notRun
    case .rejected: .row
    case .contradiction: .internalError
    }
  }

  func render(exitStatus: Int32) -> String { document.render(exitStatus: exitStatus) }
}
