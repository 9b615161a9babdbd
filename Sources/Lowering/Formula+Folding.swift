internal import Machine

/// Constructors that compute what is constant already, so that code under a switched-off bug, or
/// for a fixed object, leaves nothing behind.
extension Machine.Expression {
  static let zero = Formula.constant(0)
  static let one = Formula.constant(1)

  /// The value if it is a constant.
  var constantValue: Int64? {
    if case .constant(let value) = self { return value }
    return nil
  }

  static func truth(_ value: Bool) -> Formula { value ? .one : .zero }

  static func not(_ operand: Formula) -> Formula {
    switch operand {
    case .constant(let value): .truth(value == 0)
    case .unary(.not, .unary(.not, let inner)): .not(inner)
    case .unary(.not, let inner) where inner.isTruth: inner
    case .binary(.equal, let a, let b): .binary(.notEqual, a, b)
    case .binary(.notEqual, let a, let b): .binary(.equal, a, b)
    case .binary(.less, let a, let b): .binary(.lessOrEqual, b, a)
    case .binary(.lessOrEqual, let a, let b): .binary(.less, b, a)
    default: .unary(.not, operand)
    }
  }

  /// Whether the value is certainly 0 or 1 because of how it is computed.
  private var isTruth: Bool {
    switch self {
    case .constant(let value): value == 0 || value == 1
    case .unary(.not, _): true
    case .binary(let op, _, _):
      [.equal, .notEqual, .less, .lessOrEqual, .and, .or].contains(op)
    default: false
    }
  }

  static func make(_ op: Machine.BinaryOperator, _ a: Formula, _ b: Formula) -> Formula {
    if let x = a.constantValue, let y = b.constantValue, let value = fold(op, x, y) {
      return .constant(value)
    }
    switch (op, a.constantValue, b.constantValue) {
    case (.and, 0, _), (.and, _, 0): return .zero
    case (.and, 1, _): return b
    case (.and, _, 1): return a
    case (.or, 1, _), (.or, _, 1): return .one
    case (.or, 0, _): return b
    case (.or, _, 0): return a
    case (.add, 0, _), (.bitOr, 0, _): return b
    case (.add, _, 0), (.subtract, _, 0), (.bitOr, _, 0), (.bitAndNot, _, 0),
      (.multiply, _, 1):
      return a
    case (.multiply, 1, _): return b
    default: break
    }
    // (x + c) + d, as offsets of references and indexes produce it.
    if op == .add || op == .subtract, let d = b.constantValue,
      case .binary(let inner, let x, .constant(let c)) = a, inner == .add || inner == .subtract
    {
      let sum = (inner == .add ? c : -c) + (op == .add ? d : -d)
      return .make(.add, x, .constant(sum))
    }
    if op == .equal && a == b { return .one }
    return .binary(op, a, b)
  }

  private static func fold(_ op: Machine.BinaryOperator, _ x: Int64, _ y: Int64) -> Int64? {
    switch op {
    case .add: checked(x.addingReportingOverflow(y))
    case .subtract: checked(x.subtractingReportingOverflow(y))
    case .multiply: checked(x.multipliedReportingOverflow(by: y))
    case .divide: y == 0 ? nil : checked(x.dividedReportingOverflow(by: y))
    case .remainder: y == 0 ? nil : checked(x.remainderReportingOverflow(dividingBy: y))
    case .equal: x == y ? 1 : 0
    case .notEqual: x != y ? 1 : 0
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .and: x != 0 && y != 0 ? 1 : 0
    case .or: x != 0 || y != 0 ? 1 : 0
    case .bitAnd: x & y
    case .bitOr: x | y
    case .bitAndNot: x & ~y
    }
  }

  private static func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Int64? {
    result.overflow ? nil : result.partialValue
  }

