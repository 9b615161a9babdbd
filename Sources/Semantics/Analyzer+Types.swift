internal import SourceText
internal import Syntax

/// Where a type is written, which decides what it may be.
enum TypePosition {
  /// A field or variable: anything.
  case storage
  /// A parameter, local or result: no `holds`.
  case local
}

/// Turning written types into types.
extension Analyzer {
  func type(_ syntax: TypeSyntax, in module: Int, position: TypePosition = .storage) -> Type {
    switch syntax {
    case .named(let name): return named(name, in: module)
    case .optional(let inner, let span):
      return optional(type(inner, in: module, position: position), at: span)
    case .range(let lower, let upper, let span):
      return range(lower, upper, at: span, in: module)
    case .set(let element, let span):
      return set(of: type(element, in: module, position: position), at: span)
    case .list(let element, let capacity, _):
      return list(of: type(element, in: module, position: position), capacity, in: module, element)
    case .array(let element, let index, _):
      let inner = type(element, in: module, position: position)
      guard let kind = arrayIndex(index, in: module), !inner.isError else { return .error }
      return .array(of: inner, index: kind)
    case .holds(let inner, let span):
      return holds(type(inner, in: module, position: position), at: span, position)
    case .error: return .error
    }
  }

  private func named(_ name: Name, in module: Int) -> Type {
    switch name.text {
    case "bool": return .bool
    case "task": return .task(isOptional: false)
    case "cpu": return .cpu
    default: break
    }
    guard let entry = find(name, .type, from: module) else {
      reportUnknown(
        name, .type, from: module, what: "type", rule: "unknown-type",
        also: ["bool", "task", "cpu"])
      return .error
    }
    switch entry.symbol {
    case .enumeration(let id): return .enumeration(id)
    case .structure(let id): return .structure(id)
    case .pool(let id): return .reference(id, isOptional: false, holds: false)
    default: return .error
    }
  }

  private func optional(_ inner: Type, at span: SourceSpan) -> Type {
    switch inner {
    case .reference(let pool, _, let holds): return .reference(pool, isOptional: true, holds: holds)
    case .task: return .task(isOptional: true)
    case .error: return .error
    default:
      report(.misplacedType("only references and tasks can be nil", at: span))
      return .error
    }
  }

