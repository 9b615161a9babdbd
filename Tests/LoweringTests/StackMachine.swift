/// Explores a ``RandomProgram`` step by step, with a set and a queue.
///
/// Each load and each store is a step; everything else is joined to the step before it.
struct StackMachine {
  private struct Task: Hashable {
    var counter = 0
    var stack: [Int] = []
    var locals: [Int: Int] = [:]
  }

  private struct State: Hashable {
    var globals: [Int]
    var tasks: [Task]
  }

  /// How a run of one task ended.
  private enum End {
    case stopped(State)
    case disabled
    case outOfRange
  }

  /// What the exploration found.
  struct Answer {
    var valuations: Set<Int> = []
    /// The number of steps to the first violation, with all violations of that length.
    var violation: (steps: Int, names: Set<String>)?
  }

  let program: RandomProgram

  func explore() -> Answer {
    var answer = Answer()
    var initial = State(
      globals: Array(repeating: 0, count: RandomProgram.globalCount),
      tasks: program.tasks.map { _ in Task() })
    for task in program.tasks.indices { initial = goOn(task, initial) }
    var seen: Set<State> = [initial]
    var level = [initial]
    var depth = 0
    while !level.isEmpty {
      var next: [State] = []
      for state in level {
        answer.valuations.insert(number(of: state.globals))
        var isEnabled = false
        for task in program.tasks.indices {
          for end in steps(task, state) {
            switch end {
            case .disabled: break
            case .outOfRange:
              isEnabled = true
              add("out_of_range", depth + 1, &answer)
            case .stopped(let successor):
              isEnabled = true
              if seen.insert(successor).inserted { next.append(successor) }
            }
          }
        }
        let isAtRest = program.tasks.indices.allSatisfy {
          if case .end = program.tasks[$0][state.tasks[$0].counter] { true } else { false }
        }
        if !isEnabled && !isAtRest { add("deadlock", depth, &answer) }
      }
      level = next
      depth += 1
    }
    return answer
  }

  private func add(_ name: String, _ steps: Int, _ answer: inout Answer) {
    if let known = answer.violation, known.steps < steps { return }
    if answer.violation?.steps == steps {
      answer.violation?.names.insert(name)
    } else {
      answer.violation = (steps, [name])
    }
  }

  private func number(of globals: [Int]) -> Int {
    globals.reversed().reduce(0) { $0 * (RandomProgram.upper + 1) + $1 }
  }

  /// Every way in which the task can take one step.
  private func steps(_ task: Int, _ state: State) -> [End] {
    let code = program.tasks[task]
    var state = state
    while true {
      switch code[state.tasks[task].counter] {
      case .end: return [.disabled]
      case .choice(let targets):
        return targets.flatMap { target in
          var chosen = state
          chosen.tasks[task].counter = target
          return steps(task, chosen)
        }
      case .load, .store:
        guard perform(task, &state) else { return [.outOfRange] }
        return [.stopped(goOn(task, state))]
      case .awaitBegin:
        state.tasks[task].counter += 1
        while true {
          if case .awaitEnd = code[state.tasks[task].counter] { break }
          _ = perform(task, &state)
        }
        state.tasks[task].counter += 1
        if state.tasks[task].stack.removeLast() == 0 { return [.disabled] }
        return [.stopped(goOn(task, state))]
      case .atomicBegin:
        state.tasks[task].counter += 1
        while true {
          if case .atomicEnd = code[state.tasks[task].counter] { break }
          guard perform(task, &state) else { return [.outOfRange] }
        }
        state.tasks[task].counter += 1
        return [.stopped(goOn(task, state))]
      default: _ = perform(task, &state)
      }
    }
  }

  /// Executes what is joined to the step before it.
  private func goOn(_ task: Int, _ state: State) -> State {
    var state = state
    while true {
      switch program.tasks[task][state.tasks[task].counter] {
      case .load, .store, .awaitBegin, .atomicBegin, .choice, .end: return state
      default: _ = perform(task, &state)
      }
    }
  }

  /// Executes one instruction and answers whether its value was in range.
  private func perform(_ task: Int, _ state: inout State) -> Bool {
    var own = state.tasks[task]
    let instruction = program.tasks[task][own.counter]
    own.counter += 1
    switch instruction {
    case .push(let value): own.stack.append(value)
    case .load(let global): own.stack.append(state.globals[global])
    case .store(let global):
      let value = own.stack.removeLast()
      guard (0...RandomProgram.upper).contains(value) else { return false }
      state.globals[global] = value
    case .local(let local): own.stack.append(own.locals[local] ?? 0)
    case .setLocal(let local): own.locals[local] = own.stack.removeLast()
    case .add: binary(&own) { $0 + $1 }
    case .equal: binary(&own) { $0 == $1 ? 1 : 0 }
    case .less: binary(&own) { $0 < $1 ? 1 : 0 }
    case .not: own.stack.append(own.stack.removeLast() == 0 ? 1 : 0)
    case .jump(let target): own.counter = target
    case .jumpIfZero(let target): if own.stack.removeLast() == 0 { own.counter = target }
    case .awaitBegin, .awaitEnd, .atomicBegin, .atomicEnd, .choice, .end: break
    }
    state.tasks[task] = own
    return true
  }

  private func binary(_ task: inout Task, _ operation: (Int, Int) -> Int) {
    let right = task.stack.removeLast()
    let left = task.stack.removeLast()
    task.stack.append(operation(left, right))
  }
}
