internal import Exploration
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// Keeps account of what comes of the rows, in their order: what is printed, counted, reported and stored.
struct TestAccount {
  let console: Console
  let showsMeasurements: Bool
  let printsText: Bool
  let includesLarge: Bool
  /// The numbers so far.
  var tally = TestTally()

  private var reports: ReportSet
  private var keeper: CounterexampleKeeper
  private var current: ModelAccount?

  /// What is known of the model whose rows are coming in.
  private struct ModelAccount {
    let open: OpenModel
    var warnings: [Diagnostic]
    var coverage = StatementCoverage()
    /// How many rows were not as expected before.
    let earlier: Int
  }

  init(
    console: Console, reports: ReportSet, showsMeasurements: Bool, printsText: Bool,
    includesLarge: Bool, keeper: CounterexampleKeeper
  ) {
    self.includesLarge = includesLarge
    self.console = console
    self.reports = reports
    self.showsMeasurements = showsMeasurements
    self.printsText = printsText
    self.keeper = keeper
  }

  /// Makes ready for what will be recorded from the rows; says so and returns false if that is impossible.
  func prepare(for jobs: [RowJob]) -> Bool {
    do {
      try keeper.prepare(for: jobs.map(\.open.model))
      return true
    } catch {
      console.complain(error.description)
      return false
    }
  }

  // MARK: - Models

  /// Adds a model that cannot be read or has errors.
  mutating func add(_ model: RejectedModel) {
    tally.addRejectedModel()
    reports.add(model)
  }

  /// Adds a model of which `checks` will be run.
  mutating func begin(_ open: OpenModel, checks: [Check]) {
    tally.leftOut += open.program.checks.count - checks.count
    tally.checks += checks.count
    guard checks.isEmpty else {
      tally.models += 1
      return
    }
    console.show(open.warnings, in: open.model.catalog)
    // What is stored for large checks is replayed all the same.
    let news = open.program.checks.isEmpty ? [] : keeper.replay(open)
    if !news.isEmpty { print(console.outputPaint(VisibleText.of(open.path), .strong) + "\n") }
    show(news, of: open)
  }

  /// Adds what came of a row; `isLast` says that it is the last one of its model.
  mutating func add(_ ending: RowEnding, of job: RowJob, isLast: Bool) {
    var model =
      current
      ?? ModelAccount(open: job.open, warnings: job.open.warnings, earlier: tally.unexpected)
    if current == nil { print(console.outputPaint(VisibleText.of(job.open.path), .strong) + "\n") }
    switch ending {
    case .finished(let finished):
      add(finished, of: job)
      model.coverage.add(finished.result, of: finished.system)
      model.warnings += finished.warnings
    case .rejected(let diagnostics):
      print(TestLine.rejected(job.open.model.description(of: job.run), console.outputPaint))
      console.show(
        diagnostics.filter { !job.open.warnings.contains($0) }, in: job.open.model.catalog)
      tally.addRejectedRow()
      report(job, .rejected(diagnostics), isMet: false)
    case .contradiction(let error):
      tally.addBrokenRow(
        RunPerformer.report(error, in: job.open.model.description(of: job.run), console))
      report(job, .contradiction(RunPerformer.text(of: error)), isMet: false)
    case .notRun(let stop):
      print(TestLine.notRun(stop, job.open.model.description(of: job.run), console.outputPaint))
      tally.addRowNotRun()
      report(job, .notRun(stop.reason), isMet: false)
    }
    current = isLast ? nil : model
    if isLast { end(model) }
  }

  private mutating func end(_ model: ModelAccount) {
    // Where a search ended otherwise than it should, it may not have come to a statement.
    var warnings = model.warnings
    if !Interruption.isRequested && tally.unexpected == model.earlier {
      let unreached = model.coverage.warnings
      if includesLarge || !model.open.program.checks.contains(where: \.isLarge) {
        warnings += unreached
      } else {
        // A large check may well come by.
        tally.unreached += unreached.count
      }
    }
    show(keeper.replay(model.open), of: model.open)
    console.show(warnings.uniqued(), in: model.open.model.catalog)
  }

