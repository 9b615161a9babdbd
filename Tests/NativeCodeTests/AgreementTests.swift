import Execution
import Exploration
import Machine
import NativeCode
import TestSupport
import Testing

@Suite struct AgreementTests {
  /// How many random systems are compared: all of them takes minutes.
  static var systemCount: Int { isThorough ? 10_000 : 400 }

  @Test("compiled code agrees with the evaluator on small systems, state for state")
  func smallSystems() throws {
    let systems = [
      TinySystems.philosophers(6), TinySystems.philosophers(4, deadlock: true),
      TinySystems.lostUpdate(), BenchmarkSystems.filter(3), BenchmarkSystems.pageMigration(1),
      // States of so many words are changed in the batch.
      TinySystems.philosophers(45), BenchmarkSystems.pageMigration(25),
    ]
    for system in systems {
      let engine = try nativeEngine(system)
      let counts = compare(Evaluator(system), engine, system, stateLimit: 3_000)
      #expect(counts != nil, "\(system.name)")
    }
  }

  @Test("benchmark systems have as many states and transitions as other checkers count")
  func counts() throws {
    #if DEBUG
    let (system, expected) = (BenchmarkSystems.filter(4), (states: 11_316, transitions: 31_528))
    #else
    let (system, expected) = (
      BenchmarkSystems.pageMigration(2), (states: 140_312, transitions: 535_915)
    )
    #endif
    let counts = try compare(Evaluator(system), nativeEngine(system), system)
    #expect(counts?.states == expected.states)
    #expect(counts?.transitions == expected.transitions)
  }

  @Test("compiled code agrees with the evaluator on random systems, state for state")
  func randomSystems() throws {
    let size = 200
    var failures = 0
    for first in stride(from: 0, to: Self.systemCount, by: size) {
      let systems = (first..<first + size).map { RandomSystem.make(seed: UInt64($0)) }
      // One batch is optimised as in earnest; the others are about what the code means.
      let libraries = try compileTogether(
        systems, optimization: first == 0 ? 2 : 0,
        registerWordLimit: first / size % 2 == 0 ? 4 : 0)
      for (index, system) in systems.enumerated() {
        let library = try #require(libraries.member(index))
        let engine = NativeEngine(system, library)
        let evaluator = Evaluator(system)
        let counts = compare(evaluator, engine, system, stateLimit: 2_000)
        #expect(counts != nil, "seed \(first + index)")
        failures += counts == nil ? 1 : 0
        if failures > 3 { return }
      }
    }
  }

  @Test("an element of nothing can be written as C, and is never reached")
  func emptyPool() throws {
    var builder = SystemBuilder("empty")
    let flag = builder.variable("flag", 0...1)
    let counter = builder.programCounter("p", locations: 2)
    let never = builder.failure("out_of_range")
    for index in [Expression.variable(flag), .constant(0)] {
      let place = Place(flag, [.init(index: index, stride: 1, count: 0)])
      let inRange = Expression.binary(.less, index, .constant(0))
      let code = builder.emit(
        .require(inRange, never, value: index), .assign(place, .constant(1)),
        .assign(Place(flag), .read(place)), .arrive(LocationID(1)))
      if case .read = index {
        builder.process("p", .task, counter: counter, locations: [code, nil])
      } else {
        let other = builder.programCounter("q", locations: 2)
        builder.process("q", .task, counter: other, locations: [code, nil])
      }
    }
    let system = builder.build()
    let counts = try compare(Evaluator(system), nativeEngine(system), system)
    #expect(counts?.states == 1)
  }

  @Test("a long system is cut into several units, which agree with the evaluator too")
  func severalUnits() throws {
    let system = TinySystems.philosophers(6)
    var emitter = CEmitter(system)
    let emitted = emitter.emit(maximumUnitCount: 3, linesInUnit: 10)
    let units = try #require(emitted)
    #expect(units.count == 3)
    let compiler = try NativeCompiler(units, settings: testSettings())
    guard case .done(let library) = compiler.wait() else { throw EngineMissing() }
    #expect(compare(Evaluator(system), NativeEngine(system, library), system)?.states == 729)
  }

  private func compileTogether(
    _ systems: [TransitionSystem], optimization: Int, registerWordLimit: Int
  ) throws -> NativeLibrary {
    let unit = try #require(CEmitter.emitTogether(systems, registerWordLimit: registerWordLimit))
    var settings = testSettings()
    settings.optimization = optimization
    let compiler = try NativeCompiler([unit], settings: settings)
    switch compiler.wait() {
    case .done(let library): return library
    case .failed(let error): throw error
    case .running: throw EngineMissing()
    }
  }
}
