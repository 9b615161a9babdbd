import Execution
import Exploration
import Machine
import NativeCode
import TestSupport
import Testing

@Suite struct AgreementTests {
  @Test("compiled code agrees with the evaluator on small systems, state for state")
  func smallSystems() throws {
    let systems = [
      TinySystems.philosophers(6), TinySystems.philosophers(4, deadlock: true),
      TinySystems.lostUpdate(), BenchmarkSystems.filter(3), BenchmarkSystems.pageMigration(1),
    ]
    for system in systems {
      let engine = try nativeEngine(system)
      #expect(compare(Evaluator(system), engine, system) != nil, "\(system.name)")
      #expect(engine.coveredPoints.isEmpty)
    }
  }

  @Test("benchmark systems have as many states and transitions as other checkers count")
  func counts() throws {
    let migration = BenchmarkSystems.pageMigration(2)
    let counts = try compare(Evaluator(migration), nativeEngine(migration), migration)
    #expect(counts?.states == 140_312)
    #expect(counts?.transitions == 535_915)
  }
}
