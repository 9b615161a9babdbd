/// The results for machines; `docs/formats.md` describes it.
public struct BenchmarkDocument: Sendable, Encodable {
  private struct System: Sendable, Encodable {
    let name: String
    let counts: BenchmarkSystem.Counts?
    let checkers: [Entry]
  }

  private struct Entry: Sendable, Encodable {
    let name: String
    let failure: String?
    let runs: [Measurement]
    let speed: Double?
  }

  private let format = "pagerace-bench"
  private let version = 1
  private let date: String
  private let machine: String
  private let rounds: Int
  private let emptyRunBytes: Int
  private let tableInsertsPerSecond: Double?
  private let systems: [System]
  private let complaints: [String]

  /// Creates the document of a benchmark.
  public init(_ result: BenchmarkResult, date: String, machine: String) {
    self.date = date
    self.machine = machine
    rounds = result.rounds
    emptyRunBytes = result.emptyRunBytes
    tableInsertsPerSecond = result.tableInserts
    complaints = result.complaints
    systems = result.systems.map { system in
      System(
        name: system.system.name, counts: system.counts,
        checkers: system.entries.map { entry in
          Entry(
            name: entry.checker, failure: entry.failure, runs: entry.measurements,
            speed: system.speed(of: entry.checker, to: Yardstick().name) { $0.searchSeconds })
        })
    }
  }
}
