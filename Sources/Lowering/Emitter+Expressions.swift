internal import Machine
internal import Semantics
internal import SourceText

/// Evaluating expressions: the result is one formula for each leaf of the value's type.
extension Emitter {
  /// The value of an expression, computed from left to right.
  ///
  /// Outside `atomic` each load of a location becomes an operation of its own and the result
  /// stands in temporaries. Where everything is read in one go, and nothing in the expression
  /// changes the state, the result reads the state directly.
  func evaluate(_ expression: TypedExpression) -> [Formula] {
    let saved = readsDirectly
    if isInGroup && !readsDirectly { readsDirectly = !hasEffect(expression) }
    defer { readsDirectly = saved }
    return value(of: expression)
  }

  /// The value of a scalar expression.
  func scalar(_ expression: TypedExpression) -> Formula { evaluate(expression).first ?? .zero }

  private func value(of expression: TypedExpression) -> [Formula] {
    switch expression.kind {
    case .constant(let value): return [.constant(value)]
    case .null: return [.zero]
    case .selfTask: return [selfValue]
    case .load(let place, let once): return load(resolve(place), once: once)
    case .wordField(let word, let field): return wordField(field, of: word)
    case .isCase(let word, let caseIndex):
      return [.equal(value(of: word)[0], .constant(Int64(caseIndex)))]
    case .unary(let op, let operand):
      let inner = value(of: operand)[0]
      return [op == .not ? .not(inner) : negated(inner)]
    case .binary(let op, let left, let right): return [binary(op, left, right)]
    case .conditional(let condition, let yes, let no):
      return conditional(condition, yes, no, type: expression.type)
    case .call(let function, let arguments):
      return call(function, arguments, span: expression.span)
    case .atomicOperation(let operation, let place, let operands):
      return atomicOperation(operation, place, operands, span: expression.span)
    case .collection(let operation, let place, let operands):
      return collection(operation, place, operands, span: expression.span)
    case .setOperation(let operation, let set, let operands):
      return [setOperation(operation, set, operands)]
    case .new(let pool, let fields): return [new(pool, fields, span: expression.span)]
    case .aggregate(let id, let fields): return aggregate(id, tag: nil, fields)
    case .wordCase(let id, let caseIndex, let fields): return aggregate(id, tag: caseIndex, fields)
    case .setLiteral(let members): return [setLiteral(members, type: expression.type)]
    case .elements(let elements): return elementValues(elements, type: expression.type)
    case .quantifier(let quantifier):
      return [self.quantifier(quantifier, span: expression.span)]
    case .holders(let object): return [holders(of: scalar(object), type: object.type)]
    case .isLive(let object): return [isLive(object)]
    case .inInterrupt(let task): return [inInterrupt(value(of: task)[0])]
    case .cpuOf(let task): return [cpu(of: value(of: task)[0])]
    case .taskNamed(let scenario, let task, let index):
      return [taskNamed(scenario, task, index)]
    }
  }

  private func negated(_ value: Formula) -> Formula {
    if let constant = value.constantValue { return .constant(-constant) }
    return .unary(.negate, value)
  }

  private func wordField(_ field: Int, of word: TypedExpression) -> [Formula] {
    guard case .structure(let id) = word.type else { return [.zero] }
    let leaves = value(of: word)
    let type = program.structs[id.index].fields[field].type
    let start = layout.offset(of: field, in: id)
    return Array(leaves[start..<(start + layout.size(of: type))])
  }

  // MARK: - Operators

