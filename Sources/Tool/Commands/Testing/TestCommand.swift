internal import Exploration
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText
internal import Threads

/// `pagerace test`: compares the outcome of every row with what the row expects.
struct TestCommand: Command {
  static let description = CommandDescription(
    name: "test",
    overview: "Runs all rows of the checks of models and compares them with what is expected.",
    discussion: [
      """
      Folders stand for all .race files below them. Each row of a check is run with its bugs and \
      options; a row that expects a violation must find just that one first.
      """,
      """
      The counterexamples that are stored for the models are replayed too: each must still fail as it \
      did. They are in the folder Counterexamples beside Models; '--record' writes them.
      """,
    ],
    argument: .init(name: "<path>", help: "A model, or a folder with models.", count: 1...Int.max),
    options: [
      .large,
      .flag("--record", "Store a counterexample for each violation that is expected and found."),
      .option(
        "--counterexamples", "<folder>", "Where they are stored; beside Models, if not given."),
      .option("--jobs", "<n>", "Run this many rows at a time; one, if not given."),
      .option(
        "--time-limit", "<time>",
        "Stop the whole run after this time, such as 10m. Rows that were not run prove nothing."),
    ] + OptionDescription.limits + [.engine]
      + OptionDescription.method + [
        .option("--junit", "<file>", "Write JUnit XML: '--format junit --output <file>'."),
        .option("--sarif", "<file>", "Write SARIF: '--format sarif --output <file>'."), .stats,
      ] + ReportOutputs.options)

  private let paths: [String]
  private let includesLarge: Bool
  private let records: Bool
  private let folder: String?
  private let jobCount: Int
  private let timeLimit: Duration?
  private let limits: SearchLimits
  private let engine: EngineSettings.Preference
  private let method: SearchMethod
  private let showsMeasurements: Bool
  private let outputs: ReportOutputs

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals
    includesLarge = arguments.has("--large")
    records = arguments.has("--record")
    folder = arguments["--counterexamples"]
    jobCount = try arguments.count("--jobs", default: 1, most: 64)
    timeLimit = try arguments.time("--time-limit")
    limits = try arguments.limits(searchCount: jobCount)
    engine = try arguments.engine()
    method = try arguments.method(
      coreCount: max(1, Surroundings.coreCount / jobCount), memoryBytes: Surroundings.memoryBytes)
    if records && method.memory != .exact {
      // What such a search finds need not be the shortest.
      throw .conflict("--record", arguments.has("--compact") ? "--compact" : "--bitstate")
    }
    showsMeasurements = arguments.has("--stats")
    outputs = try ReportOutputs(arguments)
  }

  func run(_ console: Console) -> ExitStatus {
    let reports = ReportSet(
      outputs.requests, ReportContext(command: "test", hasMeasurements: showsMeasurements))
    let models = (try? FileAccess.models(in: paths)) ?? []
    guard reports.areWritable(sparing: models, console) else { return .rejected }
    let timeLimit = timeLimit.map { ($0, ContinuousClock.now + $0) }
    var account = TestAccount(
      console: console, reports: reports, showsMeasurements: showsMeasurements,
      printsText: outputs.printsText, includesLarge: includesLarge,
      keeper: CounterexampleKeeper(
        folder: folder, records: records, jobCount: jobCount, deadline: timeLimit?.1))
    let runner = RowRunner(
      limits: limits, engine: console.surroundings.engine(engine), method: method,
      timeLimit: timeLimit)
    var jobs: [RowJob] = []
    do {
      for path in try FileAccess.models(in: paths) {
        let open = OpenModel.open(path, console: console) { account.add($0) }
        if let open { jobs += rows(of: open, &account) }
      }
    } catch {
      console.complain(error.description)
      account.tally.statuses.append(error.status)
    }
    guard account.prepare(for: jobs) else { return .rejected }
    perform(jobs, runner, &account, console)
    return account.finish(below: paths)
  }

  private func rows(of open: OpenModel, _ account: inout TestAccount) -> [RowJob] {
    let checks = open.program.checks.filter { includesLarge || !$0.isLarge }
    account.begin(open, checks: checks)
    return checks.flatMap { check in check.rows.map { RowJob($0, of: check, in: open) } }
  }

  private func perform(
    _ jobs: [RowJob], _ runner: RowRunner, _ account: inout TestAccount, _ console: Console
  ) {
    /// Deep enough for every phase; see `onDeepStack`.
    let stackBytes = 16 << 20
    if jobCount > 1 {
      performInOrder(jobs.count, threadCount: jobCount, stackBytes: stackBytes) {
        runner.run(jobs[$0])
      } deliver: { index, ending in
        account.add(ending, of: jobs[index], isLast: isLast(index, in: jobs))
      }
      return
    }
    for (index, job) in jobs.enumerated() {
      var line = ProgressLine(title: job.run.check, console: console)
      let ending = runner.run(job) { line.update($0) }
      line.clear()
      account.add(ending, of: job, isLast: isLast(index, in: jobs))
    }
  }

  /// Whether the job with the given index is the last one of its model.
  private func isLast(_ index: Int, in jobs: [RowJob]) -> Bool {
    index + 1 == jobs.count || jobs[index + 1].open.path != jobs[index].open.path
  }
}
