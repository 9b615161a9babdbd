import Execution
import Exploration
import Machine
import NativeCode
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct SwitchTests {
  /// A source whose engine is ready when the search has asked a number of times.
  private final class SlowSource: EngineSource {
    private let system: TransitionSystem
    private var looksLeft: Int

    init(_ system: TransitionSystem, looks: Int) {
      self.system = system
      looksLeft = looks
    }

    func begin() {}
    func wait() -> EngineProgress { .pending }

    func poll() -> EngineProgress {
      looksLeft -= 1
      if looksLeft > 0 { return .pending }
      guard let engine = try? nativeEngine(system) else { return .failed("no engine") }
      return .ready(engine)
    }
  }

  @Test("a search that changes to native code finds what it finds without", arguments: [1, 3])
  func change(looks: Int) throws {
    let system = TinySystems.philosophers(11)
    let expected = try Search(system).run()
    let search = Search(system, engine: .automatic { SlowSource($0, looks: looks) })
    let result = try search.run()
    #expect(result.usedNativeCode)
    #expect(result.statistics.states == expected.statistics.states)
    #expect(result.statistics.transitions == expected.statistics.transitions)
    #expect(result.statistics.depth == expected.statistics.depth)
  }

  /// A source that has an engine at once, and another one after some looks.
  private final class ImprovingSource: EngineSource {
    private let system: TransitionSystem
    private var looksLeft = 3
    private(set) var engineCount = 0

    init(_ system: TransitionSystem) { self.system = system }

    func begin() {}
    func wait() -> EngineProgress { poll() }

    func poll() -> EngineProgress {
      engineCount += 1
      return .ready(Evaluator(system))
    }

    func hasImproved() -> Bool {
      looksLeft -= 1
      return looksLeft == 0
    }
  }

  @Test("a search changes again when there is a better engine")
  func improvement() throws {
    let system = TinySystems.philosophers(11)
    let source = Shared(ImprovingSource(system))
    let result = try Search(system, engine: .automatic { _ in source.value }).run()
    #expect(result.statistics.states == 177_147)
    #expect(source.value.engineCount == 2)
  }

  /// What a test and the search of one thread both look at.
  private struct Shared<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  @Test("much code is compiled twice, and both compilations agree with the evaluator")
  func hasty() throws {
    let system = BenchmarkSystems.pageMigration(10)
    let source = NativeEngineSource(system, settings: testSettings(), isHasty: true)
    source.begin()
    for round in 0..<2 {
      guard case .ready(let engine) = source.waitUntilDone() else { throw EngineMissing() }
      #expect(compare(Evaluator(system), engine, system, stateLimit: 500) != nil)
      if round == 1 { break }
      let deadline = ContinuousClock.now + .seconds(60)
      var hasImproved = false
      while !hasImproved, ContinuousClock.now < deadline {
        usleep(1_000)
        hasImproved = source.hasImproved()
      }
      #expect(hasImproved)
    }
  }

  @Test("the trace of a deadlock is the same with native code")
  func trace() throws {
    let system = TinySystems.philosophers(7, deadlock: true)
    let settings = testSettings()
    let engines: [EngineChoice] = [
      .evaluator, .native { NativeEngineSource($0, settings: settings) },
    ]
    let traces = try engines.map { engine -> [UInt32] in
      let result = try Search(system, engine: engine).run()
      guard case .violated(let finding) = result.verdict else { return [] }
      #expect(finding.violation == "deadlock")
      return finding.trace.entries.map { $0.process.index }
    }
    #expect(traces[0].count == 7)
    #expect(traces[0] == traces[1])
  }

  @Test("a small search does not start a compiler")
  func small() throws {
    let search = Search(
      TinySystems.lostUpdate(),
      engine: .automatic { _ in
        Issue.record("no engine is needed for a search of this size")
        return SlowSource(TinySystems.lostUpdate(), looks: 1)
      })
    guard case .violated = try search.run().verdict else {
      Issue.record("an update is lost")
      return
    }
  }

  @Test("a witness of a 'reachable' counts whichever engine sees it")
  func witnesses() throws {
    var builder = SystemBuilder("counter")
    let count = builder.variable("count", 0...150_000)
    let counter = builder.programCounter("p", locations: 1)
    let code = builder.emit(
      .await(.binary(.less, .variable(count), .constant(150_000))),
      .assign(Place(count), .binary(.add, .variable(count), .constant(1))),
      .arrive(LocationID(0)))
    builder.process("p", .daemon, counter: counter, locations: [code])
    builder.property("early", .reachable, .variable(count, is: 5))
    builder.property("late", .reachable, .variable(count, is: 149_999))
    let system = builder.build()
    let result = try Search(
      system, engine: .automatic { SlowSource($0, looks: 2) }
    ).run()
    #expect(result.usedNativeCode)
    #expect(result.witnessed.count == 2)
  }
}
