internal import Machine

/// Runs code with expressions in place of numbers, to find out before a step what will become of it.
///
/// Promela decides whether an atomic step can be taken by looking at its first statement only, and its
/// processes choose among alternatives that are written down. So the conditions that a run meets on its
/// way have to be known where it starts, as expressions of the state there.
struct SymbolicRun {
  /// One way in which a step can end.
  struct Outcome: Hashable {
    /// Where the process arrives; nil if all such runs fail, or if nobody asks.
    var target: LocationID?
    /// The choices, without zeros at the end.
    var choices: [Int]
  }

  /// What is known at one point of a run, in terms of the state at its start.
  struct Situation {
    /// The temporaries.
    var registers: [RegisterID: Expression] = [:]
    /// The variables that have been changed, by index.
    var stores: [Int: Expression] = [:]
    /// What is known because the run has come here.
    var facts = Facts()
    /// How many conditions the run has met.
    var depth = 0

    /// Returns the same, one condition later.
    func deeper() throws(NotExportable) -> Situation {
      if depth >= SymbolicRun.depthLimit { throw SymbolicRun.tooMuch }
      var copy = self
      copy.depth += 1
      return copy
    }

    /// Returns the same with a condition known to be true, or to be false.
    func assuming(_ condition: Expression, _ truth: Bool) -> Situation {
      var copy = self
      copy.facts.assume(condition, truth)
      return copy
    }
  }

  /// How many instructions are gone through for one step, counted once for each way to them.
  static let visitLimit = 20_000
  /// How many conditions one run may meet; each takes room on the stack.
  static let depthLimit = 1_000
  /// The largest size of one expression.
  static let sizeLimit = 3_000
  /// The largest size of a condition that is written once for each target, in a model to be read.
  static let readableLimit = 300

  private let system: TransitionSystem
  private let survey: CodeSurvey
  /// Whether it matters where a run arrives.
  private let distinguishesTargets: Bool
  private let sizeLimit: Int
  private var visits = 0

  /// Prepares to run the code that `survey` is of.
  init(
    _ system: TransitionSystem, _ survey: CodeSurvey, distinguishesTargets: Bool,
    sizeLimit: Int = Self.sizeLimit
  ) {
    self.sizeLimit = sizeLimit
    self.system = system
    self.survey = survey
    self.distinguishesTargets = distinguishesTargets
  }

  /// Returns for each way in which the run from `label` can end the condition under which it does.
  ///
  /// The conditions exclude each other, except that runs with different choices are different runs. A run
  /// that fails counts for one of the ways that it could have taken.
  mutating func outcomes(
    from label: Label, _ situation: Situation = Situation()
  ) throws(NotExportable) -> [Outcome: Expression] {
    if let outcome = settled(label) { return [outcome: .constant(1)] }
    var situation = try situation.deeper()
    var label = label
    while true {
      try visit()
      let next = Label(Int(label.index) + 1)
      switch system.code[Int(label.index)] {
      case .assign(let place, let value):
        try store(resolve(value, situation), in: place, &situation)
      case .set(let register, let value):
        situation.registers[register] = try resolve(value, situation)
      case .branch(let test, let yes, let no):
        return try branch(try decide(test, situation), yes, no, situation)
      case .jump(let target):
        if let outcome = settled(target) { return [outcome: .constant(1)] }
        label = target
        continue
      case .await(let test):
        let test = try decide(test, situation)
        situation.facts.assume(test, true)
        return try outcomes(from: next, situation).compactMapValues { condition in
          let both = Expression.both(test, condition)
          return both.number == 0 ? nil : both
        }
      case .choose(let register, let count):
        return try choose(register, count, next, situation)
      case .require(let test, _, _):
        let test = try decide(test, situation)
        if test.number == nil {
          situation.facts.assume(test, true)
          return Self.failing(unless: test, try outcomes(from: next, situation))
        }
        if test.number == 0 { return [failure(before: next): .constant(1)] }
      case .backEdge, .mark, .cover: break
      case .arrive(let location):
        return [
          Outcome(target: distinguishesTargets ? location : nil, choices: []): .constant(1)
        ]
      case .done, .result:
        throw NotExportable("a step ends in an unexpected way")
      }
      label = next
    }
  }

