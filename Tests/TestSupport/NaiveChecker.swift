public import Machine

/// A second opinion: the meaning of a ``TransitionSystem``, written down as plainly as possible.
///
/// States are arrays of numbers, expressions are evaluated from their trees, levels are dictionaries.
/// Nothing is shared with the evaluator or the search, so an error would have to be made twice.
public struct NaiveChecker {
  /// What a check comes to.
  public struct Answer: Hashable {
    /// The number of states, up to the violation's level if there is one.
    public var states = 0
    /// The number of transitions between those levels.
    public var transitions = 0
    /// The violation, the steps and the preemptions of the best trace to it.
    public var violation: String?
    /// The number of steps of the best trace.
    public var steps: Int?
    /// The number of preemptions of the best trace.
    public var preemptions: Int?
    /// The `reachable` that were true and the `finally` that were judged; empty after a violation.
    public var witnessed: Set<Int> = []

    /// Creates an answer in which nothing was found.
    public init() {}
  }

  enum End {
    case disabled
    case arrived([Int64])
    case failed(FailureID)
    case result(Int64)
  }

  private struct Candidate {
    var order: [Int]
    var violation: String
  }

  let system: TransitionSystem

  /// Creates a checker of `system`.
  public init(_ system: TransitionSystem) { self.system = system }

  /// Returns how many steps can be taken in a state, those that fail included.
  public func moveCount(in state: [Int64]) -> Int {
    system.processes.indices.reduce(0) { $0 + moves(of: $1, in: state).count }
  }

  /// Checks everything, level by level.
  public func check() -> Answer {
    var answer = Answer()
    var candidates: [Candidate] = []
    // The states of a level; for each, the fewest preemptions by the process that moved last.
    var level: [[Int64]: [Int: Int]] = [:]
    for end in runs(system.prelude, system.defaults, process: nil) {
      if case .arrived(let state) = end { level[state] = [-1: 0] }
      if case .failed(let failure) = end {
        candidates.append(
          .init(order: [0, 0, -1, Int(failure.index)], violation: system[failure].violation))
      }
    }
    var seen = Set(level.keys)
    var depth = 0
    while true {
      var next: [[Int64]: [Int: Int]] = [:]
      var transitions = 0
      var failing: [Candidate] = []
      for (state, costs) in level {
        let ends = system.processes.indices.map { moves(of: $0, in: state) }
        let enabled = ends.indices.filter { !ends[$0].isEmpty }
        let here = costs.values.min() ?? 0
        for (order, violation) in wrong(in: state, enabled: enabled, &answer.witnessed) {
          candidates.append(.init(order: [here] + order, violation: violation))
        }
        for mover in enabled {
          let cost =
            costs.map { last, cost in
              let couldGoOn = last >= 0 && enabled.contains(last) && !isIdle(last, in: state)
              return cost + (last != mover && couldGoOn ? 1 : 0)
            }.min() ?? 0
          for end in ends[mover] {
            if case .arrived(let successor) = end {
              transitions += 1
              if !seen.contains(successor) {
                let old = next[successor, default: [:]][mover] ?? .max
                next[successor, default: [:]][mover] = min(old, cost)
              }
            } else if case .failed(let failure) = end {
              let order = [cost, 0, mover, Int(failure.index)]
              failing.append(.init(order: order, violation: system[failure].violation))
            }
          }
        }
      }
      answer.states = seen.count
      if let best = candidates.min(by: { $0.order.lexicographicallyPrecedes($1.order) }) {
        answer.violation = best.violation
        answer.steps = depth
        answer.preemptions = best.order[0]
        answer.witnessed = []
        return answer
      }
      answer.transitions += transitions
      if next.isEmpty && failing.isEmpty { return answer }
      candidates = failing
      seen.formUnion(next.keys)
      level = next
      depth += 1
    }
  }

  /// Returns what is wrong in a state: its place in the order of declaration, and its name.
  func wrong(
    in state: [Int64], enabled: [Int], _ witnessed: inout Set<Int>
  ) -> [([Int], String)] {
    let unfinished = system.processes.indices.contains { index in
      let process = system.processes[index]
      return process.kind != .daemon && !hasEnded(index, in: state) && !isIdle(index, in: state)
    }
    let isQuiet = enabled.allSatisfy {
      let process = system.processes[$0]
      return process.kind == .daemon && process.locations[location(of: $0, in: state)].isRest
    }
    var found: [([Int], String)] = []
    for (index, property) in system.properties.enumerated() {
      if property.kind == .finally && (unfinished || !isQuiet) { continue }
      let end = runs(property.entry, state, process: nil).first ?? .disabled
      if case .failed(let failure) = end {
        found.append(([1, index, 0], system[failure].violation))
      }
      if property.kind == .finally { witnessed.insert(index) }
      guard case .result(let value) = end else { continue }
      if property.kind == .reachable {
        if value != 0 { witnessed.insert(index) }
      } else if value == 0 {
        found.append(([1, index, 0], property.name))
      }
    }
    if enabled.isEmpty && unfinished { found.append(([2, 0, 0], "deadlock")) }
    return found
  }

