internal import SourceText
internal import Syntax

/// Operators: arithmetic on intervals, comparisons, logic, sets.
extension CodeChecker {
  func unary(_ op: UnaryOperatorSyntax, _ syntax: ExpressionSyntax, span: SourceSpan)
    -> Expression
  {
    let operand = expression(syntax, expected: op == .not ? .bool : nil)
    if operand.type.isError { return failure(span) }
    switch op {
    case .not:
      guard operand.type == .bool else {
        report(
          .operatorType("!", needs: "a boolean", found: describe(operand.type), at: operand.span))
        return failure(span)
      }
      return Expression(.unary(.not, operand), type: .bool, span: span)
    case .negate:
      guard let interval = number(operand, "-") else { return failure(span) }
      guard let result = IntervalArithmetic.negate(interval) else {
        report(.numberTooLarge(at: span))
        return failure(span)
      }
      if case .constant(let value) = operand.kind {
        return Expression(.constant(-value), type: .integer(result), span: span)
      }
      return Expression(.unary(.negate, operand), type: .integer(result), span: span)
    }
  }

  func binary(
    _ op: BinaryOperatorSyntax, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    at opSpan: SourceSpan, span: SourceSpan, expected: Type?
  ) -> Expression {
    switch op {
    case .and, .or, .implies: return logic(op, left, right, span: span)
    case .contains: return contains(left, right, span: span)
    case .equal, .notEqual: return equality(op, left, right, at: opSpan, span: span)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let (a, b) = (expression(left), expression(right))
      guard number(a, op.rawValue) != nil, number(b, op.rawValue) != nil else {
        return Expression(.constant(0), type: .error, span: span)
      }
      return Expression(.binary(comparison(op), a, b), type: .bool, span: span)
    case .union, .intersection:
      return setOperator(op, left, right, at: opSpan, span: span, expected: expected)
    case .add, .subtract, .multiply, .divide, .remainder:
      return arithmetic(op, left, right, at: opSpan, span: span, expected: expected)
    }
  }

  private func comparison(_ op: BinaryOperatorSyntax) -> BinaryOperator {
    switch op {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    default: .greaterOrEqual
    }
  }

  /// The interval of an operand; nil, with an error, if it is no number.
  private func number(_ operand: Expression, _ op: String) -> Interval? {
    if let interval = operand.type.interval { return interval }
    if !operand.type.isError {
      report(.operatorType(op, needs: "numbers", found: describe(operand.type), at: operand.span))
    }
    return nil
  }

  private func logic(
    _ op: BinaryOperatorSyntax, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    span: SourceSpan
  ) -> Expression {
    let a = expression(left, expected: .bool)
    let known = analyzer.fold(a)
    let isSkipped = op == .or ? known == 1 : known == 0
    let b = withDead(isSkipped) { expression(right, expected: .bool) }
    for operand in [a, b] where operand.type != .bool && !operand.type.isError {
      report(
        .operatorType(
          op.rawValue, needs: "booleans", found: describe(operand.type), at: operand.span))
    }
    if a.type != .bool || b.type != .bool { return failure(span) }
    let kind: BinaryOperator = op == .and ? .and : op == .or ? .or : .implies
    return Expression(.binary(kind, a, b), type: .bool, span: span)
  }

  private func arithmetic(
    _ op: BinaryOperatorSyntax, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    at opSpan: SourceSpan, span: SourceSpan, expected: Type?
  ) -> Expression {
    let a = expression(left, expected: op == .subtract ? expected : nil)
    if op == .subtract, case .set = a.type {
      let b = converted(right, to: a.type, target: "what is taken away")
      return Expression(.binary(.difference, a, b), type: a.type, span: span)
    }
    let b = expression(right)
    guard let x = number(a, op.rawValue), let y = number(b, op.rawValue) else {
      return failure(span)
    }
    if op == .divide || op == .remainder, y == 0...0 {
      if deadDepth == 0 { report(.divisionByZero(at: right.span)) }
      return failure(span)
    }
    let kind: BinaryOperator
    let interval: Interval?
    switch op {
    case .add: (kind, interval) = (.add, IntervalArithmetic.add(x, y))
    case .subtract: (kind, interval) = (.subtract, IntervalArithmetic.subtract(x, y))
    case .multiply: (kind, interval) = (.multiply, IntervalArithmetic.multiply(x, y))
    case .divide: (kind, interval) = (.divide, IntervalArithmetic.divide(x, y))
    default: (kind, interval) = (.remainder, IntervalArithmetic.remainder(x, y))
    }
    guard let interval else {
      report(.numberTooLarge(at: span))
      return failure(span)
    }
    return Expression(.binary(kind, a, b), type: .integer(interval), span: span)
  }

