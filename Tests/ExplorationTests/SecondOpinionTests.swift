import Exploration
import Machine
import TestSupport
import Testing

@Suite struct SecondOpinionTests {
  /// How many systems are compared; fewer in debug builds, to keep the tests quick.
  static var systemCount: UInt64 {
    #if DEBUG
    1_000
    #else
    10_000
    #endif
  }

  @Test("the search agrees with the naive checker on random systems")
  func agreement() throws {
    var verdicts: [String: Int] = [:]
    for seed in 0..<Self.systemCount {
      let system = RandomSystem.make(seed: seed)
      let expected = NaiveChecker(system).check()
      let result = try Search(system).run()
      let found = NaiveChecker.Answer(result)
      if case .violated(let finding) = result.verdict {
        #expect(finding.isShortest && finding.hasFewestPreemptions, "seed \(seed)")
      }
      #expect(found == expected, "seed \(seed)")
      verdicts[expected.violation ?? "none", default: 0] += 1
      if found != expected { break }
    }
    // The systems are of use only if they differ in what is wrong with them.
    let names = [
      "none", "deadlock", "failure0", "failure1", "failure2", "out_of_range", "endless_atomic",
      "property0", "property1",
    ]
    for name in names { #expect(verdicts[name, default: 0] > 0, "no system has \(name)") }
  }
}