  private func binary(
    _ op: Semantics.BinaryOperator, _ left: TypedExpression, _ right: TypedExpression
  ) -> Formula {
    switch op {
    case .and: return shortCircuit(left, right, skipsOn: false)
    case .or: return shortCircuit(left, right, skipsOn: true)
    case .implies: return implication(left, right)
    default: break
    }
    var first = value(of: left)
    if hasEffect(right) { first = first.map(snapshot) }
    let second = value(of: right)
    switch op {
    case .equal: return leafwiseEqual(first, second)
    case .notEqual: return .not(leafwiseEqual(first, second))
    default: break
    }
    let (a, b) = (first[0], second[0])
    switch op {
    case .add: return .add(a, b)
    case .subtract: return .subtract(a, b)
    case .multiply: return .make(.multiply, a, b)
    case .divide, .remainder:
      if interval(of: right).contains(0) {
        require(
          .make(.notEqual, b, .zero),
          failure(
            .divisionByZero, span: right.span, text: "\(sourceText(right.span)) is zero"))
      }
      return .make(op == .divide ? .divide : .remainder, a, b)
    case .less: return .make(.less, a, b)
    case .lessOrEqual: return .make(.lessOrEqual, a, b)
    case .greater: return .make(.less, b, a)
    case .greaterOrEqual: return .make(.lessOrEqual, b, a)
    case .union: return .make(.bitOr, a, b)
    case .intersection: return .make(.bitAnd, a, b)
    case .difference: return .make(.bitAndNot, a, b)
    default: return .zero
    }
  }

  private func leafwiseEqual(_ a: [Formula], _ b: [Formula]) -> Formula {
    zip(a, b).reduce(.one) { .and($0, .equal($1.0, $1.1)) }
  }

  /// `&&` and `||`: the right side is evaluated only if the left one leaves it open.
  private func shortCircuit(
    _ left: TypedExpression, _ right: TypedExpression, skipsOn skip: Bool
  ) -> Formula {
    let first = value(of: left)[0]
    if let constant = first.constantValue {
      return (constant != 0) == skip ? first : value(of: right)[0]
    }
    if let second = withoutCode({ value(of: right)[0] }) {
      return skip ? .or(first, second) : .and(first, second)
    }
    let result = makeTemporary(0...1, .boolean)
    graph.temporaries[Int(result.index)].isSingle = false
    let evaluateRight = { self.set(result, self.value(of: right)[0]) }
    let keepLeft = { self.set(result, .truth(skip)) }
    if skip {
      branch(first, keepLeft, otherwise: evaluateRight)
    } else {
      branch(first, evaluateRight, otherwise: keepLeft)
    }
    return .register(result)
  }

  private func implication(_ left: TypedExpression, _ right: TypedExpression) -> Formula {
    let negation = TypedExpression(.unary(.not, left), type: .bool, span: left.span)
    return shortCircuit(negation, right, skipsOn: true)
  }

  private func conditional(
    _ condition: TypedExpression, _ yes: TypedExpression, _ no: TypedExpression, type: Type
  ) -> [Formula] {
    let test = value(of: condition)[0]
    if let constant = test.constantValue { return value(of: constant != 0 ? yes : no) }
    if let both = withoutCode({ (self.value(of: yes), self.value(of: no)) }) {
      return zip(both.0, both.1).map { .choice(test, $0, $1) }
    }
    let result = makeTemporaries(for: type)
    for id in result { graph.temporaries[Int(id.index)].isSingle = false }
    let assign = { (expression: TypedExpression) in
      for (id, leaf) in zip(result, self.value(of: expression)) { self.set(id, leaf) }
    }
    branch(test, { assign(yes) }, otherwise: { assign(no) })
    return result.map { .register($0) }
  }

  /// Runs `body` and returns its result if it wrote no code; otherwise takes the code back.
  func withoutCode<Result>(_ body: () -> Result) -> Result? {
    let (count, ends, started, groups) = (
      graph.nodes.count, open, hasStarted, graph.groups.count
    )
    let result = body()
    if graph.nodes.count == count { return result }
    graph.nodes.removeSubrange(count...)
    graph.groups.removeSubrange(groups...)
    (open, hasStarted) = (ends, started)
    return nil
  }

  /// A copy of the value that later changes do not reach.
  func snapshot(_ value: Formula) -> Formula {
    if isStable(value) { return value }
    let id = makeTemporary(range(of: value), format(of: value))
    set(id, value)
    return .register(id)
  }

  /// How a value is shown, as far as can be told from where it comes from.
  func format(of value: Formula) -> ValueFormat {
    switch value {
    case .register(let id): graph.temporaries[Int(id.index)].format
    case .read(let cell): build.storage.variables[Int(cell.base.index)].format
    default: .number
    }
  }