  private func range(
    _ lower: ExpressionSyntax, _ upper: ExpressionSyntax, at span: SourceSpan, in module: Int
  ) -> Type {
    let low = constantNumber(lower, in: module, what: "the end of a range")
    let high = constantNumber(upper, in: module, what: "the end of a range")
    guard let low, let high else { return .error }
    guard low <= high else {
      report(.emptyRange(low, high, at: span))
      return .error
    }
    let (width, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, width < 1 << 62 else {
      report(.rangeTooWide(at: span))
      return .error
    }
    return .integer(low...high)
  }

  private func set(of element: Type, at span: SourceSpan) -> Type {
    switch element {
    case .enumeration(let id):
      let count = program.enums[id.index].cases.count
      if count > 62 { report(.setTooLarge(count, at: span)) }
      return .set(of: element)
    case .reference(_, false, _), .task(false): return .set(of: element)
    case .error: return .error
    default:
      report(
        .misplacedType(
          "a set is of an enum, of references or of tasks, not of '\(text(element))'", at: span,
          help: element.isOptional ? "nil is no member, so leave out the '?'" : nil))
      return .error
    }
  }

  private func list(
    of element: Type, _ capacity: ExpressionSyntax, in module: Int, _ syntax: TypeSyntax
  ) -> Type {
    guard let count = constantNumber(capacity, in: module, what: "the length of a list") else {
      return .error
    }
    guard (1...64).contains(count) else {
      report(
        .limitExceeded("the length of a list", found: count, limit: "1..64", at: capacity.span))
      return .error
    }
    if isAggregate(element) {
      report(
        .misplacedType(
          "a list is of single values, not of '\(text(element))'", at: syntax.span,
          help: "use a list of references to objects of a pool"))
      return .error
    }
    return element.isError ? .error : .list(of: element, capacity: Int(count))
  }

  private func arrayIndex(_ syntax: ExpressionSyntax, in module: Int) -> ArrayIndex? {
    if case .name(let name) = syntax, let entry = entries(name.text, .type, from: module).first {
      switch entry.symbol {
      case .enumeration(let id): return .enumeration(id)
      case .pool(let id): return .pool(id)
      default: break
      }
    }
    guard let count = constantNumber(syntax, in: module, what: "the size of an array") else {
      return nil
    }
    guard (1...1000).contains(count) else {
      report(
        .limitExceeded("the size of an array", found: count, limit: "1..1000", at: syntax.span))
      return nil
    }
    return .count(Int(count))
  }

  private func holds(_ inner: Type, at span: SourceSpan, _ position: TypePosition) -> Type {
    guard position == .storage else {
      report(
        .misplacedType(
          "locals, parameters and results never hold references", at: span,
          help: "leave out 'holds': the running task's ledger has the reference"))
      return inner
    }
    switch inner {
    case .reference(let pool, let isOptional, _):
      return .reference(pool, isOptional: isOptional, holds: true)
    case .error: return .error
    default:
      report(.misplacedType("only references can be held, not '\(text(inner))'", at: span))
      return .error
    }
  }

  // MARK: - Constants

  /// The value of an expression that must be a constant number.
  func constantNumber(_ syntax: ExpressionSyntax, in module: Int, what: String) -> Int64? {
    let checker = CodeChecker(self, module: module, purpose: .constant(what))
    let expression = checker.expression(syntax)
    if expression.type.isError { return nil }
    guard case .integer = expression.type else {
      report(
        .typeMismatch(
          expected: "a number", found: describe(expression.type), at: expression.span))
      return nil
    }
    guard let value = fold(expression) else {
      report(.notConstant(what, at: expression.span))
      return nil
    }
    return value
  }

  /// The value of a const, computed when it is first used.
  func constant(_ index: Int) -> Expression {
    if let known = constantValues[index] { return known }
    let (syntax, module) = pending.constants[index]
    let failure = Expression(.constant(0), type: .error, span: syntax.name.span)
    guard constantsInProgress.insert(index).inserted else {
      report(.constantCycle(syntax.name.text, at: syntax.name.span))
      return failure
    }
    defer { constantsInProgress.remove(index) }
    guard constantsInProgress.count <= Limits.constantDepth else {
      report(
        .tooDeep("consts", limit: Limits.constantDepth, at: syntax.name.span))
      return failure
    }
    let what = "the value of a const"
    let checker = CodeChecker(self, module: module, purpose: .constant(what))
    let expression = checker.expression(syntax.value)
    var result = failure
    if let value = fold(expression), !expression.type.isError {
      result = Expression(
        .constant(value), type: exact(expression.type, value), span: expression.span)
    } else if !expression.type.isError {
      report(.notConstant(what, at: expression.span))
    }
    // A cycle may have stored a failure for this one already.
    constantValues[index] = constantValues[index] ?? result
    return constantValues[index] ?? result
  }

  /// The type of a known value: for a number the interval of just that number.
  func exact(_ type: Type, _ value: Int64) -> Type {
    if case .integer = type { .integer(value...value) } else { type }
  }

  func resolveOptionsAndConstants() {
    for index in pending.options.indices { _ = option(index) }
    for index in pending.constants.indices { _ = constant(index) }
    var seen: [String: SourceSpan] = [:]
    for (index, entry) in pending.options.enumerated() {
      let name = entry.syntax.name
      if let first = seen[name.text] {
        // Rows and the command line name options without their modules.
        report(.duplicateName(name.text, at: name.span, first: first))
      }
      seen[name.text] = seen[name.text] ?? name.span
      let value = option(index)
      program.options.append(
        OptionDeclaration(
          name: entry.syntax.name.text, type: type(entry.syntax.type, in: entry.module),
          value: fold(value) ?? 0, sentence: entry.syntax.sentence, span: entry.syntax.name.span))
    }
  }

  /// The value of an option under the configuration.
  func option(_ index: Int) -> Expression {
    if let known = optionValues[index] { return known }
    let (syntax, module) = pending.options[index]
    let failure = Expression(.constant(0), type: .error, span: syntax.name.span)
    optionValues[index] = failure
    let type = type(syntax.type, in: module)
    switch type {
    case .bool, .integer, .enumeration: break
    case .error: return failure
    default:
      report(
        .misplacedType(
          "an option is a boolean, a range or an enum, not '\(text(type))'", at: syntax.type.span))
      return failure
    }
    let checker = CodeChecker(
      self, module: module, purpose: .constant("the default of an option"))
    let value = checker.converted(syntax.value, to: type, target: "'\(syntax.name.text)'")
    guard let number = fold(value), !value.type.isError else {
      if !value.type.isError { report(.notConstant("the default of an option", at: value.span)) }
      return failure
    }
    let chosen = configured(syntax.name, type) ?? number
    let result = Expression(
      .constant(chosen), type: exact(type, chosen), span: syntax.name.span)
    optionValues[index] = result
    return result
  }
}
