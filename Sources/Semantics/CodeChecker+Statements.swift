internal import SourceText
internal import Syntax

/// Statements.
extension CodeChecker {
  /// Checks a block in a scope of its own.
  func block(_ syntax: BlockSyntax) -> [Statement] {
    scoped { statements(syntax.statements) }
  }

  func statements(_ syntax: [StatementSyntax]) -> [Statement] { syntax.flatMap(statement) }

  /// Checks one statement; a conditional match becomes several.
  func statement(_ syntax: StatementSyntax) -> [Statement] {
    let span = syntax.span
    switch syntax.kind {
    case .binding(let isMutable, let name, let type, let value):
      return binding(name, type, value, isMutable: isMutable, span: span)
    case .assign(let target, let op, let value): return assign(target, op, value, span: span)
    case .expression(let expression): return callStatement(expression, span: span)
    case .conditional(let branches, let otherwise):
      return conditional(branches[...], otherwise: otherwise, span: span)
    case .unless(let bug, let body, let otherwise):
      return unless(bug, body, otherwise, span: span)
    case .whileLoop(let label, let condition, let body):
      return [whileLoop(label, condition, body, span: span)]
    case .loop(let label, let body):
      return [
        Statement(.loop(label: label?.text, condition: nil, loopBody(label, body)), span: span)
      ]
    case .forLoop(let label, let name, let domain, let safely, let body):
      return [forLoop(label, name, domain, safely: safely, body, span: span)]
    case .block(let label, let body):
      return [Statement(.block(label: label.text, within(label, isLoop: false, body)), span: span)]
    case .switchOver(let value, let cases, let otherwise):
      return switchOver(value, cases, otherwise, span: span)
    case .either(let alternatives): return either(alternatives, span: span)
    case .atomic(let body):
      atomicDepth += 1
      defer { atomicDepth -= 1 }
      return [Statement(.atomic(block(body)), span: span)]
    case .ghost(let body): return [Statement(.ghost(ghost(body)), span: span)]
    case .breakLoop(let label):
      checkTarget(label, keyword: "break", span: span)
      return [Statement(.breakLoop(label: label?.text), span: span)]
    case .continueLoop(let label):
      checkTarget(label, keyword: "continue", span: span)
      return [Statement(.continueLoop(label: label?.text), span: span)]
    case .leave(let label):
      checkLeave(label)
      return [Statement(.leave(label: label.text), span: span)]
    case .returnValue(let value): return [returnValue(value, span: span)]
    case .skip: return [Statement(.skip, span: span)]
    case .progress:
      report(.notYet("'progress'", at: span))
      return []
    case .await(let isRest, let condition): return [waiting(condition, isRest: isRest, span: span)]
    case .choose(let name, let domain, let condition):
      return choose(name, domain, where: condition, span: span)
    case .require(let condition, let violation): return [require(condition, violation, span: span)]
    case .unreachable(let reason): return [Statement(.unreachable(reason), span: span)]
    case .free(let object): return [free(object, span: span)]
    case .handOver(let lock, let task): return handOver(lock, to: task, span: span)
    case .move(let element, let from, let to): return move(element, from, to, span: span)
    case .nested(let inner): return statement(inner)
    case .error: return []
    }
  }

  // MARK: - Loops and jumps

  private func within(_ label: Name?, isLoop: Bool, _ body: BlockSyntax) -> [Statement] {
    if let label, targets.contains(where: { $0.label == label.text }) {
      report(.duplicateName(label.text, at: label.span, first: nil))
    }
    targets.append(Target(label: label?.text, isLoop: isLoop))
    defer { targets.removeLast() }
    return block(body)
  }

  private func loopBody(_ label: Name?, _ body: BlockSyntax) -> [Statement] {
    within(label, isLoop: true, body)
  }

  private func whileLoop(
    _ label: Name?, _ condition: ExpressionSyntax, _ body: BlockSyntax, span: SourceSpan
  ) -> Statement {
    let test = self.condition(condition, of: "while")
    let statements = withDead(analyzer.fold(test) == 0) { loopBody(label, body) }
    return Statement(.loop(label: label?.text, condition: test, statements), span: span)
  }

  private func forLoop(
    _ label: Name?, _ name: Name, _ domain: DomainSyntax, safely: Bool, _ body: BlockSyntax,
    span: SourceSpan
  ) -> Statement {
    let (checked, type) = self.domain(domain) ?? (.booleans, .error)
    if safely, !type.isError {
      if case .list = checked {
      } else {
        report(.misplaced("'safely'", reason: "only a list is fetched ahead", at: domain.span))
      }
    }
    return scoped {
      let variable = declare(name, type: type, kind: "loop variable")
      let statements = loopBody(label, body)
      return Statement(
        .forEach(label: label?.text, variable, checked, safely: safely, statements), span: span)
    }
  }

  private func checkTarget(_ label: Name?, keyword: String, span: SourceSpan) {
    let loops = targets.filter(\.isLoop)
    guard let label else {
      if loops.isEmpty {
        report(.misplaced("'\(keyword)'", reason: "there is no loop around it", at: span))
      }
      return
    }
    if !loops.contains(where: { $0.label == label.text }) {
      let near = nearestName(to: label.text, among: loops.compactMap(\.label))
      report(.unknownLabel(label.text, kind: "loop", at: label.span, nearest: near))
    }
  }

  private func checkLeave(_ label: Name) {
    let blocks = targets.filter { !$0.isLoop }
    if !blocks.contains(where: { $0.label == label.text }) {
      let near = nearestName(to: label.text, among: blocks.compactMap(\.label))
      report(.unknownLabel(label.text, kind: "block", at: label.span, nearest: near))
    }
  }