  private func range(of value: Formula) -> ClosedRange<Int64> {
    switch value {
    case .constant(let constant): constant...constant
    case .register(let id): graph.temporaries[Int(id.index)].range
    case .read(let cell):
      build.storage.variables[Int(cell.base.index)]
        .lower...build.storage.variables[Int(cell.base.index)].upper
    default: Formula.range(of: value) { self.range(of: $0) }
    }
  }

  // MARK: - Aggregates

  private func aggregate(_ id: StructID, tag: Int?, _ fields: [FieldValue]) -> [Formula] {
    var leaves: [Formula] = layout.leaves(of: .structure(id)).map { .constant($0.initial) }
    if let tag { leaves[0] = .constant(Int64(tag)) }
    for field in fields {
      let type = program.structs[id.index].fields[field.field].type
      let start = layout.offset(of: field.field, in: id)
      let values = converted(field.value, to: type)
      leaves.replaceSubrange(start..<(start + values.count), with: values)
    }
    return leaves
  }

  private func setLiteral(_ members: [TypedExpression], type: Type) -> Formula {
    guard case .set(let element) = type else { return .zero }
    return members.reduce(.zero) { mask, member in
      .make(.bitOr, mask, .bit(memberIndex(scalar(member), element, span: member.span)))
    }
  }

  private func elementValues(_ elements: [TypedExpression], type: Type) -> [Formula] {
    switch type {
    case .array(let element, _): return elements.flatMap { converted($0, to: element) }
    case .list(let element, _):
      let given = elements.flatMap { converted($0, to: element) }
      let rest = layout.leaves(of: type).dropFirst(1 + given.count).map {
        Formula.constant($0.initial)
      }
      return [.constant(Int64(elements.count))] + given + rest
    default: return []
    }
  }

  /// The bit of a member in a set: references and tasks count from one, and nil is no member.
  func memberIndex(_ value: Formula, _ element: Type, span: SourceSpan) -> Formula {
    let base = layout.memberBase(of: element)
    guard base == 1 else { return value }
    require(
      .make(.notEqual, value, .zero),
      failure(.nilDereference, span: span, text: "\(sourceText(span)) is nil"))
    return .subtract(value, .one)
  }

  /// The value of an expression that is stored into something of the given type, with the tests
  /// that the type asks for.
  func converted(_ expression: TypedExpression, to type: Type) -> [Formula] {
    let values = evaluate(expression)
    check(values, of: expression, fit: type)
    return values
  }

  /// Tests that a value fits a type: numbers lie in its range, references are not nil.
  func check(
    _ values: [Formula], of expression: TypedExpression, fit type: Type, place: String? = nil
  ) {
    let name = place ?? sourceText(expression.span)
    switch type {
    case .integer(let range):
      require(
        .lies(values[0], in: range, known: interval(of: expression)),
        failure(
          .outOfRange, span: expression.span,
          text: [
            .literal("\(name) would become "), .failureValue(.number),
            .literal(", outside \(range.lowerBound)..\(range.upperBound)"),
          ]), value: values[0])
    case .reference(_, false, _), .task(false):
      guard isOptional(expression.type), values[0].constantValue ?? 0 == 0 else { return }
      require(
        .make(.notEqual, values[0], .zero),
        failure(.nilDereference, span: expression.span, text: "\(name) would become nil"))
    default: break
    }
  }

  private func isOptional(_ type: Type) -> Bool {
    switch type {
    case .reference(_, let optional, _), .task(let optional): optional
    case .null: true
    default: false
    }
  }

  /// The numbers that a scalar expression can have.
  func interval(of expression: TypedExpression) -> ClosedRange<Int64> {
    if case .integer(let range) = expression.type { return range }
    return layout.range(of: expression.type)
  }

  // MARK: - Tasks and CPUs

  private func inInterrupt(_ task: Formula) -> Formula {
    let handlers = build.composition.processes.indices.filter {
      build.composition.processes[$0].declaration.isInterrupt
    }
    return handlers.reduce(.zero) { .or($0, .equal(task, .constant(Int64($1) + 1))) }
  }

  private func cpu(of task: Formula) -> Formula {
    if let index = task.constantValue, index > 0 {
      return build.cpu(of: ProcessID(Int(index) - 1))
    }
    return build.composition.processes.indices.reduce(.zero) { result, index in
      .choice(
        .equal(task, .constant(Int64(index) + 1)), build.cpu(of: ProcessID(index)), result)
    }
  }