  private func setOperator(
    _ op: BinaryOperatorSyntax, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    at opSpan: SourceSpan, span: SourceSpan, expected: Type?
  ) -> Expression {
    let (a, b) = pair(left, right, expected: expected)
    for operand in [a, b] {
      guard case .set = operand.type else {
        if !operand.type.isError {
          report(
            .operatorType(
              op.rawValue, needs: "sets", found: describe(operand.type), at: operand.span))
        }
        return failure(span)
      }
    }
    guard a.type == b.type else {
      report(
        .typeMismatch(expected: describe(a.type), found: describe(b.type), at: b.span))
      return failure(span)
    }
    let kind: BinaryOperator = op == .union ? .union : .intersection
    return Expression(.binary(kind, a, b), type: a.type, span: span)
  }

  // MARK: - Equality

  private func equality(
    _ op: BinaryOperatorSyntax, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    at opSpan: SourceSpan, span: SourceSpan
  ) -> Expression {
    let (a, b) = pair(left, right, expected: nil)
    if a.type.isError || b.type.isError { return failure(span) }
    guard isComparable(a.type, b.type) else {
      report(.notComparable(describe(a.type), describe(b.type), at: opSpan))
      return failure(span)
    }
    if let test = caseTest(a, b, op, span: span) ?? caseTest(b, a, op, span: span) { return test }
    return Expression(
      .binary(op == .equal ? .equal : .notEqual, a, b), type: .bool, span: span)
  }

  /// Checks two operands of one type, the one first that can tell the type of the other.
  private func pair(_ left: ExpressionSyntax, _ right: ExpressionSyntax, expected: Type?)
    -> (Expression, Expression)
  {
    if needsHelp(left), !needsHelp(right) {
      let b = expression(right, expected: expected)
      return (expression(left, expected: known(b.type) ?? expected), b)
    }
    let a = expression(left, expected: expected)
    return (a, expression(right, expected: known(a.type) ?? expected))
  }

  private func known(_ type: Type) -> Type? { type == .null ? nil : type }

  /// Whether an expression's type may depend on what is expected.
  private func needsHelp(_ syntax: ExpressionSyntax) -> Bool {
    switch syntax {
    case .literal, .arrayLiteral, .null: true
    case .name(let name):
      local(name.text) == nil && scenario?.local(name.text) == nil
        && scenario?.variable(name.text) == nil
        && !analyzer.cases(name.text, from: module).isEmpty
    case .call(.name(let name), _, _): !analyzer.cases(name.text, from: module).isEmpty
    default: false
    }
  }

  private func isComparable(_ a: Type, _ b: Type) -> Bool {
    if analyzer.isAggregate(a) || analyzer.isAggregate(b) { return false }
    switch (a, b) {
    case (.none, _), (_, .none): return false
    // A comparison of what is never nil with nil is allowed: it is simply false.
    case (.null, .reference), (.reference, .null), (.null, .task), (.task, .null), (.null, .null):
      return true
    default: return Type.isCompatible(a, with: b)
    }
  }

  /// `word == case` without fields, which is a test of the case.
  private func caseTest(
    _ word: Expression, _ other: Expression, _ op: BinaryOperatorSyntax, span: SourceSpan
  ) -> Expression? {
    guard case .wordCase(let id, let index, let values) = other.kind, values.isEmpty,
      program.structs[id.index].cases[index].fields.isEmpty
    else { return nil }
    let test = Expression(.isCase(word, caseIndex: index), type: .bool, span: span)
    return op == .equal ? test : Expression(.unary(.not, test), type: .bool, span: span)
  }

  // MARK: - Membership

  private func contains(_ left: ExpressionSyntax, _ right: ExpressionSyntax, span: SourceSpan)
    -> Expression
  {
    let container: Operand
    var expectedSet: Type?
    if case .literal = right {
      let member = expression(left)
      if member.type.isError { return failure(span) }
      expectedSet = .set(of: member.type.withoutOptional)
      container = operand(right, expected: expectedSet)
    } else {
      container = operand(right)
    }
    guard let element = container.type.elementType else {
      if !container.type.isError {
        report(
          .operatorType(
            "in", needs: "a set or list on its right", found: describe(container.type),
            at: right.span))
      }
      _ = expression(left)
      return failure(span)
    }
    let member = converted(left, to: element, target: "a member")
    switch container.kind {
    case .place(let place):
      _ = load(container)
      return Expression(.collection(.contains, place, [member]), type: .bool, span: span)
    case .value(let set):
      return Expression(.setOperation(.contains, set, [member]), type: .bool, span: span)
    }
  }
}