  // MARK: - Rows

  private mutating func add(_ finished: FinishedRun, of job: RowJob) {
    if let notice = finished.result.notice { console.remarkOnce(notice) }
    let outcome = RowOutcome(finished.result.verdict, expectation: job.expectation)
    tally.add(outcome, of: finished.result)
    report(
      job, .finished(finished.system, finished.result), isMet: outcome == .asExpected)
    print(
      TestLine.text(
        finished, outcome, expectation: job.expectation, paint: console.outputPaint,
        showsMeasurements: showsMeasurements))
    if outcome == .asExpected {
      show(keeper.record(finished, of: job.open.model), of: job.open)
    } else if shows(finished.result.verdict) {
      let style = TextReport.Style(width: console.width, paint: console.outputPaint)
      print("\n" + finished.report(job.open.model.catalog, style: style) + "\n")
    }
    if outcome != .asExpected, !needsNoReplay(finished.result.verdict) {
      print("  replay:  \(finished.description.command)\n")
    }
  }

  /// Whether a verdict needs no command that shows it again: its report ends with one, or the limit is what
  /// has to change.
  private func needsNoReplay(_ verdict: Verdict) -> Bool {
    switch verdict {
    case .violated, .inconclusive: true
    case .holds, .vacuous: false
    }
  }

  /// Whether an unexpected verdict has something to show that the line does not say.
  private func shows(_ verdict: Verdict) -> Bool {
    switch verdict {
    case .violated, .vacuous: true
    case .holds, .inconclusive: false
    }
  }

  private mutating func report(_ job: RowJob, _ ending: ReportedRun.Ending, isMet: Bool) {
    reports.add(
      job.open.reported(
        job.run, ending: ending, expectation: .init(name: job.expectation, isMet: isMet)))
  }

  // MARK: - Stored counterexamples

  private mutating func show(_ news: [CounterexampleKeeper.News], of open: OpenModel? = nil) {
    for item in news {
      switch item {
      case .changed(let path, let title, let text):
        print(TestLine.stored("REPLAY", title, text, console.outputPaint))
        tally.statuses.append(.violated)
        report(path, text, of: open, title)
      case .stale(let path, let text):
        print(TestLine.stored("STALE", path, text, console.outputPaint))
        tally.statuses.append(.violated)
        report(path, text, of: open)
      case .trouble(let path, let text, let status):
        console.complain(text)
        tally.statuses.append(status)
        report(path, text, of: open)
      }
    }
  }

  /// Adds a stored counterexample that is not what it was to the reports, at the row with the given title.
  private mutating func report(
    _ path: String, _ text: String, of open: OpenModel?, _ title: String? = nil
  ) {
    let rows = open?.program.checks.flatMap { check in
      check.rows.map { CheckRun($0, of: check) }
    }
    let row = rows?.first { open?.model.description(of: $0).title == title }
    reports.add(
      StoredProblem(
        path: path, reason: text,
        model: open.map { ($0.model.name, $0.path) }, title: title,
        row: row?.span, catalog: open?.model.catalog ?? SourceCatalog()))
  }

  // MARK: - The end

  /// Prints the summary, writes the reports, and returns the exit status.
  mutating func finish(below paths: [String]) -> ExitStatus {
    if Interruption.isRequested {
      tally.statuses.append(.inconclusive)
    } else {
      show(keeper.orphans(below: paths))
      // Where nothing was explored though there is something, nothing is proved.
      if tally.checks == 0 && tally.leftOut > 0 { tally.statuses.append(.inconclusive) }
    }
    tally.stored = keeper.tally
    if keeper.tally.notReplayed > 0 { tally.statuses.append(.inconclusive) }
    for sentence in tally.summary {
      print(
        TextWrapping.lines(of: sentence, width: HelpText.width, indent: 2).map { $0 + "\n" }
          .joined())
    }
    return reports.write(.combined(tally.statuses), console)
  }

  private func print(_ text: String) {
    if printsText { console.print(text) }
  }
}
