import Exploration
import Machine
import TestSupport
import Testing

@Suite struct FewestSwitchesTests {
  /// How many systems are compared; fewer in debug builds, to keep the tests quick.
  static var systemCount: UInt64 {
    #if DEBUG
    200
    #else
    10_000
    #endif
  }

  private static let method = SearchMethod(order: .fewestSwitches)

  @Test("the search by preemptions agrees with a naive one on random systems")
  func agreement() throws {
    var preemptions: [Int: Int] = [:]
    var longer = 0
    for seed in 0..<Self.systemCount {
      let system = RandomSystem.make(seed: seed)
      let expected = NaiveChecker(system).checkByPreemptions()
      let result = try Search(system, method: Self.method).run()
      let found = NaiveChecker.Answer(result)
      #expect(found.violation == expected.violation, "seed \(seed)")
      #expect(found.preemptions == expected.preemptions, "seed \(seed)")
      #expect(found.steps == expected.steps, "seed \(seed)")
      guard case .violated(let finding) = result.verdict else {
        #expect(found == expected, "seed \(seed)")
        continue
      }
      #expect(finding.switchClaim?.ruledOut == finding.preemptions, "seed \(seed)")
      #expect(finding.switchClaim?.isShortestOfThose == true, "seed \(seed)")
      preemptions[finding.preemptions, default: 0] += 1
      if case .violated(let shortest) = try Search(system).run().verdict {
        let length = finding.trace.entries.count
        #expect(shortest.trace.entries.count <= length, "seed \(seed)")
        #expect(finding.preemptions <= shortest.preemptions, "seed \(seed)")
        if length > shortest.trace.entries.count { longer += 1 }
      }
    }
    #expect(!preemptions.isEmpty)
    #if !DEBUG
    // The systems are of use only if some need preemptions, and if fewer can take more steps.
    #expect(preemptions[0, default: 0] > 0 && preemptions[1, default: 0] > 0)
    #expect(longer > 0)
    #endif
  }

  @Test("what holds is explored whole, and counted like a search by steps")
  func holds() throws {
    let system = TinySystems.philosophers(4)
    let byPreemptions = try Search(system, method: Self.method).run()
    let bySteps = try Search(system).run()
    #expect(NaiveChecker.Answer(byPreemptions) == NaiveChecker.Answer(bySteps))
    #expect(byPreemptions.statistics.frontier == 0)
  }

  @Test("a search that is cut claims only the preemptions that it has ruled out")
  func cut() throws {
    var ruledOut: Set<Int> = []
    for seed in 0..<60 {
      let system = RandomSystem.make(seed: UInt64(seed))
      guard case .violated(let best) = try Search(system, method: Self.method).run().verdict else {
        continue
      }
      for limit in [1, 3, 8, 20] {
        let limits = SearchLimits(maxStates: limit)
        let result = try Search(system, limits: limits, method: Self.method).run()
        switch result.verdict {
        case .holds, .vacuous: Issue.record("seed \(seed) holds with \(limit) states")
        case .inconclusive:
          let claim = result.switchesRuledOut ?? 0
          #expect(claim <= best.preemptions, "seed \(seed)")
          ruledOut.insert(claim)
        case .violated(let finding):
          let claim = finding.switchClaim?.ruledOut ?? 0
          #expect(claim <= best.preemptions, "seed \(seed)")
          #expect(finding.preemptions >= best.preemptions, "seed \(seed)")
          if finding.switchClaim?.isShortestOfThose == true {
            #expect(finding.trace.entries.count == best.trace.entries.count, "seed \(seed)")
          }
        }
      }
    }
    #expect(!ruledOut.isEmpty)
  }

  @Test("the table of pairs counts as memory")
  func memory() throws {
    let system = TinySystems.philosophers(8)
    let limits = SearchLimits(maxMemoryBytes: 100_000)
    let result = try Search(system, limits: limits, method: Self.method).run()
    guard case .inconclusive(.memoryLimit) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(result.statistics.memoryBytes <= 100_000)
  }
}