  /// The outcome of all runs from a label, if nothing can hold them up and there is but one.
  private func settled(_ label: Label) -> Outcome? {
    let outlook = survey[label]
    if outlook.waits || outlook.chooses { return nil }
    if !distinguishesTargets { return Outcome(target: nil, choices: []) }
    if outlook.arrivals.count > 1 { return nil }
    return Outcome(target: outlook.arrivals.first, choices: [])
  }

  /// The outcome that a run counts for which fails whatever the state.
  private func failure(before next: Label) -> Outcome {
    let target = survey[next].arrivals.min { $0.index < $1.index }
    return Outcome(target: distinguishesTargets ? target : nil, choices: [])
  }

  private mutating func branch(
    _ test: Expression, _ yes: Label, _ no: Label, _ situation: Situation
  ) throws(NotExportable) -> [Outcome: Expression] {
    if let number = test.number {
      return try outcomes(from: number != 0 ? yes : no, situation)
    }
    let left = try outcomes(from: yes, situation.assuming(test, true))
    let right = try outcomes(from: no, situation.assuming(test, false))
    var all: [Outcome: Expression] = [:]
    for outcome in Set(left.keys).union(right.keys) {
      let condition = Expression.choice(
        test, left[outcome] ?? .constant(0), right[outcome] ?? .constant(0))
      if condition.number != 0 { all[outcome] = try checked(condition) }
    }
    return all
  }

  private mutating func choose(
    _ register: RegisterID, _ count: Int, _ next: Label, _ situation: Situation
  ) throws(NotExportable) -> [Outcome: Expression] {
    var all: [Outcome: Expression] = [:]
    for value in 0..<max(0, count) {
      var situation = situation
      situation.registers[register] = .constant(Int64(value))
      for (outcome, condition) in try outcomes(from: next, situation) {
        let isNoted = value != 0 || !outcome.choices.isEmpty
        let choices = isNoted ? [value] + outcome.choices : []
        all[Outcome(target: outcome.target, choices: choices)] = condition
      }
    }
    if all.count > Self.visitLimit { throw Self.tooMuch }
    return all
  }

  /// Adds the runs that fail because `test` is false to one of the outcomes.
  private static func failing(
    unless test: Expression, _ rest: [Outcome: Expression]
  ) -> [Outcome: Expression] {
    let first = rest.keys.min {
      ($0.target?.index ?? 0, $0.choices.count, $0.choices.reduce(0, +))
        < ($1.target?.index ?? 0, $1.choices.count, $1.choices.reduce(0, +))
    }
    guard let first else {
      return [Outcome(target: nil, choices: []): .inverted(test)]
    }
    var all: [Outcome: Expression] = [:]
    for (outcome, condition) in rest {
      all[outcome] =
        outcome == first
        ? .either(.inverted(test), condition) : .both(test, condition)
    }
    return all
  }
}

extension SymbolicRun {
  /// Returns the condition under which a property's code finds something wrong: a false result, if
  /// `falseIsWrong`, or an invalid access.
  mutating func wrong(
    from label: Label, falseIsWrong: Bool, _ situation: Situation = Situation()
  ) throws(NotExportable) -> Expression {
    var situation = try situation.deeper()
    var label = label
    while true {
      try visit()
      let next = Label(Int(label.index) + 1)
      switch system.code[Int(label.index)] {
      case .assign(let place, let value):
        try store(resolve(value, situation), in: place, &situation)
      case .set(let register, let value):
        situation.registers[register] = try resolve(value, situation)
      case .branch(let test, let yes, let no):
        let test = try decide(test, situation)
        if let number = test.number {
          label = number != 0 ? yes : no
          continue
        }
        let left = try wrong(
          from: yes, falseIsWrong: falseIsWrong, situation.assuming(test, true))
        let right = try wrong(
          from: no, falseIsWrong: falseIsWrong, situation.assuming(test, false))
        return try checked(.choice(test, left, right))
      case .jump(let target):
        label = target
        continue
      case .require(let test, _, _):
        let test = try decide(test, situation)
        if test.number == 0 { return .constant(1) }
        if test.number == nil {
          situation.facts.assume(test, true)
          let rest = try wrong(from: next, falseIsWrong: falseIsWrong, situation)
          return try checked(.either(.inverted(test), rest))
        }
      case .result(let value):
        if !falseIsWrong { return .constant(0) }
        return .inverted(try decide(value, situation))
      case .backEdge, .mark, .cover: break
      case .choose, .await, .arrive, .done:
        throw NotExportable("a property waits or chooses")
      }
      label = next
    }
  }

