import Exploration
import Machine
import TestSupport
import Testing

@Suite struct PhilosophersTests {
  @Test("philosophers have as many states and transitions as other checkers count")
  func counts() throws {
    let result = try Search(TinySystems.philosophers(8)).run()
    guard case .holds = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(result.statistics.states == 6_561)
    #expect(result.statistics.transitions == 34_992)
    #expect(result.statistics.frontier == 0)
  }

  #if !DEBUG
  /// The measurement in `docs/internals/search.md`; too slow without optimisation.
  @Test("14 philosophers have 4,782,969 states and 44,641,044 transitions")
  func manyPhilosophers() throws {
    let statistics = try Search(TinySystems.philosophers(14)).run().statistics
    #expect(statistics.states == 4_782_969)
    #expect(statistics.transitions == 44_641_044)
  }
  #endif

  @Test("philosophers who all begin on the left reach a deadlock with one preemption")
  func deadlock() throws {
    let result = try Search(TinySystems.philosophers(5, deadlock: true)).run()
    guard case .violated(let finding) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(finding.violation == "deadlock")
    #expect(finding.trace.entries.count == 5)
    // The first to take a fork could take the next; each later one sits to the left of the one before.
    #expect(finding.preemptions == 1)
    #expect(finding.isShortest && finding.hasFewestPreemptions)
  }
}