  private func taskNamed(_ scenario: Int, _ task: Int, _ index: TypedExpression?) -> Formula {
    let range = build.composition.processes(of: task, scenario: scenario, component: component)
    guard let index else { return .constant(Int64(range.lowerBound) + 1) }
    let number = scalar(index)
    require(
      .lies(number, in: 0...Int64(range.count - 1), known: interval(of: index)),
      failure(.outOfRange, span: index.span, text: "there is no such task"))
    return .add(number, .constant(Int64(range.lowerBound) + 1))
  }

  // MARK: - Effects

  /// Whether evaluating the expression can change anything.
  func hasEffect(_ expression: TypedExpression) -> Bool {
    switch expression.kind {
    case .call, .atomicOperation, .new: true
    case .collection(let operation, _, let operands):
      ![.contains, .count, .first, .last, .isEmpty].contains(operation)
        || operands.contains(where: hasEffect)
    case .unary(_, let a), .wordField(let a, _), .isCase(let a, _), .holders(let a), .isLive(let a),
      .inInterrupt(let a), .cpuOf(let a):
      hasEffect(a)
    case .binary(_, let a, let b): hasEffect(a) || hasEffect(b)
    case .conditional(let a, let b, let c): hasEffect(a) || hasEffect(b) || hasEffect(c)
    case .setOperation(_, let a, let operands): hasEffect(a) || operands.contains(where: hasEffect)
    case .aggregate(_, let fields), .wordCase(_, _, let fields):
      fields.contains { hasEffect($0.value) }
    case .setLiteral(let all), .elements(let all): all.contains(where: hasEffect)
    case .quantifier(let quantifier):
      quantifier.filter.map(hasEffect) ?? false || quantifier.body.map(hasEffect) ?? false
    case .load(let place, _): hasEffect(place)
    case .constant, .null, .selfTask, .taskNamed: false
    }
  }

  private func hasEffect(_ place: TypedPlace) -> Bool {
    switch place.kind {
    case .local, .alias, .variable, .scenarioLocal: false
    case .taskVariable(_, let e), .object(let e, _, _), .cpuPinned(let e), .cpuInterruptsOff(let e):
      hasEffect(e)
    case .field(let base, _): hasEffect(base)
    case .element(let base, let index): hasEffect(base) || hasEffect(index)
    }
  }
}

extension Machine.Expression {
  /// The interval of a value, from those of what it is computed of.
  static func range(
    of formula: Formula, _ operand: (Formula) -> ClosedRange<Int64>
  ) -> ClosedRange<Int64> {
    switch formula {
    case .unary(.not, _): return 0...1
    case .binary(let op, let left, let right):
      let (a, b) = (operand(left), operand(right))
      switch op {
      case .add: return (a.lowerBound &+ b.lowerBound)...(a.upperBound &+ b.upperBound)
      case .subtract: return (a.lowerBound &- b.upperBound)...(a.upperBound &- b.lowerBound)
      case .bitOr, .bitAnd, .bitAndNot:
        let top = max(a.upperBound, b.upperBound)
        return 0...Int64((UInt64(1) << UInt64(64 - top.leadingZeroBitCount)) - 1)
      case .multiply:
        let corners = [a.lowerBound, a.upperBound].flatMap { x in
          [b.lowerBound, b.upperBound].map { x &* $0 }
        }
        return (corners.min() ?? 0)...(corners.max() ?? 0)
      case .divide, .remainder:
        let top = max(abs(a.lowerBound), abs(a.upperBound))
        return -top...top
      case .equal, .notEqual, .less, .lessOrEqual, .and, .or: return 0...1
      }
    case .unary(.negate, let inner):
      let a = operand(inner)
      return -a.upperBound ... -a.lowerBound
    case .unary(.bit, _): return 0...Int64.max
    case .unary: return 0...64
    case .conditional(_, let left, let right):
      let (a, b) = (operand(left), operand(right))
      return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
    case .constant(let value): return value...value
    case .read, .register: return operand(formula)
    }
  }
}
