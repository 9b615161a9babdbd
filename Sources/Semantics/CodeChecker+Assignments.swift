internal import SourceText
internal import Syntax

/// Bindings, assignments, and calls as statements.
extension CodeChecker {
  func binding(
    _ name: Name, _ type: TypeSyntax?, _ value: ExpressionSyntax?, isMutable: Bool, span: SourceSpan
  ) -> [Statement] {
    if case .address(let target, _)? = value {
      return [alias(name, target, type, isMutable: isMutable, span: span)].compactMap { $0 }
    }
    let kind = isMutable ? "var" : "let"
    if let type {
      let declared = analyzer.type(type, in: module, position: .local)
      let checked = value.map { converted($0, to: declared, target: "'\(name.text)'") }
      checkCopy(checked)
      let index = declare(name, type: declared, kind: kind, isMutable: isMutable)
      return [Statement(.setLocal(index, checked), span: span)]
    }
    guard let value else {
      report(.needsType("'\(name.text)'", at: name.span))
      _ = declare(name, type: .error, kind: kind, isMutable: isMutable)
      return []
    }
    let checked = expression(value)
    checkCopy(checked)
    var found = checked.type.withoutHolds
    if found == .null {
      report(.needsType("nil", at: value.span))
      found = .error
    } else if found == .none {
      report(.notAValue("a call of a function without a result", at: value.span))
      found = .error
    }
    let index = declare(name, type: found, kind: kind, isMutable: isMutable)
    return [Statement(.setLocal(index, checked), span: span)]
  }

  private func alias(
    _ name: Name, _ target: ExpressionSyntax, _ type: TypeSyntax?, isMutable: Bool, span: SourceSpan
  ) -> Statement? {
    let found = place(target, what: "'&'")
    if isMutable {
      report(.needsPlace("only a 'let' can stand for a location", at: name.span))
    }
    if case .prelude = purpose, scopes.count == 1 {
      report(
        .misplaced(
          "'&'", reason: "the tasks could not see what it stands for", at: target.span,
          help: "write the location where it is used"))
    }
    guard let (place, operand) = found else {
      _ = declare(name, type: .error, kind: "let")
      return nil
    }
    if operand.isGhost, ghostDepth == 0 { report(.ghostRead(self.name(of: place), at: place.span)) }
    if let type {
      let declared = analyzer.type(type, in: module)
      if !Type.isSameLocation(declared, place.type) {
        report(
          .typeMismatch(
            expected: "a location of type '\(analyzer.text(declared))'",
            found: describe(place.type), at: target.span))
      }
    }
    let index = declare(
      name, type: place.type, kind: operand.protection?.kind ?? "let",
      isMutable: operand.protection == nil, isAlias: true)
    return Statement(.bindAlias(index, place), span: span)
  }

  /// A struct, array or list is copied from a location, or written out: it is not computed.
  private func checkCopy(_ value: Expression?) {
    guard let value, analyzer.isAggregate(value.type) else { return }
    switch value.kind {
    case .load, .aggregate, .elements: break
    default:
      report(
        .needsPlace(
          "a value of type '\(analyzer.text(value.type))' is copied from a location or written out",
          at: value.span))
    }
  }

  // MARK: - Assignment

  func assign(
    _ target: ExpressionSyntax, _ op: AssignmentOperatorSyntax, _ value: ExpressionSyntax,
    span: SourceSpan
  ) -> [Statement] {
    guard isTarget(target), let (place, operand) = place(target, what: "an assignment") else {
      _ = expression(value)
      return []
    }
    checkTarget(operand, place, at: target.span)
    if op != .assign { return update(place, op, value, span: span) }
    let checked = convert(
      expression(value, expected: place.type.withoutHolds), to: place.type,
      target: "'\(name(of: place))'", help: widening(place, value))
    checkCopy(checked)
    return [store(place, checked, once: false, span: span)]
  }

  /// Whether the expression has the form of a location; if not, the parser has said so.
  private func isTarget(_ syntax: ExpressionSyntax) -> Bool {
    switch syntax {
    case .name, .member, .index: true
    default: false
    }
  }

  private func checkTarget(_ operand: Operand, _ place: Place, at span: SourceSpan) {
    checkAssignable(operand, at: span)
    if ghostDepth > 0 {
      if !operand.isGhost, !isGhostLocal(place) { report(.ghostWrite(name(of: place), at: span)) }
    } else if operand.isGhost {
      if case .prelude = purpose { return }
      report(.needsGhost("a change of the ghost '\(name(of: place))'", at: span))
    }
  }