  static let tooMuch = NotExportable(
    "what decides whether a step can be taken is too much for one expression")

  private mutating func visit() throws(NotExportable) {
    visits += 1
    if visits > Self.visitLimit { throw Self.tooMuch }
  }

  func checked(_ expression: Expression) throws(NotExportable) -> Expression {
    if expression.size(limit: sizeLimit) > sizeLimit { throw Self.tooMuch }
    return expression
  }

  /// Returns an expression of the state at the start of the run.
  func resolve(
    _ expression: Expression, _ situation: Situation
  ) throws(NotExportable) -> Expression {
    try checked(try resolved(expression, situation))
  }

  /// Returns a condition on the state at the start of the run, with what is known worked in.
  private func decide(
    _ condition: Expression, _ situation: Situation
  ) throws(NotExportable) -> Expression {
    situation.facts.simplified(try resolve(condition, situation))
  }

  private func resolved(
    _ expression: Expression, _ situation: Situation
  ) throws(NotExportable) -> Expression {
    switch expression {
    case .constant: return expression
    case .register(let register): return situation.registers[register] ?? .constant(0)
    case .read(let place): return try read(place, situation)
    case .unary(let operation, let operand):
      return .applying(operation, try resolved(operand, situation))
    case .binary(.and, let a, let b):
      // What stands to the right may be valid only if the left side is true.
      let left = try resolved(a, situation)
      return left.number == 0 ? left : .both(left, try resolved(b, situation))
    case .binary(.or, let a, let b):
      let left = try resolved(a, situation)
      if let number = left.number, number != 0 { return .constant(1) }
      return .either(left, try resolved(b, situation))
    case .binary(let operation, let a, let b):
      return .applying(operation, try resolved(a, situation), try resolved(b, situation))
    case .conditional(let test, let yes, let no):
      let test = try resolved(test, situation)
      if let number = test.number { return try resolved(number != 0 ? yes : no, situation) }
      return .choice(test, try resolved(yes, situation), try resolved(no, situation))
    }
  }

  private func read(_ place: Place, _ situation: Situation) throws(NotExportable) -> Expression {
    let place = try selected(place, situation)
    if place.isNowhere(in: system) { return .constant(0) }
    let variables = place.variables
    if let fixed = place.fixed.map({ Int($0.index) }) {
      return situation.stores[fixed] ?? system.variables[fixed].constant ?? .read(place)
    }
    if !variables.contains(where: { situation.stores[$0.variable] != nil }) { return .read(place) }
    var value = Expression.read(place)
    for (variable, indexes) in variables {
      guard let stored = situation.stores[variable] else { continue }
      value = .choice(place.condition(selecting: indexes), stored, value)
    }
    return value
  }

  /// Notes that a place now has a value.
  func store(
    _ value: Expression, in place: Place, _ situation: inout Situation
  ) throws(NotExportable) {
    let place = try selected(place, situation)
    if place.isNowhere(in: system) { return }
    if let fixed = place.fixed {
      situation.stores[Int(fixed.index)] = value
      return
    }
    for (variable, indexes) in place.variables {
      let old = situation.stores[variable] ?? .read(Place(VariableID(variable)))
      situation.stores[variable] = try checked(
        .choice(place.condition(selecting: indexes), value, old))
    }
  }

  private func selected(
    _ place: Place, _ situation: Situation
  ) throws(NotExportable) -> Place {
    var terms: [Place.Term] = []
    for term in place.terms {
      let index = try resolved(term.index, situation)
      terms.append(Place.Term(index: index, stride: term.stride, count: term.count))
    }
    return Place(place.base, terms).withConstantsJoined
  }
}

extension Variable {
  /// The variable's value, if it can have but one.
  var constant: Expression? { lower == upper ? .constant(lower) : nil }
}
