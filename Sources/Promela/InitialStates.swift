internal import Machine

/// The states that a system can start in.
struct InitialStates {
  /// The largest number of ways through the prelude.
  static let limit = 4_096
  private static let visitLimit = 2_000_000

  /// The values of all variables, one list for each way through the prelude, in the order of its choices.
  private(set) var states: [[Int64]] = []
  /// The failures of ways that do not come through.
  private(set) var failures: [FailureID] = []

  /// Runs the prelude of `system`.
  init(_ system: TransitionSystem) throws(NotExportable) {
    let survey = CodeSurvey(system.code, from: system.prelude)
    let run = SymbolicRun(system, survey, distinguishesTargets: false)
    var start = SymbolicRun.Situation()
    for (index, value) in system.defaults.enumerated() { start.stores[index] = .constant(value) }
    var pending = [(label: system.prelude, situation: start)]
    var visits = 0
    while let (first, situation) = pending.popLast() {
      var label: Label? = first
      var situation = situation
      while let here = label {
        visits += 1
        if visits > Self.visitLimit || states.count + failures.count > Self.limit {
          throw NotExportable("there are too many ways to start")
        }
        let next = Label(Int(here.index) + 1)
        label = next
        switch system.code[Int(here.index)] {
        case .assign(let place, let value):
          try run.store(run.resolve(value, situation), in: place, &situation)
        case .set(let register, let value):
          situation.registers[register] = try run.resolve(value, situation)
        case .branch(let test, let yes, let no):
          label = try Self.number(test, run, situation) != 0 ? yes : no
        case .jump(let target): label = target
        case .await(let test):
          if try Self.number(test, run, situation) == 0 { label = nil }
        case .choose(let register, let count):
          for value in (0..<max(0, count)).reversed() {
            situation.registers[register] = .constant(Int64(value))
            pending.append((next, situation))
          }
          label = nil
        case .require(let test, let failure, _):
          if try Self.number(test, run, situation) == 0 {
            failures.append(failure)
            label = nil
          }
        case .backEdge, .mark, .cover: break
        case .done:
          var values: [Int64] = []
          for index in system.variables.indices {
            values.append(situation.stores[index]?.number ?? system.defaults[index])
          }
          states.append(values)
          label = nil
        case .arrive, .result:
          throw NotExportable("the prelude ends in an unexpected way")
        }
      }
    }
  }

  private static func number(
    _ expression: Expression, _ run: SymbolicRun, _ situation: SymbolicRun.Situation
  ) throws(NotExportable) -> Int64 {
    guard let number = try run.resolve(expression, situation).number else {
      throw NotExportable("the prelude reads what it has not set")
    }
    return number
  }
}
