/// Computing constant expressions.
extension Analyzer {
  /// The value of a number, boolean or enum case that is constant; nil for everything else.
  func fold(_ expression: Expression) -> Int64? {
    switch expression.kind {
    case .constant(let value): return value
    case .unary(.not, let operand): return fold(operand).map { 1 - $0 }
    case .unary(.negate, let operand):
      return fold(operand).flatMap { value in value == .min ? nil : -value }
    case .binary(.and, let left, let right):
      guard let a = fold(left) else { return nil }
      return a == 0 ? 0 : fold(right)
    case .binary(.or, let left, let right):
      guard let a = fold(left) else { return nil }
      return a == 1 ? 1 : fold(right)
    case .binary(let op, let left, let right):
      guard let a = fold(left), let b = fold(right) else { return nil }
      return compute(op, a, b)
    case .conditional(let condition, let yes, let no):
      return fold(condition).flatMap { $0 == 1 ? fold(yes) : fold(no) }
    default: return nil
    }
  }

  private func compute(_ op: BinaryOperator, _ a: Int64, _ b: Int64) -> Int64? {
    func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Int64? {
      result.overflow ? nil : result.partialValue
    }
    switch op {
    case .add: return checked(a.addingReportingOverflow(b))
    case .subtract: return checked(a.subtractingReportingOverflow(b))
    case .multiply: return checked(a.multipliedReportingOverflow(by: b))
    case .divide: return b == 0 ? nil : checked(a.dividedReportingOverflow(by: b))
    case .remainder: return b == 0 ? nil : checked(a.remainderReportingOverflow(dividingBy: b))
    case .equal: return a == b ? 1 : 0
    case .notEqual: return a != b ? 1 : 0
    case .less: return a < b ? 1 : 0
    case .lessOrEqual: return a <= b ? 1 : 0
    case .greater: return a > b ? 1 : 0
    case .greaterOrEqual: return a >= b ? 1 : 0
    case .implies: return a == 0 || b == 1 ? 1 : 0
    case .and, .or, .union, .intersection, .difference: return nil
    }
  }

  /// The expression with all numbers computed, or nil if it is not constant.
  func folded(_ expression: Expression) -> Expression? {
    var result = expression
    switch expression.kind {
    case .null: return expression
    case .setLiteral(let members):
      guard let all = foldedAll(members) else { return nil }
      result.kind = .setLiteral(all)
    case .elements(let elements):
      guard let all = foldedAll(elements) else { return nil }
      result.kind = .elements(all)
    case .aggregate(let id, let fields):
      guard let all = foldedFields(fields) else { return nil }
      result.kind = .aggregate(id, all)
    case .wordCase(let id, let index, let fields):
      guard let all = foldedFields(fields) else { return nil }
      result.kind = .wordCase(id, caseIndex: index, all)
    default:
      guard let value = fold(expression) else { return nil }
      result.kind = .constant(value)
    }
    return result
  }

  private func foldedAll(_ expressions: [Expression]) -> [Expression]? {
    let all = expressions.compactMap(folded)
    return all.count == expressions.count ? all : nil
  }

  private func foldedFields(_ fields: [FieldValue]) -> [FieldValue]? {
    let all = fields.compactMap { field in
      folded(field.value).map { FieldValue(field: field.field, value: $0) }
    }
    return all.count == fields.count ? all : nil
  }
}
