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

  @Test("many steps become native code", arguments: [1_000, 5_000])
  func compilation(steps: Int) throws {
    // Each faulter has ten steps, and there are forty more.
    let system = BenchmarkSystems.pageMigration(steps / 10)
    let begin = ContinuousClock.now
    var emitter = CEmitter(system)
    let written = emitter.emit(maximumUnitCount: 2)
    let units = try #require(written)
    print(steps, "steps:", units.reduce(0) { $0 + $1.utf8.count } / 1000, "kB of C in")
    print(" ", ContinuousClock.now - begin)
    for optimization in [0, 2] {
      var settings = testSettings()
      settings.optimization = optimization
      let begin = ContinuousClock.now
      let before = Self.childSeconds()
      let compiler = try NativeCompiler(units, settings: settings)
      guard case .done = compiler.wait() else { throw EngineMissing() }
      print("  -O\(optimization):", ContinuousClock.now - begin, "on the clock,")
      print("   ", Self.childSeconds() - before, "s of processors")
    }
  }

  /// The processor time of the compilers that have ended.
  private static func childSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }
}
