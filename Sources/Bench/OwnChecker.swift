#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// This program, as a process of its own.
package struct OwnChecker: Checker {
  /// What it is called in tables.
  package var name: String { workers == 1 ? "pagerace" : "pagerace x\(workers)" }
  var id: String { name }
  /// With how many threads it searches.
  let workers: Int

  /// Creates the checker; it searches with one thread if nothing is said.
  package init(workers: Int = 1) { self.workers = workers }

  func takes(_ system: BenchmarkSystem) -> Bool { true }

  func prepare(
    _ system: BenchmarkSystem, in folder: String, of workshop: Workshop
  ) throws(BenchError) -> any PreparedChecker {
    let prepared = Prepared(
      system: system, workers: workers, workshop: workshop,
      cache: try workshop.makeFolder("cache"))
    // Compiles the code and puts it into the cache.
    _ = try prepared.run(cache: prepared.cache, ["--engine", "native", "--max-states", "100"])
    return prepared
  }

  private struct Prepared: PreparedChecker {
    let system: BenchmarkSystem
    let workers: Int
    let workshop: Workshop
    let cache: String

    func run(cache: String, _ options: [String]) throws(BenchError) -> Workshop.Run {
      try workshop.run(
        workshop.executable,
        [
          "check", "\(workshop.models)/\(system.path)", "--check", system.check, "--stats",
          "--json", "--workers", "\(workers)",
        ] + options, environment: ["PAGERACE_CACHE": cache], expected: [0, 3])
    }

    func measure(round: Int) throws(BenchError) -> Measurement {
      let empty = try workshop.makeFolder("empty-cache-\(system.name)-\(round)")
      let cold = try run(cache: empty, [])
      let warm = try run(cache: cache, ["--engine", "native"])
      guard let reading = OwnChecker.read(warm.output), OwnChecker.read(cold.output) != nil else {
        throw .unreadable(program: workshop.executable, output: warm.output)
      }
      return Measurement(
        round: round, states: reading.states, transitions: reading.transitions,
        searchSeconds: reading.searchSeconds ?? warm.wallSeconds, wallSeconds: warm.wallSeconds,
        cpuSeconds: warm.cpuSeconds, peakBytes: warm.peakBytes, coldSeconds: cold.wallSeconds)
    }
  }

  private struct Document: Decodable {
    struct Run: Decodable {
      struct Covered: Decodable { let states, transitions: Int }
      struct Measurements: Decodable { let seconds: Double }
      let verdict: String
      let covered: Covered
      let measurements: Measurements?
    }
    let runs: [Run]
  }

  /// Reads the document that `check --json` prints; nil unless it has one run, which holds.
  package static func read(_ output: String) -> Reading? {
    guard let start = output.firstIndex(of: "{"), let end = output.lastIndex(of: "}"),
      let document = try? JSONDecoder().decode(
        Document.self, from: Data(output[start...end].utf8)),
      document.runs.count == 1, document.runs[0].verdict == "holds"
    else { return nil }
    let run = document.runs[0]
    return Reading(
      states: run.covered.states, transitions: run.covered.transitions,
      searchSeconds: run.measurements?.seconds)
  }
}
