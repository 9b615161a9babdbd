import Execution
import Exploration
import Machine
import TestSupport
import Testing

@Suite struct TraceOutlookTests {
  /// How many random systems are compared; fewer in debug builds, to keep the tests quick.
  static var systemCount: UInt64 {
    #if DEBUG
    40
    #else
    500
    #endif
  }

  /// Returns the system that begins in the state with the given values.
  private func system(_ system: TransitionSystem, from values: [Int64]) -> TransitionSystem {
    var moved = system
    moved.prelude = Label(moved.code.count)
    moved.code += values.enumerated().map { index, value in
      .assign(Place(VariableID(index)), .constant(value))
    }
    moved.code.append(.done)
    return moved
  }

  @Test("from each move that was not made, a search of its own finds the same")
  func agreement() throws {
    var moveCount = 0
    var violations = 0
    for seed in 0..<Self.systemCount {
      let system = RandomSystem.make(seed: seed)
      guard case .violated(let finding) = try Search(system).run().verdict else { continue }
      let limits = TraceOutlook.Limits(statesPerMove: 1_000_000, statesInAll: .max)
      let trace = finding.trace
      let outlook = TraceOutlook(of: trace, in: system, limits: limits)
      let states = [trace.initialValues] + trace.entries.map(\.values)
      for (index, moves) in outlook.moves.enumerated() {
        for move in moves {
          let run = Replayer(system).step(move.process, choices: move.choices, from: states[index])
          moveCount += 1
          if case .failed(let failure, _, _) = run.outcome {
            #expect(move.outlook.violation?.name == system[failure].violation, "seed \(seed)")
            continue
          }
          #expect(run.outcome == .arrived, "seed \(seed)")
          let result = try Search(self.system(system, from: run.values)).run()
          switch result.verdict {
          case .violated(let expected):
            let found = try #require(move.outlook.violation, "seed \(seed)")
            violations += 1
            #expect(found.path.count == expected.trace.entries.count, "seed \(seed)")
            #expect(replays(found, from: run.values, in: system), "seed \(seed)")
          case .holds, .vacuous, .inconclusive:
            #expect(move.outlook.violation == nil, "seed \(seed)")
            #expect(move.outlook.isComplete, "seed \(seed)")
            #expect(move.outlook.states == result.statistics.states, "seed \(seed)")
          }
        }
      }
    }
    #expect(moveCount > 20 && violations > 10, "\(moveCount) moves, \(violations) violations")
  }

  /// Whether a path can be gone and ends in what it says.
  private func replays(
    _ violation: TraceOutlook.Violation, from start: [Int64], in system: TransitionSystem
  ) -> Bool {
    var values = start
    for (index, move) in violation.path.enumerated() {
      let run = Replayer(system).step(move.process, choices: move.choices, from: values)
      values = run.values
      switch run.outcome {
      case .arrived: continue
      case .failed(let failure, _, _):
        return index == violation.path.count - 1 && system[failure].violation == violation.name
      case .disabled, .result, .noSuchChoice: return false
      }
    }
    return SituationJudge(system).causes(in: values).contains { cause in
      switch cause {
      case .property(let id): system[id].name == violation.name
      case .propertyFailure(_, let failure, _), .failure(let failure, _):
        system[failure].violation == violation.name
      case .deadlock: violation.name == "deadlock"
      }
    }
  }

  @Test("the moves of a lost update meet the trace again, or lose nothing")
  func lostUpdate() throws {
    let system = TinySystems.lostUpdate()
    guard case .violated(let finding) = try Search(system).run().verdict else {
      Issue.record("an update is lost")
      return
    }
    // One loads; in its place the other could have, and after it the first could have gone on.
    let outlook = TraceOutlook(of: finding.trace, in: system)
    #expect(outlook.moves.map(\.count) == [1, 1, 1, 0])
    #expect(outlook.preemptions.count == finding.preemptions)
    let first = outlook.moves[0][0].outlook
    #expect(first.violation?.path.count == 3)
    #expect(first.rejoins?.step == 2)
    #expect(first.rejoins?.after == 1)
    let second = outlook.moves[1][0].outlook
    #expect(second.violation == nil)
    #expect(second.isComplete)
  }

  @Test("where the limit is reached, it says so")
  func limit() throws {
    let system = TinySystems.philosophers(4, deadlock: true)
    guard case .violated(let finding) = try Search(system).run().verdict else {
      Issue.record("the philosophers starve")
      return
    }
    let limits = TraceOutlook.Limits(statesPerMove: 3)
    let moves = TraceOutlook(of: finding.trace, in: system, limits: limits).moves.flatMap(\.self)
    #expect(!moves.isEmpty)
    for move in moves where move.outlook.violation == nil {
      #expect(!move.outlook.isComplete)
      #expect(move.outlook.states == 3)
    }
  }
}
