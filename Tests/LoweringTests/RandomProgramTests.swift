import Exploration
import Foundation
import Machine
import TestSupport
import Testing

/// The lowering against a stack machine that knows nothing of it.
@Suite struct RandomProgramTests {
  /// More in release builds, where a program takes a millisecond.
  private static let count: UInt64 = {
    #if DEBUG
    return 150
    #else
    return 3_000
    #endif
  }()

  private func describe(_ result: SearchResult) -> String {
    guard case .violated(let finding) = result.verdict else { return result.outcome }
    return "\(finding.violation) after \(finding.trace.entries.count) steps"
  }

  @Test("random programs reach the same values and break in the same number of steps")
  func agreement() throws {
    let start = ProcessInfo.processInfo.environment["PAGERACE_SEED"].flatMap(UInt64.init) ?? 1
    for seed in start..<(start + Self.count) {
      let program = RandomProgram(seed: seed)
      let expected = StackMachine(program: program).explore()
      guard let runner = ModelRunner(program.text) else {
        Issue.record("seed \(seed) does not compile:\n\(program.text)")
        return
      }
      let result = try runner.search()
      let isSame =
        switch result.verdict {
        case .violated(let finding):
          finding.trace.entries.count == expected.violation?.steps
            && expected.violation?.names.contains(finding.violation) == true
        case .holds: expected.violation == nil && expected.valuations.count == 64
        case .vacuous(let unreached, _):
          expected.violation == nil
            && Set(unreached.map { runner.system[$0].name })
              == Set((0..<64).filter { !expected.valuations.contains($0) }.map { "r\($0)" })
        case .inconclusive: false
        }
      #expect(isSame, "seed \(seed): \(describe(result)), expected \(expected)\n\(program.text)")
      if !isSame { return }
    }
  }
}
