import Exploration
import Foundation
import Machine
import PageraceKit
import Promela
import SourceText
import TestSupport
import Testing

@Suite struct AgreementTests {
  /// How many random systems are compared: each takes a C compiler a quarter of a second.
  static var systemCount: Int {
    ProcessInfo.processInfo.environment["LONG_TESTS"] != nil ? 1_000 : 40
  }

  private func outcome(_ system: TransitionSystem) throws -> (Crosscheck.Outcome, SearchResult) {
    let tools = try #require(Spin.tools)
    let result = try Search(system).run()
    let crosscheck = Crosscheck(tools: tools, limits: SearchLimits(timeout: .seconds(60)))
    return (
      crosscheck.compare(system, result, title: system.name, catalog: Spin.catalog), result
    )
  }

  @Test(
    "SPIN counts as many states and transitions of small systems",
    .enabled(if: Spin.tools != nil, Spin.absence))
  func smallSystems() throws {
    let systems = [
      TinySystems.philosophers(5), TinySystems.philosophers(4, deadlock: true),
      TinySystems.lostUpdate(), BenchmarkSystems.filter(3), BenchmarkSystems.pageMigration(1),
    ]
    for system in systems {
      let (outcome, result) = try outcome(system)
      guard case .agrees(let answer) = outcome else {
        Issue.record("\(system.name): \(outcome)")
        continue
      }
      if case .violated(let finding) = result.verdict {
        let steps = finding.trace.entries.count
        #expect(answer == .violated(finding.violation, steps: steps))
      } else {
        let statistics = result.statistics
        #expect(
          answer == .holds(states: statistics.states, transitions: statistics.transitions))
      }
    }
  }

  @Test(
    "SPIN agrees on random systems, or they are refused",
    .enabled(if: Spin.tools != nil, Spin.absence))
  func randomSystems() throws {
    var compared = 0
    var exact = 0
    for seed in 0..<Self.systemCount {
      let (outcome, _) = try outcome(RandomSystem.make(seed: UInt64(seed)))
      switch outcome {
      case .agrees(.holds):
        compared += 1
        exact += 1
      case .agrees(.violated): compared += 1
      case .notExportable: break
      case .differs, .inconclusive: Issue.record("seed \(seed): \(outcome)")
      }
    }
    // If nearly all were refused, the test would say little.
    #expect(compared > Self.systemCount / 2)
    #expect(exact > Self.systemCount / 10)
  }
}
