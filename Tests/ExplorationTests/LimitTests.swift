import Exploration
import Machine
import TestSupport
import Testing

@Suite struct LimitTests {
  static let system = TinySystems.philosophers(11)

  /// Returns why a search under `limits` stops, and what it covered.
  static func stop(
    _ limits: SearchLimits, progress: @escaping (SearchStatistics) -> Bool = { _ in true }
  ) throws -> (StopReason, SearchStatistics)? {
    let result = try Search(system, limits: limits).run(progress: progress)
    guard case .inconclusive(let reason) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return nil
    }
    return (reason, result.statistics)
  }

  @Test("the limit of states is never passed, and the search says what is left")
  func states() throws {
    let (reason, statistics) = try #require(try Self.stop(SearchLimits(maxStates: 1000)))
    #expect(reason == .stateLimit(1000))
    #expect(statistics.states == 1000)
    #expect(statistics.frontier > 0 && statistics.frontier < 1000)
  }

  @Test("a limit that is just met is no reason to stop")
  func exactStates() throws {
    let system = TinySystems.philosophers(4)
    let result = try Search(system, limits: SearchLimits(maxStates: 81)).run()
    guard case .holds = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
  }

  @Test("the limit of memory is never passed", arguments: [40_000, 1_000_000, 3_000_000])
  func memory(limit: Int) throws {
    let (reason, statistics) = try #require(try Self.stop(SearchLimits(maxMemoryBytes: limit)))
    #expect(reason == .memoryLimit(bytes: limit))
    #expect(statistics.memoryBytes <= limit)
    #expect(statistics.states > 0)
  }

  @Test("a search stops soon after its time is over")
  func timeout() throws {
    let limit = Duration.milliseconds(1)
    let (reason, statistics) = try #require(try Self.stop(SearchLimits(timeout: limit)))
    #expect(reason == .timeout(limit))
    #expect(statistics.elapsed < .seconds(5))
    #expect(statistics.frontier > 0)
  }

  @Test("a search stops when the caller says so")
  func cancelled() throws {
    let (reason, statistics) = try #require(try Self.stop(SearchLimits()) { $0.states < 10 })
    #expect(reason == .cancelled)
    #expect(statistics.states >= 10)
  }

  @Test("a violation found before a limit is reported, with nothing claimed for it")
  func violationAtLimit() throws {
    let system = TinySystems.philosophers(5, deadlock: true)
    // Enough for the first pass, and no room for the table of the second.
    let limit = try Search(system).run().statistics.memoryBytes
    let result = try Search(system, limits: SearchLimits(maxMemoryBytes: limit)).run()
    guard case .violated(let finding) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(finding.violation == "deadlock")
    #expect(finding.trace.entries.count == 5)
    #expect(finding.isShortest)
    #expect(!finding.hasFewestPreemptions)
  }
}
