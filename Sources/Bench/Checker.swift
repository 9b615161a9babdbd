/// A program that explores all states of a system.
protocol Checker: Sendable {
  /// What it is called in tables.
  var name: String { get }
  /// What it is called on the command line.
  var id: String { get }

  /// Whether the checker has a form of the system.
  func takes(_ system: BenchmarkSystem) -> Bool

  /// Makes what is needed to explore the system, in a folder that is the checker's own.
  func prepare(
    _ system: BenchmarkSystem, in folder: String, of workshop: Workshop
  ) throws(BenchError) -> any PreparedChecker
}

/// A checker that is ready to explore one system.
protocol PreparedChecker: Sendable {
  /// Explores it once.
  func measure(round: Int) throws(BenchError) -> Measurement
}

/// A checker whose program has been compiled for one system.
struct CompiledChecker: PreparedChecker {
  let workshop: Workshop
  let program: String
  let arguments: [String]
  let folder: String
  /// How long it took to make the program.
  let buildSeconds: Double
  /// Finds the numbers in what the program prints.
  let read: @Sendable (String) -> Reading?

  func measure(round: Int) throws(BenchError) -> Measurement {
    let run = try workshop.run(program, arguments, in: folder)
    guard let reading = read(run.output) else {
      throw .unreadable(program: program, output: run.output)
    }
    return Measurement(
      round: round, states: reading.states, transitions: reading.transitions,
      searchSeconds: reading.searchSeconds ?? run.wallSeconds, wallSeconds: run.wallSeconds,
      cpuSeconds: run.cpuSeconds, peakBytes: run.peakBytes,
      coldSeconds: buildSeconds + run.wallSeconds)
  }
}
