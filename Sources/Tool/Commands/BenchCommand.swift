internal import Bench
internal import Reports
internal import SourceText

/// `pagerace bench`: measures how fast systems are explored, next to other checkers.
struct BenchCommand: Command {
  static let description = CommandDescription(
    name: "bench",
    overview: "Measures the search next to other checkers, and compares all counts.",
    discussion: [
      """
      The systems of Models/bench are explored by this program, by a search written by hand in C (c), by \
      SPIN and by Rumur in turns, each on one core. What is not installed is left out. Checks of other \
      models are exported for SPIN.
      """,
      """
      Speed is that of the search, against the one in C; the median over the rounds. A cold verdict is one \
      for which nothing was compiled before.
      """,
      "The exit status is 0 if all have counted the same states and transitions, otherwise 1.",
    ],
    options: [
      .option("--rounds", "<n>", "How often each is measured: 3, if nothing is said."),
      .option(
        "--model", "<name>[,<name>...]",
        "Only these systems: " + BenchmarkSystem.all.map(\.name).joined(separator: ", ") + ".",
        repeats: true),
      .option(
        "--workers", "<n>", "Measure this program once more with so many threads, from 2 to 64."),
      .option(
        "--peer", "<name>[,<name>...]",
        "Only these others: " + Benchmark.peers.joined(separator: ", ") + ".", repeats: true),
      .option(
        "--models", "<folder>", "Where the systems are: Models/bench, if nothing is said."),
      .flag("--markdown", "Print the table as docs/performance.md has it."),
      .flag("--json", "Print one JSON document instead; docs/formats.md describes it."),
    ])

  private let rounds: Int
  private let systems: [BenchmarkSystem]
  private let workers: Int
  private let peers: Set<String>
  private let models: String
  private let printsMarkdown: Bool
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    rounds = try arguments.count("--rounds", default: 3, most: 1_000)
    workers = try arguments.count("--workers", default: 1, most: 64)
    models = arguments["--models"] ?? "Models/bench"
    printsMarkdown = arguments.has("--markdown")
    printsJSON = arguments.has("--json")
    if printsJSON && printsMarkdown { throw .conflict("--json", "--markdown") }
    let all = BenchmarkSystem.all
    let names = try Self.names(arguments, "--model", among: all.map(\.name))
    systems = all.filter { names.isEmpty ? $0.isUsual : names.contains($0.name) }
    let others = try Self.names(arguments, "--peer", among: Benchmark.peers)
    peers = Set(others.isEmpty ? Benchmark.peers : others)
  }

  private static func names(
    _ arguments: ParsedArguments, _ option: String, among known: [String]
  ) throws(UsageError) -> [String] {
    let names = try arguments.list(option)
    for name in names where !known.contains(name) {
      throw .invalidValue(
        option: option, value: name, expected: known.joined(separator: ", "))
    }
    return names
  }

  func run(_ console: Console) -> ExitStatus {
    guard let executable = console.surroundings.executable else {
      console.complain("cannot find out where this program is, so it cannot be measured")
      return .internalError
    }
    let workshop: Workshop
    do throws(BenchError) {
      workshop = try Workshop(
        models: models, systems: systems, temporary: console.surroundings.temporaryFolder,
        executable: executable,
        searchPath: console.surroundings.searchPath, isCancelled: { Interruption.isRequested })
    } catch {
      return report(error, console)
    }
    defer { workshop.remove() }
    do throws(BenchError) {
      let result = try Benchmark(workshop, workers: workers, peers: peers, rounds: rounds) {
        show($0, console)
      }.run(
        systems)
      return show(result, console)
    } catch {
      return report(error, console)
    }
  }

  private func show(_ event: Benchmark.Event, _ console: Console) {
    switch event {
    case .begins(let checker, let system, let round):
      guard console.showsProgress else { return }
      let what = round == 0 ? "compiles" : "round \(round) of \(rounds)"
      console.remark("\(system), \(checker): \(what)")
    case .leavesOut(let checker, let reason):
      console.remark("left out: \(checker), because \(reason)")
    case .finished(let result):
      for complaint in result.complaints { console.complain(complaint) }
    }
  }

  private func show(_ result: BenchmarkResult, _ console: Console) -> ExitStatus {
    let (date, machine) = (MachineDescription.date(), MachineDescription.text())
    if printsJSON {
      console.print(
        JSONText.render(BenchmarkDocument(result, date: date, machine: machine)) + "\n")
    } else if printsMarkdown {
      console.print(result.markdown(date: date, machine: machine))
    } else {
      let table = BenchmarkTable(
        emptyRunBytes: result.emptyRunBytes, floorBytes: result.floorBytes)
      console.print(table.text(of: result.systems))
      console.print("\n" + result.summary.map { $0 + "\n" }.joined())
      if result.complaints.isEmpty {
        console.print("All have counted the same states and transitions.\n")
      }
    }
    return result.complaints.isEmpty ? .holds : .violated
  }

  private func report(_ error: BenchError, _ console: Console) -> ExitStatus {
    switch error {
    case .interrupted:
      console.remark("interrupted: nothing is reported of what was measured")
      return .inconclusive
    case .missingModels:
      console.complain(error.message + "; name it with --models, or go where Models/bench is")
      return .rejected
    case .missingProgram, .failed, .unreadable, .unwritable:
      console.complain(error.message)
      return .internalError
    }
  }
}
