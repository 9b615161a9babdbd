internal import Exploration
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// `pagerace crosscheck`: has SPIN search the same systems and compares.
struct CrosscheckCommand: Command {
  static let description = CommandDescription(
    name: "crosscheck",
    overview: "Runs the rows of checks with SPIN too and compares verdicts and numbers.",
    discussion: [
      """
      Folders stand for all .race files below them. Each row is explored here and, as Promela, by \
      SPIN's unreduced search. Where nothing is violated, the numbers of states and transitions must be \
      the same; where something is, SPIN's breadth-first search must find a violation after as many steps.
      """,
      """
      SPIN and a C compiler (PAGERACE_CC, or cc, gcc or clang) must be installed. The exit status is 0 \
      if all rows agree, 1 if one differs, and 3 if one could not be compared.
      """,
    ],
    argument: .init(name: "<path>", help: "A model, or a folder with models.", count: 1...Int.max),
    options: [.check, .bug, .large] + OptionDescription.limits + [
      .flag(
        "--skip-unexportable",
        "Name rows that cannot be written in Promela, and do not let them count.")
    ])

  private let paths: [String]
  private let check: String?
  private let bugs: [String]
  private let includesLarge: Bool
  private let limits: SearchLimits
  private let skipsUnexportable: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals
    check = arguments["--check"]
    bugs = try arguments.list("--bug")
    includesLarge = arguments.has("--large")
    limits = try arguments.limits()
    skipsUnexportable = arguments.has("--skip-unexportable")
  }

  func run(_ console: Console) -> ExitStatus {
    let tools: SpinTools
    do {
      tools = try SpinTools.find(
        searchPath: console.surroundings.searchPath, compiler: console.surroundings.compiler,
        temporaryFolder: console.surroundings.temporaryFolder)
    } catch {
      console.complain(error.advice)
      return .inconclusive
    }
    var tally = CrosscheckTally(allowsUnexportable: skipsUnexportable)
    do {
      for path in try FileAccess.models(in: paths) where !Interruption.isRequested {
        compare(path, tools, console, &tally)
      }
    } catch {
      console.complain(error.description)
      tally.statuses.append(error.status)
    }
    if tally.rows == 0 && tally.statuses.isEmpty && !Interruption.isRequested {
      if tally.leftOut > 0 {
        console.complain("all checks are large and were left out; see --large")
      } else {
        console.complain("no row of any check is selected")
      }
      tally.statuses.append(tally.leftOut > 0 ? .inconclusive : .rejected)
    }
    // Rows of which none could be compared confirm nothing.
    if tally.rows > 0 && tally.statuses.isEmpty { tally.statuses.append(.inconclusive) }
    if Interruption.isRequested { tally.statuses.append(.inconclusive) }
    if tally.rows > 0 { console.print(tally.summary) }
    return .combined(tally.statuses)
  }

  private func compare(
    _ path: String, _ tools: SpinTools, _ console: Console, _ tally: inout CrosscheckTally
  ) {
    guard let open = OpenModel.open(path, console: console) else {
      tally.statuses.append(.rejected)
      return
    }
    // Of one model all that is named must be there; of many, some may lack it.
    if paths == [path] {
      guard check == nil || !open.complains(aboutCheck: check, console: console),
        !open.complains(aboutBugs: bugs, console: console)
      else {
        tally.statuses.append(.rejected)
        return
      }
    }
    let wanted = Set(bugs.compactMap { open.program.bug($0)?.id })
    guard wanted.count == Set(bugs).count else { return }
    let checks = open.checks(named: check, includingLarge: includesLarge)
    tally.leftOut += check == nil ? open.program.checks.count - checks.count : 0
    let rows = checks.flatMap { check in
      (bugs.isEmpty ? check.rows : check.rows(with: wanted)).map { (check, $0) }
    }
    if rows.isEmpty { return }
    tally.models += 1
    console.print(console.outputPaint(path, .strong) + "\n")
    for (check, row) in rows where !Interruption.isRequested {
      compare(CheckRun(row, of: check), of: open, tools, console, &tally)
    }
  }

  private func compare(
    _ run: CheckRun, of open: OpenModel, _ tools: SpinTools, _ console: Console,
    _ tally: inout CrosscheckTally
  ) {
    let performer = RunPerformer(limits: limits, engine: .automatic, console: console)
    let description = open.model.description(of: run)
    switch performer.perform(run, of: open.model) {
    case .rejected(let diagnostics):
      console.show(diagnostics, in: open.model.catalog)
      tally.statuses.append(.rejected)
    case .contradiction(let error):
      tally.statuses.append(performer.report(error, in: description))
    case .finished(let finished):
      let crosscheck = Crosscheck(tools: tools, limits: limits) { !Interruption.isRequested }
      let outcome = crosscheck.compare(
        finished.system, finished.result, title: "\(open.path): \(description.title)",
        catalog: open.model.catalog)
      if Interruption.isRequested { return }
      tally.add(outcome)
      console.print(
        CrosscheckLine.text(
          outcome, finished.result, title: description.title, paint: console.outputPaint))
    }
  }
}