  static func equal(_ a: Formula, _ b: Formula) -> Formula { make(.equal, a, b) }
  static func and(_ a: Formula, _ b: Formula) -> Formula { make(.and, a, b) }
  static func or(_ a: Formula, _ b: Formula) -> Formula { make(.or, a, b) }
  static func add(_ a: Formula, _ b: Formula) -> Formula { make(.add, a, b) }
  static func subtract(_ a: Formula, _ b: Formula) -> Formula { make(.subtract, a, b) }

  static func choice(_ condition: Formula, _ a: Formula, _ b: Formula) -> Formula {
    if let value = condition.constantValue { return value != 0 ? a : b }
    return a == b ? a : .conditional(condition, a, b)
  }

  /// 1 shifted left by `index`.
  static func bit(_ index: Formula) -> Formula {
    if let value = index.constantValue, (0..<63).contains(value) { return .constant(1 << value) }
    return .unary(.bit, index)
  }

  /// Whether the set `mask` has the member `index`.
  static func hasBit(_ mask: Formula, _ index: Formula) -> Formula {
    make(.notEqual, make(.bitAnd, mask, bit(index)), .zero)
  }

  /// Whether `value` lies in `range`; tests only the ends that `known` leaves open.
  static func lies(_ value: Formula, in range: ClosedRange<Int64>, known: ClosedRange<Int64>)
    -> Formula
  {
    let low: Formula =
      known.lowerBound >= range.lowerBound
      ? .one : make(.lessOrEqual, .constant(range.lowerBound), value)
    let high: Formula =
      known.upperBound <= range.upperBound
      ? .one : make(.lessOrEqual, value, .constant(range.upperBound))
    return and(low, high)
  }

  /// Replaces every read place and register by what `place` and `register` make of them.
  func rewritten(
    register: (RegisterID) -> Formula
  ) -> Formula {
    changed(register) ?? self
  }

  /// Returns the formula with other registers, or nil if it has none and can stay as it is.
  private func changed(_ register: (RegisterID) -> Formula) -> Formula? {
    switch self {
    case .constant: return nil
    case .register(let id): return register(id)
    case .read(let cell):
      return cell.terms.isEmpty ? nil : .read(cell.rewritten(register: register))
    case .unary(let op, let a): return a.changed(register).map { .unary(op, $0) }
    case .binary(let op, let a, let b):
      let (x, y) = (a.changed(register), b.changed(register))
      return x == nil && y == nil ? nil : .binary(op, x ?? a, y ?? b)
    case .conditional(let c, let a, let b):
      let (x, y, z) = (c.changed(register), a.changed(register), b.changed(register))
      return x == nil && y == nil && z == nil ? nil : .conditional(x ?? c, y ?? a, z ?? b)
    }
  }

  /// Whether the value depends on nothing but constants and registers.
  var readsNoState: Bool {
    switch self {
    case .constant, .register: true
    case .read: false
    case .unary(_, let a): a.readsNoState
    case .binary(_, let a, let b): a.readsNoState && b.readsNoState
    case .conditional(let c, let a, let b): c.readsNoState && a.readsNoState && b.readsNoState
    }
  }
}

extension Machine.Place {
  func rewritten(register: (RegisterID) -> Formula) -> Cell {
    var base = Int(base.index)
    var remaining: [Term] = []
    for term in terms {
      let index = term.index.rewritten(register: register)
      if let value = index.constantValue {
        base += Int(value) * term.stride
      } else {
        remaining.append(Term(index: index, stride: term.stride, count: term.count))
      }
    }
    return Cell(VariableID(base), remaining)
  }

  /// This place moved on by a fixed number of variables.
  func advanced(by offset: Int) -> Cell { Cell(VariableID(Int(base.index) + offset), terms) }

  /// This place with one more index.
  func indexed(_ index: Formula, stride: Int, count: Int) -> Cell {
    if let value = index.constantValue { return advanced(by: Int(value) * stride) }
    return Cell(base, terms + [Term(index: index, stride: stride, count: count)])
  }
}