  private func isGhostLocal(_ place: Place) -> Bool {
    switch place.kind {
    case .local(let index), .alias(let index): localInfo[index.index].isGhost
    case .field(let base, _), .element(let base, _): isGhostLocal(base)
    default: false
    }
  }

  /// What to do when a value never fits an untyped local.
  private func widening(_ place: Place, _ value: ExpressionSyntax) -> String? {
    guard case .local(let index) = place.kind, let range = place.type.interval else { return nil }
    let name = locals[index.index].name
    return
      "a 'var' without a type has the range of its first value; write 'var \(name): "
      + "\(range.lowerBound)..\u{2026}'"
  }

  private func store(_ place: Place, _ value: Expression, once: Bool, span: SourceSpan) -> Statement
  {
    if case .local(let index) = place.kind {
      return Statement(.setLocal(index, value), span: span)
    }
    return Statement(.store(place, value, once: once), span: span)
  }

  private func update(
    _ place: Place, _ op: AssignmentOperatorSyntax, _ syntax: ExpressionSyntax, span: SourceSpan
  ) -> [Statement] {
    if place.type.isError {
      _ = expression(syntax)
      return []
    }
    if case .set = place.type {
      let value = converted(syntax, to: place.type, target: "'\(name(of: place))'")
      return [update(place, op == .add ? .union : .difference, value, type: place.type, span: span)]
    }
    guard let range = place.type.interval else {
      report(
        .operatorType(
          op.rawValue, needs: "a number or a set", found: describe(place.type), at: place.span))
      _ = expression(syntax)
      return []
    }
    let value = expression(syntax)
    guard let change = value.type.interval else {
      if !value.type.isError {
        report(
          .operatorType(op.rawValue, needs: "a number", found: describe(value.type), at: value.span)
        )
      }
      return []
    }
    let result =
      op == .add
      ? IntervalArithmetic.add(range, change) : IntervalArithmetic.subtract(range, change)
    guard let result else {
      report(.numberTooLarge(at: span))
      return []
    }
    if !result.overlaps(range), deadDepth == 0 {
      report(
        .valueNeverFits(
          result, target: "'\(name(of: place))'", range: range, at: value.span,
          help: widening(place, syntax)))
    }
    return [
      update(place, op == .add ? .add : .subtract, value, type: .integer(result), span: span)
    ]
  }

  private func update(
    _ place: Place, _ op: BinaryOperator, _ value: Expression, type: Type, span: SourceSpan
  ) -> Statement {
    guard case .local(let index) = place.kind else {
      return Statement(.update(place, op, value), span: span)
    }
    let old = Expression(
      .load(place, once: false), type: place.type.withoutHolds, span: place.span)
    let sum = Expression(.binary(op, old, value), type: type.withoutHolds, span: span)
    return Statement(.setLocal(index, sum), span: span)
  }

  // MARK: - Calls

  func callStatement(_ syntax: ExpressionSyntax, span: SourceSpan) -> [Statement] {
    guard case .call(let callee, let arguments, _) = syntax else {
      let value = expression(syntax)
      if !value.type.isError { report(.uselessExpression(at: syntax.span)) }
      return []
    }
    if case .name(let name) = callee, let builtin = BuiltinFunction(rawValue: name.text),
      let statement = builtinStatement(builtin, arguments, span: span)
    {
      return statement
    }
    let value = expression(syntax)
    switch value.kind {
    case .call, .atomicOperation: break
    case .collection(let operation, _, _):
      switch operation {
      case .contains, .count, .first, .last, .isEmpty: report(.uselessExpression(at: syntax.span))
      default: break
      }
    default:
      if !value.type.isError { report(.uselessExpression(at: syntax.span)) }
      return []
    }
    return [Statement(.evaluate(value), span: span)]
  }

  private func builtinStatement(
    _ builtin: BuiltinFunction, _ arguments: [ExpressionSyntax], span: SourceSpan
  ) -> [Statement]? {
    guard arguments.count == builtin.argumentCount else { return nil }
    switch builtin {
    case .writeOnce:
      guard let (place, operand) = place(arguments[0], what: "'WRITE_ONCE'") else {
        _ = expression(arguments[1])
        return []
      }
      checkTarget(operand, place, at: place.span)
      let value = converted(arguments[1], to: place.type, target: "'\(name(of: place))'")
      return [store(place, value, once: true, span: span)]
    case .credit, .debit:
      if ghostDepth == 0 { report(.needsGhost("'\(builtin.rawValue)'", at: span)) }
      if !hasSelf { report(.misplacedSelf(at: span)) }
      let object = reference(arguments[0], of: builtin.rawValue)
      return [Statement(.ledger(object, change: builtin == .credit ? 1 : -1), span: span)]
    default: return nil
    }
  }
}