  private func location(of process: Int, in state: [Int64]) -> Int {
    Int(state[Int(system.processes[process].programCounter.index)])
  }

  private func hasEnded(_ process: Int, in state: [Int64]) -> Bool {
    system.processes[process].locations[location(of: process, in: state)].entry == nil
  }

  /// Whether the process is an interrupt that is not running.
  func isIdle(_ process: Int, in state: [Int64]) -> Bool {
    if case .interrupt = system.processes[process].kind {
      return location(of: process, in: state) == 0
    }
    return false
  }

  /// Returns the runs of a process that end in an arrival or a failure.
  func moves(of index: Int, in state: [Int64]) -> [End] {
    let process = system.processes[index]
    if value(process.readiness, state, []) == 0 { return [] }
    guard let entry = process.locations[location(of: index, in: state)].entry else { return [] }
    return runs(entry, state, process: process).filter {
      if case .disabled = $0 { false } else { true }
    }
  }

  /// Returns the ends of all runs from a label, in the order of their choices.
  func runs(_ label: Label, _ values: [Int64], process: Process?) -> [End] {
    let registers = [Int64](repeating: 0, count: system.registerCount)
    return runs(Int(label.index), values, registers, process, passes: [])
  }

  private func runs(
    _ start: Int, _ state: [Int64], _ temporaries: [Int64], _ process: Process?,
    passes: Set<[Int64]>
  ) -> [End] {
    var index = start
    var values = state
    var registers = temporaries
    var passes = passes
    while true {
      var next = index + 1
      switch system.code[index] {
      case .assign(let place, let expression):
        let target = resolve(place, values, registers)
        let value = value(expression, values, registers)
        let variable = system.variables[target]
        precondition((variable.lower...variable.upper).contains(value), "a value does not fit")
        values[target] = value
      case .set(let register, let expression):
        registers[Int(register.index)] = value(expression, values, registers)
      case .branch(let test, let yes, let no):
        next = Int((value(test, values, registers) != 0 ? yes : no).index)
      case .jump(let label):
        next = Int(label.index)
      case .await(let test):
        if value(test, values, registers) == 0 { return [.disabled] }
      case .choose(let register, let count):
        return (0..<count).flatMap { choice in
          var registers = registers
          registers[Int(register.index)] = Int64(choice)
          return runs(next, values, registers, process, passes: passes)
        }
      case .require(let test, let failure, _):
        if value(test, values, registers) == 0 { return [.failed(failure)] }
      case .backEdge(let failure):
        if !passes.insert([Int64(index)] + values + registers).inserted {
          return [.failed(failure)]
        }
      case .mark, .cover: break
      case .arrive(let location):
        if let process {
          values[Int(process.programCounter.index)] = Int64(location.index)
        }
        return [.arrived(values)]
      case .done: return [.arrived(values)]
      case .result(let expression): return [.result(value(expression, values, registers))]
      }
      index = next
    }
  }

  private func resolve(_ place: Place, _ values: [Int64], _ registers: [Int64]) -> Int {
    place.terms.reduce(Int(place.base.index)) { sum, term in
      let index = Int(value(term.index, values, registers))
      precondition((0..<term.count).contains(index), "an index is out of range")
      return sum + index * term.stride
    }
  }

  private func value(_ expression: Expression, _ values: [Int64], _ registers: [Int64]) -> Int64 {
    func evaluate(_ operand: Expression) -> Int64 { value(operand, values, registers) }
    func number(_ condition: Bool) -> Int64 { condition ? 1 : 0 }
    switch expression {
    case .constant(let constant): return constant
    case .read(let place): return values[resolve(place, values, registers)]
    case .register(let register): return registers[Int(register.index)]
    case .conditional(let test, let yes, let no): return evaluate(evaluate(test) != 0 ? yes : no)
    case .unary(let unary, let operand):
      let x = evaluate(operand)
      switch unary {
      case .not: return number(x == 0)
      case .negate: return -x
      case .bit: return 1 << x
      case .populationCount: return (0..<64).reduce(0) { $0 + (x >> $1) & 1 }
      case .lowestBit: return Int64((0..<64).first { (x >> $0) & 1 == 1 } ?? 64)
      }
    case .binary(let binary, let left, let right):
      if binary == .and { return number(evaluate(left) != 0 && evaluate(right) != 0) }
      if binary == .or { return number(evaluate(left) != 0 || evaluate(right) != 0) }
      let (x, y) = (evaluate(left), evaluate(right))
      switch binary {
      case .add: return x + y
      case .subtract: return x - y
      case .multiply: return x * y
      case .divide: return x / y
      case .remainder: return x % y
      case .equal: return number(x == y)
      case .notEqual: return number(x != y)
      case .less: return number(x < y)
      case .lessOrEqual: return number(x <= y)
      case .and, .bitAnd: return x & y
      case .or, .bitOr: return x | y
      case .bitAndNot: return x & ~y
      }
    }
  }
}
