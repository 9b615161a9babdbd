import Exploration
import Machine
import NativeCode
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// The measurements of `docs/internals/native-code.md`: `SPEED_TESTS=1 swift test -c release --filter
/// SpeedTests`.
@Suite(.serialized, .enabled(if: getenv("SPEED_TESTS") != nil)) struct SpeedTests {
  @Test(
    "large systems have as many states and transitions as other checkers count",
    arguments: [
      ("filter", 6_698_326, 25_789_008), ("phil", 4_782_969, 44_641_044),
      ("pagemig", 13_028_116, 68_871_691),
    ])
  func speed(name: String, states: Int, transitions: Int) throws {
    if let only = getenv("SPEED_ONLY"), String(cString: only) != name { return }
    let system =
      switch name {
      case "filter": BenchmarkSystems.filter(6)
      case "phil": TinySystems.philosophers(14)
      default: BenchmarkSystems.pageMigration(4)
      }
    let settings = testSettings()
    let search = Search(system, engine: .native { NativeEngineSource($0, settings: settings) })
    let result = try search.run()
    #expect(result.usedNativeCode, "\(result.notice ?? "")")
    let statistics = result.statistics
    #expect(statistics.states == states)
    #expect(statistics.transitions == transitions)
    let (seconds, attoseconds) = statistics.elapsed.components
    let time = Double(seconds) + Double(attoseconds) * 1e-18
    let rate = Double(transitions) / time / 1e6
    let bytes = Double(statistics.memoryBytes) / Double(states)
    print("\(name): \(time) s, \(rate) M transitions/s, \(bytes) bytes a state")
  }
}
