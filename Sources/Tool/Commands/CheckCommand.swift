internal import Exploration
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// `pagerace check`: explores checks and reports what is found.
struct CheckCommand: Command {
  static let description = CommandDescription(
    name: "check",
    overview: "Explores the checks of models and reports what is found.",
    discussion: [
      """
      Every check is run as its plain rows say, without bugs. With '--bug' the checks are run whose \
      tables have a row for just those bugs, or all checks if none has. Checks marked 'large' are \
      run with '--large' or when named.
      """,
      "The exit status is that of the worst outcome, whatever the model expects.",
    ],
    argument: .init(name: "<file>", help: "A model.", count: 1...Int.max),
    options: [.check, .bug, .setting, .large] + OptionDescription.limits + [.engine]
      + OptionDescription.method + [
        .fewestSwitches,
        .flag("--states", "Show the whole state after each step of a trace, and every step."),
        .stats,
      ] + ReportOutputs.options)

  private let paths: [String]
  private let check: String?
  private let bugs: [String]
  private let settings: [String: String]
  private let includesLarge: Bool
  private let limits: SearchLimits
  private let engine: EngineSettings.Preference
  private let method: SearchMethod
  private let showsStates: Bool
  private let showsMeasurements: Bool
  private let outputs: ReportOutputs

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals
    check = arguments["--check"]
    bugs = try arguments.list("--bug")
    settings = try arguments.settings()
    includesLarge = arguments.has("--large")
    limits = try arguments.limits()
    engine = try arguments.engine()
    method = try arguments.method(
      coreCount: Surroundings.coreCount, memoryBytes: Surroundings.memoryBytes)
    showsStates = arguments.has("--states")
    showsMeasurements = arguments.has("--stats")
    outputs = try ReportOutputs(arguments)
    if showsStates && !outputs.hasText {
      throw .conflict(arguments.has("--format") ? "--format" : "--json", "--states")
    }
  }

  func run(_ console: Console) -> ExitStatus {
    let context = ReportContext(
      command: "check", hasMeasurements: showsMeasurements, showsStates: showsStates)
    var reports = ReportSet(outputs.requests, context)
    guard reports.areWritable(sparing: paths, console) else { return .rejected }
    let models = paths.map { path in
      OpenModel.open(path, options: settings, console: console) { reports.add($0) }
    }
    var statuses: [ExitStatus] = models.map { $0 == nil ? .rejected : .holds }
    let meant = meantModels(models.compactMap(\.self), console)
    if meant.isEmpty { statuses.append(.rejected) }
    for model in meant {
      statuses.append(check(model, console, &reports))
    }
    return reports.write(.combined(statuses), console)
  }

  /// Returns the models that have the check and the bugs that are asked for.
  ///
  /// Of several models some may lack them; if all do, the first one's lack is an error.
  private func meantModels(_ models: [OpenModel], _ console: Console) -> [OpenModel] {
    let meant = models.filter { model in
      (check.map { name in model.program.checks.contains { $0.name == name } }
        ?? !model.program.checks.isEmpty)
        && bugs.allSatisfy { model.program.bug($0) != nil }
    }
    if meant.isEmpty, let first = models.first {
      if first.complains(aboutCheck: check, console: console) { return [] }
      _ = first.complains(aboutBugs: bugs, console: console)
    }
    for model in models where !meant.isEmpty && !meant.contains(where: { $0.path == model.path }) {
      console.remark("left out, lacking what is asked for: \(model.path)")
    }
    return meant
  }

  private func check(
    _ open: OpenModel, _ console: Console, _ reports: inout ReportSet
  ) -> ExitStatus {
    let checks = open.checks(named: check, includingLarge: includesLarge)
    let bugs = Set(bugs.compactMap { open.program.bug($0)?.id })
    console.show(open.warnings, in: open.model.catalog)
    var statuses: [ExitStatus] = []
    for run in relevant(checks, bugs).flatMap({ $0.runs(with: bugs, settings: settings) }) {
      if Interruption.isRequested {
        reports.add(open.reported(run, ending: .notRun("interrupted")))
        continue
      }
      if !statuses.isEmpty && outputs.printsText { console.print("\n") }
      statuses.append(perform(run, of: open, console, &reports))
    }
    if outputs.printsText { remarkOnRest(open, console) }
    // Where nothing was explored, nothing is proved.
    return .combined(
      statuses.isEmpty || Interruption.isRequested ? statuses + [.inconclusive] : statuses)
  }

  /// Returns the checks that say something about the bugs, or all if none does or one was named.
  private func relevant(_ checks: [Check], _ bugs: Set<String>) -> [Check] {
    if check != nil || bugs.isEmpty { return checks }
    let telling = checks.filter { !$0.rows(with: bugs).isEmpty }
    return telling.isEmpty ? checks : telling
  }

  private func perform(
    _ run: CheckRun, of open: OpenModel, _ console: Console, _ reports: inout ReportSet
  ) -> ExitStatus {
    let performer = RunPerformer(
      limits: limits, engine: engine, method: method, console: console)
    let catalog = open.model.catalog
    switch performer.perform(run, of: open.model) {
    case .rejected(let diagnostics):
      console.show(diagnostics, in: catalog)
      reports.add(open.reported(run, ending: .rejected(diagnostics)))
      return .rejected
    case .contradiction(let error):
      reports.add(open.reported(run, ending: .contradiction(RunPerformer.text(of: error))))
      return performer.report(error, in: open.model.description(of: run))
    case .finished(let finished):
      console.show(finished.warnings.filter { !open.warnings.contains($0) }, in: catalog)
      reports.add(open.reported(run, ending: .finished(finished.system, finished.result)))
      if outputs.printsText {
        let style = TextReport.Style(
          width: console.width, showsStates: showsStates, showsMeasurements: showsMeasurements,
          paint: console.outputPaint)
        console.print(finished.report(catalog, style: style))
      }
      return RunPerformer.status(of: finished.result.verdict)
    }
  }

  /// Says which checks were left out, and which bugs could be switched on.
  private func remarkOnRest(_ open: OpenModel, _ console: Console) {
    let left = open.program.checks.filter(\.isLarge).map(\.name)
    if check == nil, !includesLarge, !left.isEmpty {
      console.remark("left out, being large: \(left.joined(separator: ", ")); see --large")
    }
    if bugs.isEmpty { console.print(Self.catalogue(of: open)) }
  }

  /// Returns the bugs of a model that can be switched on.
  private static func catalogue(of open: OpenModel) -> String {
    let bugs = open.program.bugs.filter { $0.module == open.program.name }
    if bugs.isEmpty { return "" }
    let rows = bugs.map { ("\($0.id) \($0.name)", $0.sentence) }
    return "\nBugs that --bug switches on:\n"
      + TextWrapping.table(rows, width: TextReport.Style.changelogWidth)
  }
}
