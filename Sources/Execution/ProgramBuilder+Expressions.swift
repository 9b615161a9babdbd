internal import Machine

extension ProgramBuilder {
  /// Compiles `expression` and returns the register that holds its value.
  ///
  /// With `target` the value is written there, and only by the last operation, so that the
  /// expression may read the register it is written to. Without, constants and temporaries are used
  /// where they are.
  @discardableResult
  mutating func value(_ expression: Expression, into target: Int32? = nil) -> Int32 {
    switch expression {
    case .constant(let number):
      return move(constant(number), into: target)
    case .register(let register):
      return move(Int32(register.index), into: target)
    case .read(let place):
      return load(place, into: target)
    case .unary(let unary, let operand):
      let a = value(operand)
      let c = target ?? newScratch()
      emit(Operation(unary.opcode, a: a, c: c))
      return c
    case .binary(let binary, let left, let right):
      return self.binary(binary, left, right, whole: expression, into: target)
    case .conditional(let test, let whenTrue, let whenFalse):
      let c = target ?? newScratch()
      let yes = newTarget()
      let no = newTarget()
      let end = newTarget()
      condition(test, yes, no)
      bind(yes)
      value(whenTrue, into: c)
      emit(Operation(.jump, a: end))
      bind(no)
      value(whenFalse, into: c)
      bind(end)
      return c
    }
  }

  private mutating func binary(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression, whole: Expression,
    into target: Int32?
  ) -> Int32 {
    if binary == .equal, let (variable, number) = comparison(left, right),
      variable.lower <= number && number <= variable.upper
    {
      let c = target ?? newScratch()
      var operation = Operation(.fieldEqual, c: c)
      operation.place(variable, holding: number)
      emit(operation)
      return c
    }
    if (binary == .and || binary == .or) && !(left.isCheap && right.isCheap) {
      return value(.conditional(whole, .constant(1), .constant(0)), into: target)
    }
    let a = value(left)
    let b = value(right)
    let c = target ?? newScratch()
    emit(Operation(binary.opcode, a: a, b: b, c: c))
    return c
  }

  private mutating func move(_ register: Int32, into target: Int32?) -> Int32 {
    guard let target, target != register else { return register }
    emit(Operation(.move, a: register, c: target))
    return target
  }

  private mutating func load(_ place: Place, into target: Int32?) -> Int32 {
    let address = self.address(of: place)
    guard let index = address.index else {
      let variable = system.variables[Int(address.base)]
      if variable.width == 0 { return move(constant(variable.lower), into: target) }
      let c = target ?? newScratch()
      var operation = Operation(.load, c: c, d: variable.lower)
      operation.place(variable)
      emit(operation)
      return c
    }
    let c = target ?? newScratch()
    emit(Operation(.loadIndexed, a: index, b: address.stride, c: c, d: address.base))
    return c
  }

  /// Compiles a store.
  mutating func assign(_ place: Place, _ expression: Expression) {
    let address = self.address(of: place)
    if let index = address.index {
      let c = value(expression)
      emit(Operation(.storeIndexed, a: index, b: address.stride, c: c, d: address.base))
      return
    }
    let variable = system.variables[Int(address.base)]
    if variable.width == 0 { return }
    if case .constant(let number) = expression {
      var operation = Operation(.storeConstant)
      operation.place(variable, holding: number)
      emit(operation)
      return
    }
    let a = value(expression)
    var operation = Operation(.store, a: a, d: variable.lower)
    operation.place(variable)
    emit(operation)
  }

  /// Compiles the indexes of a place, which is the variable `base + r[index]·stride`, or `base`.
  private mutating func address(
    of place: Place
  ) -> (base: Int64, index: Int32?, stride: Int32) {
    var base = Int64(place.base.index)
    var computed: [(index: Expression, stride: Int)] = []
    for term in place.terms {
      let (index, offset) = term.index.splitOffset
      base += offset * Int64(term.stride)
      if let index { computed.append((index, term.stride)) }
    }
    guard let first = computed.first else { return (base, nil, 0) }
    let index = value(first.index)
    if computed.count == 1 { return (base, index, Int32(first.stride)) }
    var sum = newScratch()
    emit(Operation(.scale, a: index, c: sum, d: Int64(first.stride)))
    for term in computed.dropFirst() {
      let index = value(term.index)
      let next = newScratch()
      emit(Operation(.multiplyAdd, a: index, b: sum, c: next, d: Int64(term.stride)))
      sum = next
    }
    return (base, sum, 1)
  }

