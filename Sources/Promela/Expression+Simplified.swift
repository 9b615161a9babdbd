internal import Machine

/// Building expressions with what is known worked in.
extension Expression {
  /// The number that the expression is, if it is one.
  var number: Int64? {
    if case .constant(let number) = self { return number }
    return nil
  }

  /// Returns the negation of a condition.
  static func inverted(_ condition: Expression) -> Expression {
    switch condition {
    case .constant(let number): .constant(number == 0 ? 1 : 0)
    case .unary(.not, let operand) where operand.isCondition: operand
    case .binary(.equal, let a, let b): .binary(.notEqual, a, b)
    case .binary(.notEqual, let a, let b): .binary(.equal, a, b)
    case .binary(.less, let a, let b): .binary(.lessOrEqual, b, a)
    case .binary(.lessOrEqual, let a, let b): .binary(.less, b, a)
    default: .unary(.not, condition)
    }
  }

  /// Returns the conjunction of two conditions.
  static func both(_ a: Expression, _ b: Expression) -> Expression {
    switch (a.number, b.number) {
    case (0?, _), (_, 0?): .constant(0)
    case (.some, .some): .constant(1)
    case (.some, nil): b
    case (nil, .some): a
    case (nil, nil): .binary(.and, a, b)
    }
  }

  /// Returns the disjunction of two conditions.
  static func either(_ a: Expression, _ b: Expression) -> Expression {
    switch (a.number, b.number) {
    case (0?, 0?): .constant(0)
    case (0?, _): b
    case (_, 0?): a
    case (.some, _), (_, .some): .constant(1)
    case (nil, nil): .binary(.or, a, b)
    }
  }

  /// Returns one of two values, whichever the condition selects.
  static func choice(
    _ condition: Expression, _ yes: Expression, _ no: Expression
  ) -> Expression {
    if let number = condition.number { return number != 0 ? yes : no }
    if yes == no { return yes }
    if yes.isCondition && no.isCondition {
      if no.number == 0 { return both(condition, yes) }
      if yes.number == 0 { return both(inverted(condition), no) }
      if no.number == 1 { return either(inverted(condition), yes) }
      if yes.number == 1 { return either(condition, no) }
    }
    return .conditional(condition, yes, no)
  }

  /// Returns an operator applied to an operand.
  static func applying(_ operation: UnaryOperator, _ operand: Expression) -> Expression {
    if operation == .not { return inverted(operand) }
    guard let number = operand.number else { return .unary(operation, operand) }
    return .constant(operation(number))
  }

  /// Returns an operator applied to two operands.
  static func applying(
    _ operation: BinaryOperator, _ a: Expression, _ b: Expression
  ) -> Expression {
    switch operation {
    case .and: return both(a, b)
    case .or: return either(a, b)
    default: break
    }
    guard let x = a.number, let y = b.number else {
      if operation == .add, b.number == 0 { return a }
      return .binary(operation, a, b)
    }
    return .constant(operation(x, y))
  }

  /// Whether the value is 0 or 1 whatever the state.
  var isCondition: Bool {
    switch self {
    case .constant(let number): return number == 0 || number == 1
    case .unary(.not, _): return true
    case .binary(let operation, _, _):
      switch operation {
      case .equal, .notEqual, .less, .lessOrEqual, .and, .or: return true
      default: return false
      }
    case .conditional(_, let yes, let no): return yes.isCondition && no.isCondition
    default: return false
    }
  }

  /// Returns the number of operators and operands, or something greater than `limit` if it is greater.
  ///
  /// - Complexity: O(`limit`).
  func size(limit: Int) -> Int {
    if limit <= 0 { return 1 }
    switch self {
    case .constant, .register: return 1
    case .read(let place):
      return place.terms.reduce(1) { sum, term in sum + term.index.size(limit: limit - sum) }
    case .unary(_, let operand): return 1 + operand.size(limit: limit - 1)
    case .binary(_, let a, let b):
      let first = 1 + a.size(limit: limit - 1)
      return first > limit ? first : first + b.size(limit: limit - first)
    case .conditional(let test, let yes, let no):
      var sum = 1
      for part in [test, yes, no] where sum <= limit { sum += part.size(limit: limit - sum) }
      return sum
    }
  }
}
