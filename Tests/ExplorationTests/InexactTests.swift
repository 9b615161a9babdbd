import Exploration
import Machine
import TestSupport
import Testing

@Suite struct InexactTests {
  /// How many systems are compared; fewer in debug builds, to keep the tests quick.
  static var systemCount: UInt64 {
    #if DEBUG
    300
    #else
    3_000
    #endif
  }

  @Test("what does not keep states visits as many, finds the same, and never says that it holds")
  func sameFindings() throws {
    let memories: [SearchMethod.Memory] = [.compact, .bitstate(bytes: 1 << 20)]
    for seed in 0..<Self.systemCount {
      let system = RandomSystem.make(seed: seed)
      let exact = try Search(system).run()
      for memory in memories {
        let result = try Search(system, method: SearchMethod(memory: memory)).run()
        #expect(result.statistics.states == exact.statistics.states, "seed \(seed) \(memory)")
        #expect(result.statistics.transitions == exact.statistics.transitions, "seed \(seed)")
        switch (result.verdict, exact.verdict) {
        case (.violated(let finding), .violated(let expected)):
          #expect(finding.trace.entries.count == expected.trace.entries.count, "seed \(seed)")
          #expect(!finding.isShortest && !finding.hasFewestPreemptions)
        case (.inconclusive(.inexact(let omission)), .holds),
          (.inconclusive(.inexact(let omission)), .vacuous):
          #expect(omission.memory == memory && omission.expectedStates < 1e-3)
        default:
          Issue.record("seed \(seed), \(memory): \(result.verdict) instead of \(exact.verdict)")
          return
        }
      }
    }
  }

  @Test("a field that is too small misses about as many states as it says")
  func omissions() throws {
    let system = TinySystems.philosophers(10)
    let all = try Search(system).run().statistics.states
    for bytes in [1 << 15, 1 << 16, 1 << 17] {
      let method = SearchMethod(memory: .bitstate(bytes: bytes))
      let result = try Search(system, method: method).run()
      guard case .inconclusive(.inexact(let omission)) = result.verdict else {
        Issue.record("the verdict is \(result.verdict)")
        return
      }
      let missed = Double(all - result.statistics.states)
      #expect(missed > 0 && missed < 3 * omission.expectedStates + 50)
      #expect(omission.expectedStates < 3 * missed + 50)
    }
  }

  @Test("a violation in a field that is far too small is a real one")
  func smallField() throws {
    for seed in 0..<Self.systemCount / 3 {
      let system = RandomSystem.make(seed: seed)
      let method = SearchMethod(memory: .bitstate(bytes: 64))
      let result = try Search(system, method: method).run()
      let exact = try Search(system).run()
      #expect(result.statistics.states <= exact.statistics.states || isViolated(result))
      if case .holds = result.verdict { Issue.record("seed \(seed) holds") }
      if isViolated(result) { #expect(isViolated(exact), "seed \(seed)") }
    }
  }

  private func isViolated(_ result: SearchResult) -> Bool {
    if case .violated = result.verdict { return true }
    return false
  }

  @Test("the frontier alone is kept, and a limit of memory is not passed")
  func memory() throws {
    #if DEBUG
    let count = 11
    #else
    let count = 13
    #endif
    let system = TinySystems.philosophers(count)
    let exact = try Search(system).run().statistics
    let compact = try Search(system, method: SearchMethod(memory: .compact)).run().statistics
    #expect(compact.states == exact.states && compact.transitions == exact.transitions)
    #if !DEBUG
    // With less states nothing is given back.
    #expect(compact.memoryBytes < exact.memoryBytes)
    #endif
    let limit = compact.memoryBytes / 2
    let cut = try Search(
      system, limits: SearchLimits(maxMemoryBytes: limit), method: SearchMethod(memory: .compact)
    ).run()
    guard case .inconclusive(.memoryLimit) = cut.verdict else {
      Issue.record("the verdict is \(cut.verdict)")
      return
    }
    #expect(cut.statistics.memoryBytes <= limit)
  }

  @Test("while a trace is made the caller hears of it, and no violation is lost by stopping")
  func retrieval() throws {
    #if DEBUG
    let count = 10
    #else
    let count = 14
    #endif
    let system = TinySystems.philosophers(count, deadlock: true)
    var last = 0
    var isRepeated = false
    let result = try Search(system, method: SearchMethod(memory: .compact)).run { statistics in
      // The second time it begins from the first state again.
      if statistics.states < last { isRepeated = true }
      last = statistics.states
      return !isRepeated
    }
    #expect(isRepeated)
    guard case .violated(let finding) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(finding.trace.entries.count == count)
  }
}
