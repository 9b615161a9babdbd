/// What the operators do to numbers.
///
/// The evaluator and compiled code have their own ways to the same results, and are compared with this one.
extension UnaryOperator {
  /// Returns what the operator makes of a number.
  package func callAsFunction(_ operand: Int64) -> Int64 {
    switch self {
    case .not: operand == 0 ? 1 : 0
    case .negate: 0 &- operand
    case .bit: 1 << operand
    case .populationCount: Int64(operand.nonzeroBitCount)
    case .lowestBit: Int64(operand.trailingZeroBitCount)
    }
  }
}

extension BinaryOperator {
  /// Returns what the operator makes of two numbers; sums and products wrap.
  package func callAsFunction(_ left: Int64, _ right: Int64) -> Int64 {
    switch self {
    case .add: left &+ right
    case .subtract: left &- right
    case .multiply: left &* right
    case .divide: left.dividedReportingOverflow(by: right).partialValue
    case .remainder: left.remainderReportingOverflow(dividingBy: right).partialValue
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .and, .bitAnd: left & right
    case .or, .bitOr: left | right
    case .bitAndNot: left & ~right
    }
  }
}

extension Expression {
  /// Calls `body` with each operand; those of a read are the indexes of its place.
  package func forEachOperand(_ body: (Expression) -> Void) {
    switch self {
    case .constant, .register: break
    case .read(let place): for term in place.terms { body(term.index) }
    case .unary(_, let operand): body(operand)
    case .binary(_, let left, let right):
      body(left)
      body(right)
    case .conditional(let test, let yes, let no):
      body(test)
      body(yes)
      body(no)
    }
  }

  /// Calls `body` with every temporary that occurs, as often as it does.
  package func forEachRegister(_ body: (RegisterID) -> Void) {
    if case .register(let register) = self { body(register) }
    forEachOperand { $0.forEachRegister(body) }
  }
}
