internal import Machine

/// What is known to be true or false of the state at the start of a run, from the ways that it has taken.
struct Facts {
  /// Conditions in one of two opposite forms, with their truth.
  private var truths: [Expression: Bool] = [:]

  /// Notes that a condition is true, or that it is false.
  mutating func assume(_ condition: Expression, _ truth: Bool) {
    switch (condition, truth) {
    case (.binary(.and, let a, let b), true), (.binary(.or, let a, let b), false):
      assume(a, truth)
      assume(b, truth)
    default:
      let (form, isOpposite) = Self.canonical(condition)
      if form.number == nil { truths[form] = truth != isOpposite }
    }
  }

  /// Returns the condition with what is known worked in.
  func simplified(_ condition: Expression) -> Expression {
    if truths.isEmpty || condition.number != nil { return condition }
    let (form, isOpposite) = Self.canonical(condition)
    if let truth = truths[form] { return .constant(truth != isOpposite ? 1 : 0) }
    switch condition {
    case .unary(.not, let operand): return .inverted(simplified(operand))
    case .binary(.and, let a, let b): return .both(simplified(a), simplified(b))
    case .binary(.or, let a, let b): return .either(simplified(a), simplified(b))
    case .conditional(let test, let yes, let no):
      return .choice(simplified(test), simplified(yes), simplified(no))
    default: return condition
    }
  }

  /// Returns a condition or its opposite, the same for both, and whether it is the opposite.
  private static func canonical(_ condition: Expression) -> (Expression, Bool) {
    switch condition {
    case .unary(.not, let operand):
      let (form, isOpposite) = canonical(operand)
      return (form, !isOpposite)
    case .binary(.notEqual, let a, let b): return (.binary(.equal, a, b), true)
    case .binary(.lessOrEqual, let a, let b): return (.binary(.less, b, a), true)
    default: return (condition, false)
    }
  }
}
