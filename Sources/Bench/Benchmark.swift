/// Explores systems with several checkers in turns.
///
/// What else the machine does hits all of them alike, and ratios are taken within one round.
public struct Benchmark {
  /// Something worth telling while it runs.
  public enum Event: Sendable {
    /// A checker begins with a system in a round; round zero is its preparation.
    case begins(checker: String, system: String, round: Int)
    /// A checker cannot take part; with the reason.
    case leavesOut(checker: String, reason: String)
    /// All rounds of a system are done.
    case finished(SystemResult)
  }

  private static let others: [any Checker] = [Yardstick(), Spin(), Rumur()]

  /// What the peers are called on the command line.
  public static var peers: [String] { others.map(\.id) }

  private let workshop: Workshop
  private let rounds: Int
  private let peers: Set<String>
  private let checkers: [any Checker]
  private let tell: (Event) -> Void

  /// Creates a benchmark with some of the peers.
  ///
  /// With several workers this program takes part once more, with as many threads. `tell` is called in the
  /// order of events.
  public init(
    _ workshop: Workshop, workers: Int, peers: Set<String>, rounds: Int,
    tell: @escaping (Event) -> Void
  ) {
    self.workshop = workshop
    self.peers = peers
    checkers =
      [OwnChecker()] + (workers > 1 ? [OwnChecker(workers: workers)] : [])
      + Self.others.filter { peers.contains($0.id) }
    self.rounds = rounds
    self.tell = tell
  }

  /// Measures the systems and returns all results.
  ///
  /// A peer that is not installed is left out. Everything else that goes wrong with one is a failure in the
  /// result, and the others go on.
  ///
  /// - Throws: ``BenchError/interrupted``, and whatever goes wrong with this program itself.
  public func run(_ systems: [BenchmarkSystem]) throws(BenchError) -> BenchmarkResult {
    let floor = try floorBytes()
    let empty = try emptyRunBytes()
    var missing: Set<String> = []
    var results: [SystemResult] = []
    for system in systems {
      let result = try measure(system, &missing)
      results.append(result)
      tell(.finished(result))
    }
    var inserts: [Double] = []
    for round in 0..<rounds {
      guard peers.contains(Yardstick().id), let rate = try insertRate(isFirst: round == 0) else {
        break
      }
      inserts.append(rate)
    }
    return BenchmarkResult(
      systems: results, rounds: rounds, emptyRunBytes: empty, floorBytes: floor,
      tableInserts: inserts.isEmpty ? nil : median(inserts))
  }

  private func measure(
    _ system: BenchmarkSystem, _ missing: inout Set<String>
  ) throws(BenchError) -> SystemResult {
    var result = SystemResult(system: system, entries: [])
    var ready: [any PreparedChecker] = []
    for checker in checkers where checker.takes(system) && !missing.contains(checker.name) {
      tell(.begins(checker: checker.name, system: system.name, round: 0))
      let folder = try workshop.makeFolder("\(system.name)-\(checker.name)")
      do throws(BenchError) {
        ready.append(try checker.prepare(system, in: folder, of: workshop))
        result.entries.append(SystemResult.Entry(checker: checker.name))
      } catch {
        switch error {
        case .missingProgram:
          missing.insert(checker.name)
          tell(.leavesOut(checker: checker.name, reason: error.message))
        case .interrupted, .missingModels, .unwritable: throw error
        case .failed, .unreadable:
          if checker is OwnChecker { throw error }
          result.entries.append(
            SystemResult.Entry(checker: checker.name, failure: error.message))
          // Keeps the places of the two lists together.
          ready.append(Unready(error: error))
        }
      }
    }
    for round in 1...rounds {
      for place in ready.indices {
        // Nobody always comes after the same one.
        let index = (place + round - 1) % ready.count
        guard result.entries[index].failure == nil else { continue }
        tell(
          .begins(checker: result.entries[index].checker, system: system.name, round: round))
        do throws(BenchError) {
          result.entries[index].measurements.append(try ready[index].measure(round: round))
        } catch {
          if case .interrupted = error { throw error }
          if index == 0 { throw error }
          result.entries[index].failure = error.message
        }
      }
    }
    return result
  }

  private struct Unready: PreparedChecker {
    let error: BenchError

    func measure(round: Int) throws(BenchError) -> Measurement { throw error }
  }

  /// What any child has at least: the system counts the memory of the process that has started it.
  private func floorBytes() throws(BenchError) -> Int {
    try workshop.run("/bin/sh", ["-c", ":"]).peakBytes
  }

  /// What this program needs for a system of 81 states.
  private func emptyRunBytes() throws(BenchError) -> Int {
    let cache = try workshop.makeFolder("cache")
    return try workshop.run(
      workshop.executable, ["check", "\(workshop.models)/phil.race", "--check", "dinner"],
      environment: ["PAGERACE_CACHE": cache]
    ).peakBytes
  }

  /// How many new keys of 8 bytes a bare hash table of 256 MB takes a second, or nil without a compiler.
  private func insertRate(isFirst: Bool) throws(BenchError) -> Double? {
    do {
      let folder = try workshop.makeFolder("limits")
      let program = "\(folder)/limits"
      if isFirst {
        _ = try CCompiler(workshop).compile(
          "\(workshop.models)/c/limits.c", to: program, ["-pthread"], in: folder)
      }
      let run = try workshop.run(program, ["25", "1", "16", "1"])
      return run.output.firstMatch(of: /new ([0-9.]+) M\/s/).flatMap { Double($0.1) }
        .map { $0 * 1_000_000 }
    } catch {
      if case .interrupted = error { throw error }
      return nil
    }
  }
}
