internal import Exploration
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// `pagerace test`: compares the outcome of every row with what the row expects.
struct TestCommand: Command {
  static let description = CommandDescription(
    name: "test",
    overview: "Runs all rows of the checks of models and compares them with what is expected.",
    discussion: [
      """
      Folders stand for all .race files below them. Each row of a check is run with its bugs and \
      options; a row that expects a violation must find just that one first.
      """
    ],
    argument: .init(name: "<path>", help: "A model, or a folder with models.", count: 1...Int.max),
    options: [.large] + OptionDescription.limits + [.engine]
      + OptionDescription.method + [.stats, .json])

  private let paths: [String]
  private let includesLarge: Bool
  private let limits: SearchLimits
  private let engine: EngineSettings.Preference
  private let method: SearchMethod
  private let showsMeasurements: Bool
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals
    includesLarge = arguments.has("--large")
    limits = try arguments.limits()
    engine = try arguments.engine()
    method = try arguments.method(
      coreCount: Surroundings.coreCount, memoryBytes: Surroundings.memoryBytes)
    showsMeasurements = arguments.has("--stats")
    printsJSON = arguments.has("--json")
  }

  func run(_ console: Console) -> ExitStatus {
    var tally = TestTally()
    var document = ReportDocument(command: "test")
    do {
      for path in try FileAccess.models(in: paths) where !Interruption.isRequested {
        test(path, console, &tally, &document)
      }
    } catch {
      console.complain(error.description)
      tally.statuses.append(.rejected)
    }
    if Interruption.isRequested { tally.statuses.append(.inconclusive) }
    let status = ExitStatus.combined(tally.statuses)
    console.print(
      printsJSON ? document.render(exitStatus: status.rawValue) : tally.summary + "\n")
    return status
  }

  private func test(
    _ path: String, _ console: Console, _ tally: inout TestTally, _ document: inout ReportDocument
  ) {
    guard let open = OpenModel.open(path, console: console) else {
      tally.addRejectedModel()
      return
    }
    var warnings = open.warnings
    let checks = open.program.checks.filter { includesLarge || !$0.isLarge }
    tally.leftOut += open.program.checks.count - checks.count
    if !checks.isEmpty {
      tally.models += 1
      if !printsJSON { console.print(console.outputPaint(path, .strong) + "\n") }
    }
    var coverage = StatementCoverage()
    let earlier = tally.unexpected
    for check in checks {
      tally.checks += 1
      for row in check.rows where !Interruption.isRequested {
        guard let finished = test(row, of: check, in: open, console, &tally, &document)
        else { continue }
        coverage.add(finished.result, of: finished.system)
        warnings += finished.warnings
      }
    }
    // Where a search ended otherwise than it should, it may not have come to a statement.
    if !Interruption.isRequested && tally.unexpected == earlier {
      let isComplete = checks.count == open.program.checks.count
      warnings += coverage.warnings(isComplete: isComplete)
    }
    console.show(warnings.uniqued(), in: open.model.catalog)
  }

  private func test(
    _ row: Check.Row, of check: Check, in open: OpenModel, _ console: Console,
    _ tally: inout TestTally, _ document: inout ReportDocument
  ) -> FinishedRun? {
    let run = CheckRun(
      check: check.name,
      configuration: Configuration(bugs: Set(row.bugs), options: row.options),
      expectation: row.expectation, span: row.span)
    let performer = RunPerformer(
      limits: limits, engine: engine, method: method, console: console)
    let description = open.model.description(of: run)
    switch performer.perform(run, of: open.model) {
    case .rejected(let diagnostics):
      if !printsJSON { console.print(TestLine.rejected(description, console.outputPaint)) }
      console.show(diagnostics.filter { !open.warnings.contains($0) }, in: open.model.catalog)
      tally.addRejectedRow()
      return nil
    case .contradiction(let error):
      tally.statuses.append(performer.report(error, in: description))
      return nil
    case .finished(let finished):
      let outcome = RowOutcome(finished.result.verdict, expectation: row.expectation)
      tally.add(outcome)
      if printsJSON {
        document.add(
          RunRecord(
            description, system: finished.system, result: finished.result,
            catalog: open.model.catalog,
            expectation: (row.expectation, outcome == .asExpected),
            hasMeasurements: showsMeasurements))
      } else {
        console.print(
          TestLine.text(
            finished, outcome, expectation: row.expectation, paint: console.outputPaint,
            showsMeasurements: showsMeasurements))
        if outcome != .asExpected, shows(finished.result.verdict) {
          let style = TextReport.Style(width: console.width, paint: console.outputPaint)
          console.print("\n" + finished.report(open.model.catalog, style: style) + "\n")
        }
      }
      return finished
    }
  }

  /// Whether an unexpected verdict has something to show that the line does not say.
  private func shows(_ verdict: Verdict) -> Bool {
    switch verdict {
    case .violated, .vacuous: true
    case .holds, .inconclusive: false
    }
  }
}
