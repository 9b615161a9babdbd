internal import SourceText
internal import Syntax

/// Quantifiers, and what they and loops range over.
extension CodeChecker {
  func quantifier(_ syntax: QuantifierSyntax, span: SourceSpan) -> Expression {
    if !isOneGo {
      let end = span.lower + UInt32(syntax.kind.rawValue.utf8.count)
      let word = SourceSpan(file: span.file, span.lower, min(end, span.upper))
      report(.quantifierOutsideAtomic(syntax.kind.rawValue, at: word))
    }
    guard let (domain, type) = domain(syntax.domain) else {
      scoped {
        _ = declare(syntax.variable, type: .error, kind: "bound variable")
        if let filter = syntax.filter { _ = condition(filter, of: "where") }
        if let body = syntax.body { _ = expression(body) }
      }
      return failure(span)
    }
    return scoped {
      let variable = declare(syntax.variable, type: type, kind: "bound variable")
      let filter = syntax.filter.map { condition($0, of: "where") }
      var body: Expression?
      var result = Type.bool
      switch syntax.kind {
      case .all, .some: body = syntax.body.map { condition($0, of: syntax.kind.rawValue) }
      case .count: result = .integer(0...limit(of: domain))
      case .sum:
        body = syntax.body.map { expression($0) }
        result = sum(body, over: domain, span: span)
      }
      let kind: Quantifier.Kind =
        switch syntax.kind {
        case .all: .all
        case .some: .some
        case .count: .count
        case .sum: .sum
        }
      return Expression(
        .quantifier(
          Quantifier(kind: kind, variable: variable, domain: domain, filter: filter, body: body)),
        type: result, span: span)
    }
  }

  private func sum(_ body: Expression?, over domain: Domain, span: SourceSpan) -> Type {
    guard let body, !body.type.isError else { return .error }
    guard let interval = body.type.interval else {
      report(.operatorType("sum", needs: "numbers", found: describe(body.type), at: body.span))
      return .error
    }
    guard let product = IntervalArithmetic.multiply(interval, 0...limit(of: domain)) else {
      report(.numberTooLarge(at: span))
      return .error
    }
    return .integer(product)
  }

  /// The largest number of members that a domain can have.
  private func limit(of domain: Domain) -> Int64 {
    switch domain {
    case .range(let lower, let upper):
      guard let a = lower.type.interval, let b = upper.type.interval,
        let width = IntervalArithmetic.subtract(b, a)
      else { return 1000 }
      return max(0, min(width.upperBound, Int64.max - 1) + 1)
    case .enumeration(let id): return Int64(program.enums[id.index].cases.count)
    case .booleans: return 2
    case .list(let place):
      if case .list(_, let capacity) = place.type { return Int64(capacity) }
      return 64
    case .pool, .set, .tasks: return 1000
    }
  }

  // MARK: - Domains

  /// Checks a domain; the type is that of its members.
  func domain(_ syntax: DomainSyntax) -> (domain: Domain, type: Type)? {
    switch syntax {
    case .range(let lower, let upper):
      let (a, b) = (expression(lower), expression(upper))
      for end in [a, b] where end.type.interval == nil && !end.type.isError {
        report(.operatorType("..", needs: "numbers", found: describe(end.type), at: end.span))
      }
      guard let x = a.type.interval, let y = b.type.interval else { return nil }
      let type = Type.integer(x.lowerBound...max(x.lowerBound, y.upperBound))
      return (.range(a, b), type)
    case .allObjects(let name, _):
      guard let entry = analyzer.find(name, .type, from: module) else {
        if analyzer.entries(name.text, .type, from: module).isEmpty {
          analyzer.reportUnknown(name, .type, from: module, what: "pool", rule: "unknown-type")
        }
        return nil
      }
      guard case .pool(let pool) = entry.symbol else {
        report(.notIterable("'all \(name.text)', which is no pool", at: name.span))
        return nil
      }
      return (
        .pool(pool, includesDead: true), .reference(pool, isOptional: false, holds: false)
      )
    case .expression(let expression): return domain(of: expression)
    }
  }

  private func domain(of syntax: ExpressionSyntax) -> (domain: Domain, type: Type)? {
    if case .name(let name) = syntax, !isIterableValue(name.text) {
      switch name.text {
      case "bool": return (.booleans, .bool)
      case "task": return (.tasks, .task(isOptional: false))
      default: break
      }
      if let entry = analyzer.entries(name.text, .type, from: module).first {
        _ = analyzer.find(name, .type, from: module)
        switch entry.symbol {
        case .pool(let pool):
          return (
            .pool(pool, includesDead: false), .reference(pool, isOptional: false, holds: false)
          )
        case .enumeration(let id): return (.enumeration(id), .enumeration(id))
        default: break
        }
      }
    }
    let operand = operand(syntax)
    switch (operand.type, operand.kind) {
    case (.error, _): return nil
    case (.set(let element), _): return (.set(load(operand)), element.withoutHolds)
    case (.list(let element, _), .place(let place)):
      _ = load(operand)
      return (.list(place), element.withoutHolds)
    case (.array(_, let index), _): return domain(of: index, span: syntax.span)
    default:
      report(.notIterable(describe(operand.type), at: syntax.span))
      return nil
    }
  }

  /// A `for` over an array visits its indexes.
  private func domain(of index: ArrayIndex, span: SourceSpan) -> (domain: Domain, type: Type) {
    switch index {
    case .count(let count):
      let last = Int64(count - 1)
      let zero = Expression(.constant(0), type: .integer(0...0), span: span)
      let end = Expression(.constant(last), type: .integer(last...last), span: span)
      return (.range(zero, end), .integer(0...last))
    case .enumeration(let id): return (.enumeration(id), .enumeration(id))
    case .pool(let pool):
      return (
        .pool(pool, includesDead: true), .reference(pool, isOptional: false, holds: false)
      )
    }
  }

  /// Whether a local or variable of that name can be ranged over, and so hides a pool of its name.
  private func isIterableValue(_ name: String) -> Bool {
    let type: Type
    if let index = local(name) {
      type = locals[index.index].type
    } else if let entry = scenario?.local(name) {
      type = entry.type
    } else if let variable = scenario?.variable(name) {
      type = program.variables[variable.index].field.type
    } else if let entry = analyzer.entries(name, .value, from: module).first,
      case .variable(let variable) = entry.symbol
    {
      type = program.variables[variable.index].field.type
    } else {
      return false
    }
    switch type {
    case .set, .list, .array: return true
    default: return false
    }
  }
}
