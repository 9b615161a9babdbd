internal import SourceText
internal import Syntax

/// Expressions: what is not an operator, a call, a literal or a quantifier.
extension CodeChecker {
  /// Checks an expression.
  ///
  /// The expected type only helps: it tells what a literal or a case means.
  func expression(_ syntax: ExpressionSyntax, expected: Type? = nil) -> Expression {
    switch syntax {
    case .integer(let value, let span):
      return Expression(.constant(value), type: .integer(value...value), span: span)
    case .boolean(let value, let span):
      return Expression(.constant(value ? 1 : 0), type: .bool, span: span)
    case .null(let span): return Expression(.null, type: .null, span: span)
    case .selfTask(let span): return selfTask(span)
    case .name, .member, .index: return load(operand(syntax, expected: expected))
    case .call(let callee, let arguments, let span):
      return call(callee, arguments, span: span, expected: expected)
    case .unary(let op, let operand, let span): return unary(op, operand, span: span)
    case .binary(let op, let left, let right, let opSpan):
      return binary(op, left, right, at: opSpan, span: syntax.span, expected: expected)
    case .conditional(let condition, let yes, let no):
      return conditional(condition, yes, no, span: syntax.span, expected: expected)
    case .new(let name, let fields, let span): return new(name, fields, span: span)
    case .literal(let fields, let span): return literal(fields, span: span, expected: expected)
    case .arrayLiteral(let elements, let span):
      return arrayLiteral(elements, span: span, expected: expected)
    case .quantifier(let quantifier, let span): return self.quantifier(quantifier, span: span)
    case .address(let inner, let span):
      // The parser has reported an '&' that does not stand behind 'let name ='.
      _ = operand(inner)
      return failure(span)
    case .error(let span): return failure(span)
    }
  }

  /// Checks an expression whose value goes into something of the given type.
  ///
  /// The target says in messages what that is, as in "the index" or "'count'".
  func converted(_ syntax: ExpressionSyntax, to type: Type, target: String) -> Expression {
    convert(expression(syntax, expected: type.withoutHolds), to: type, target: target)
  }

  /// Reports it if a value cannot go into something of the given type.
  func convert(
    _ value: Expression, to type: Type, target: String, declared: Diagnostic.Note? = nil,
    help: String? = nil
  ) -> Expression {
    if value.type.isError || type.isError { return value }
    if value.type == .null, !type.isOptional {
      report(.nilNeedsOptional("\(target), which is '\(analyzer.text(type))'", at: value.span))
      return failure(value.span)
    }
    guard Type.isCompatible(value.type, with: type) else {
      report(
        .typeMismatch(
          expected: describe(type.withoutHolds), found: describe(value.type), at: value.span,
          notes: declared.map { [$0] } ?? []))
      return failure(value.span)
    }
    if case .integer(let found) = value.type, case .integer(let range) = type,
      !found.overlaps(range)
    {
      if deadDepth == 0 {
        report(
          .valueNeverFits(
            found, target: target, range: range, at: value.span, declared: declared, help: help))
      }
      return value
    }
    var result = value
    if value.type == .null { result.type = type.withoutHolds }
    if case .elements = value.kind { result.type = type.withoutHolds }
    if case .setLiteral = value.kind { result.type = type.withoutHolds }
    return result
  }

  /// Checks a condition.
  func condition(_ syntax: ExpressionSyntax, of what: String) -> Expression {
    let value = expression(syntax, expected: .bool)
    if value.type != .bool, !value.type.isError {
      report(
        .typeMismatch(
          expected: "a boolean", found: describe(value.type), at: value.span,
          help: conditionHelp(value.type)))
    }
    return value
  }

  private func conditionHelp(_ type: Type) -> String? {
    switch type {
    case .integer: "compare it with a number, as in 'x != 0'"
    case .reference, .task: "compare it with nil, as in 'x != nil'"
    default: nil
    }
  }

  private func conditional(
    _ condition: ExpressionSyntax, _ yes: ExpressionSyntax, _ no: ExpressionSyntax,
    span: SourceSpan, expected: Type?
  ) -> Expression {
    let test = self.condition(condition, of: "?")
    let known = analyzer.fold(test)
    let first = withDead(known == 0) { expression(yes, expected: expected) }
    let second = withDead(known == 1) { expression(no, expected: expected ?? first.type) }
    guard let type = Type.join(first.type, second.type) else {
      report(
        .typeMismatch(
          expected: describe(first.type), found: describe(second.type), at: second.span))
      return failure(span)
    }
    if analyzer.isAggregate(type) {
      report(
        .needsPlace("a choice is between single values, not '\(analyzer.text(type))'", at: span))
      return failure(span)
    }
    return Expression(.conditional(test, first, second), type: type, span: span)
  }

  /// Runs `body` as code that is never reached, if `isDead`.
  func withDead<Result>(_ isDead: Bool, _ body: () -> Result) -> Result {
    if isDead { deadDepth += 1 }
    defer { if isDead { deadDepth -= 1 } }
    return body()
  }

  /// A condition that is read in one go and must be pure.
  func pureCondition(_ syntax: ExpressionSyntax, context: String) -> Expression {
    conditionDepth += 1
    defer { conditionDepth -= 1 }
    let value = condition(syntax, of: context)
    analyzer.purePositions.append(
      PurePosition(expression: value, context: context, hasNoSelf: !hasSelf))
    return value
  }

  // MARK: - New objects

  private func new(_ name: Name, _ fields: [FieldValueSyntax], span: SourceSpan) -> Expression {
    guard let entry = analyzer.find(name, .type, from: module) else {
      if analyzer.entries(name.text, .type, from: module).isEmpty {
        analyzer.reportUnknown(name, .type, from: module, what: "pool", rule: "unknown-type")
      }
      for field in fields { if let value = field.value { _ = expression(value) } }
      return failure(span)
    }
    guard case .pool(let pool) = entry.symbol else {
      report(
        .misplacedType(
          "'new' makes objects of a pool, and '\(name.text)' is none", at: name.span))
      return failure(span)
    }
    let type = program.pools[pool.index]
    if type.kind == .fixed {
      report(
        .misplacedType(
          "the objects of the fixed pool '\(name.text)' always live", at: name.span,
          help: "take one with 'choose x in \(name.text)'"))
    }
    let values = fieldValues(
      fields, of: type.fields, indexes: Array(type.fields.indices), owner: "'\(type.name)'")
    return Expression(
      .new(pool, values), type: .reference(pool, isOptional: false, holds: false), span: span)
  }
}