  /// Compiles a test that goes on at one of two targets.
  mutating func condition(_ test: Expression, _ whenTrue: Target, _ whenFalse: Target) {
    switch test {
    case .constant(let number):
      emit(Operation(.jump, a: number != 0 ? whenTrue : whenFalse))
    case .unary(.not, let operand):
      condition(operand, whenFalse, whenTrue)
    case .binary(.and, let left, let right):
      let second = newTarget()
      condition(left, second, whenFalse)
      bind(second)
      condition(right, whenTrue, whenFalse)
    case .binary(.or, let left, let right):
      let second = newTarget()
      condition(left, whenTrue, second)
      bind(second)
      condition(right, whenTrue, whenFalse)
    case .binary(.equal, let left, let right):
      equal(left, right, whenTrue, whenFalse)
    case .binary(.notEqual, let left, let right):
      equal(left, right, whenFalse, whenTrue)
    case .binary(.less, let left, let right):
      compare(.branchLess, left, right, whenTrue, whenFalse)
    case .binary(.lessOrEqual, let left, let right):
      compare(.branchLessOrEqual, left, right, whenTrue, whenFalse)
    case .read:
      // Not zero.
      equal(test, .constant(0), whenFalse, whenTrue)
    default:
      let c = value(test)
      emit(Operation(.branch, a: whenTrue, b: whenFalse, c: c))
    }
  }

  private mutating func compare(
    _ code: Opcode, _ left: Expression, _ right: Expression, _ whenTrue: Target,
    _ whenFalse: Target
  ) {
    let c = value(left)
    let d = value(right)
    emit(Operation(code, a: whenTrue, b: whenFalse, c: c, d: Int64(d)))
  }

  private mutating func equal(
    _ left: Expression, _ right: Expression, _ whenTrue: Target, _ whenFalse: Target
  ) {
    guard let (variable, number) = comparison(left, right) else {
      return compare(.branchEqual, left, right, whenTrue, whenFalse)
    }
    if number < variable.lower || number > variable.upper {
      return emit(Operation(.jump, a: whenFalse))
    }
    if variable.width == 0 { return emit(Operation(.jump, a: whenTrue)) }
    var operation = Operation(.branchField, a: whenTrue, b: whenFalse)
    operation.place(variable, holding: number)
    emit(operation)
  }

  /// Returns the variable and the number if a fixed variable is compared with a constant.
  private func comparison(
    _ left: Expression, _ right: Expression
  ) -> (variable: Variable, number: Int64)? {
    switch (left, right) {
    case (.read(let place), .constant(let number)), (.constant(let number), .read(let place)):
      place.fixed.map { (system[$0], number) }
    default:
      nil
    }
  }
}

extension Expression {
  /// The expression without a constant that is added to it, and that constant.
  fileprivate var splitOffset: (index: Expression?, offset: Int64) {
    switch self {
    case .constant(let number): (nil, number)
    case .binary(.add, let rest, .constant(let number)): (rest, number)
    case .binary(.add, .constant(let number), let rest): (rest, number)
    case .binary(.subtract, let rest, .constant(let number)): (rest, -number)
    default: (self, 0)
    }
  }

  /// Whether evaluating both operands of a logical operator costs less than a branch.
  fileprivate var isCheap: Bool {
    switch self {
    case .constant, .register: true
    case .read(let place): place.fixed != nil
    case .binary(.equal, .read(let place), .constant): place.fixed != nil
    default: false
    }
  }
}

extension UnaryOperator {
  fileprivate var opcode: Opcode {
    switch self {
    case .not: .not
    case .negate: .negate
    case .bit: .bit
    case .populationCount: .populationCount
    case .lowestBit: .lowestBit
    }
  }
}

extension BinaryOperator {
  fileprivate var opcode: Opcode {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .and: .and
    case .or: .or
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitAndNot: .bitAndNot
    }
  }
}