  private func returnValue(_ value: ExpressionSyntax?, span: SourceSpan) -> Statement {
    if case .prelude = purpose {
      report(.misplaced("'return'", reason: "a scenario's prelude is no function", at: span))
    }
    let expected = result ?? .none
    guard let value else {
      if expected != .none, !expected.isError {
        report(.returnValue("this function returns \(describe(expected))", at: span))
      }
      return Statement(.returnValue(nil), span: span)
    }
    guard expected != .none else {
      _ = expression(value)
      report(.returnValue("there is nothing to return a value to", at: value.span))
      return Statement(.returnValue(nil), span: span)
    }
    let checked = converted(value, to: expected, target: "the result")
    return Statement(.returnValue(checked), span: span)
  }

  // MARK: - Steps

  private func either(_ alternatives: [BlockSyntax], span: SourceSpan) -> [Statement] {
    if case .prelude = purpose {
      report(
        .misplaced(
          "'either'", reason: "a prelude runs in one go", at: span,
          help: "use 'choose' for several initial states"))
    }
    checkNotGhost("'either'", span: span)
    return [Statement(.either(alternatives.map { block($0) }), span: span)]
  }

  func checkNotGhost(_ what: String, span: SourceSpan) {
    if ghostDepth > 0 { report(.ghostStatement(what, at: span)) }
  }

  private func ghost(_ body: BlockSyntax) -> [Statement] {
    ghostDepth += 1
    defer { ghostDepth -= 1 }
    return block(body)
  }

  private func waiting(_ condition: ExpressionSyntax, isRest: Bool, span: SourceSpan) -> Statement {
    if case .prelude = purpose {
      report(.misplaced("'await'", reason: "a prelude cannot wait for anybody", at: span))
    }
    checkNotGhost("'await'", span: span)
    return Statement(
      .await(isRest: isRest, pureCondition(condition, context: "an 'await'")), span: span)
  }

  private func choose(
    _ name: Name, _ domain: DomainSyntax, where condition: ExpressionSyntax?, span: SourceSpan
  ) -> [Statement] {
    checkNotGhost("'choose'", span: span)
    conditionDepth += 1
    let (checked, type) = self.domain(domain) ?? (.booleans, .error)
    conditionDepth -= 1
    let variable = declare(name, type: type, kind: "choose")
    let filter = condition.map { pureCondition($0, context: "a 'where'") }
    return [Statement(.choose(variable, checked, where: filter), span: span)]
  }

  private func require(_ condition: ExpressionSyntax, _ violation: Name, span: SourceSpan)
    -> Statement
  {
    requireDepth += 1
    defer { requireDepth -= 1 }
    let test = pureCondition(condition, context: "a 'require'")
    let index = analyzer.violation(violation, from: module)
    return Statement(.require(test, violation: index, isGhost: ghostDepth > 0), span: span)
  }

  private func free(_ object: ExpressionSyntax, span: SourceSpan) -> Statement {
    checkNotGhost("'free'", span: span)
    let reference = reference(object, of: "free")
    if case .reference(let pool, _, _) = reference.type,
      program.pools[pool.index].kind == .fixed
    {
      report(
        .misplacedType(
          "the objects of the fixed pool '\(program.pools[pool.index].name)' always live",
          at: object.span))
    }
    return Statement(.free(reference), span: span)
  }

  private func handOver(_ lock: ExpressionSyntax, to task: ExpressionSyntax, span: SourceSpan)
    -> [Statement]
  {
    checkNotGhost("'hand_over'", span: span)
    let owner = converted(task, to: .task(isOptional: true), target: "the new holder")
    guard let (place, _) = place(lock, what: "'hand_over'") else { return [] }
    guard isLock(place) else {
      report(
        .invalidLock("this is \(describe(place.type)) and no lock", at: lock.span))
      return []
    }
    return [Statement(.handOver(place, to: owner), span: span)]
  }

  private func isLock(_ place: Place) -> Bool {
    if place.type.isError { return true }
    if case .structure(let id) = place.type { return program.structs[id.index].kind == .lock }
    guard let (pool, path) = objectPath(place) else { return isAlias(place) && place.type == .bool }
    return program.lockBits.contains { $0.pool == pool && $0.path == path }
  }

  private func isAlias(_ place: Place) -> Bool {
    if case .alias = place.kind { true } else { false }
  }

  private func objectPath(_ place: Place) -> (PoolID, [FieldStep])? {
    switch place.kind {
    case .object(_, let pool, let field): (pool, [FieldStep(field: field)])
    case .field(let base, let field):
      objectPath(base).map { ($0.0, $0.1 + [FieldStep(field: field)]) }
    default: nil
    }
  }

  private func move(
    _ element: ExpressionSyntax, _ from: ExpressionSyntax, _ to: ExpressionSyntax, span: SourceSpan
  ) -> [Statement] {
    checkNotGhost("'move'", span: span)
    let source = place(from, what: "'move'")
    let target = place(to, what: "'move'")
    guard let source, let target else {
      _ = expression(element)
      return []
    }
    for (place, operand) in [source, target] {
      guard case .list = place.type else {
        if !place.type.isError {
          report(
            .typeMismatch(expected: "a list", found: describe(place.type), at: place.span))
        }
        return []
      }
      checkAssignable(operand, at: place.span)
    }
    guard let type = source.place.type.elementType, let other = target.place.type.elementType
    else { return [] }
    if type != other {
      report(
        .typeMismatch(
          expected: "a list of '\(analyzer.text(type))'", found: describe(target.place.type),
          at: target.place.span))
    }
    let value = converted(element, to: type, target: "an element")
    return [Statement(.move(value, from: source.place, to: target.place), span: span)]
  }
}
