internal import SourceText
internal import Syntax

/// `if`, `if let`, `unless` and `switch`, which all become plain conditionals.
extension CodeChecker {
  func conditional(
    _ branches: ArraySlice<ConditionalBranchSyntax>, otherwise: BlockSyntax?, span: SourceSpan
  ) -> [Statement] {
    guard let branch = branches.first else { return otherwise.map { block($0) } ?? [] }
    if branches.count > Limits.branches {
      report(
        .tooMany("an 'if'", "branches", found: branches.count, limit: Limits.branches, at: span))
      return []
    }
    let isDropped = branch.unless.map(isOn) ?? false
    return scoped {
      let (setup, test, bindings) = condition(branch.condition)
      let never = isDropped || analyzer.fold(test) == 0
      let body = withDead(never) {
        scoped {
          let bound = bindings()
          return bound + statements(branch.body.statements)
        }
      }
      let rest = withDead(!isDropped && analyzer.fold(test) == 1) {
        conditional(branches.dropFirst(), otherwise: otherwise, span: span)
      }
      let dropped = Expression(.constant(0), type: .bool, span: test.span)
      let statement = Statement(
        .conditional(isDropped ? dropped : test, body, otherwise: rest), span: span)
      return isDropped ? [statement] : setup + [statement]
    }
  }

  /// The statements before the test, the test, and what gives the bindings their values.
  private func condition(_ syntax: ConditionSyntax) -> (
    setup: [Statement], test: Expression, bindings: () -> [Statement]
  ) {
    switch syntax {
    case .expression(let expression): return ([], condition(expression, of: "if"), { [] })
    case .match(let pattern, let value):
      let word = expression(value)
      guard let hidden = hold(word) else {
        return (
          [], Expression(.constant(0), type: .bool, span: word.span),
          { self.bindFailures(pattern) }
        )
      }
      guard let index = caseIndex(pattern.name, of: word.type) else {
        return (
          hidden.setup, Expression(.constant(0), type: .bool, span: word.span),
          { self.bindFailures(pattern) }
        )
      }
      return (
        hidden.setup, test(hidden.value, index, at: pattern.name.span),
        { self.bind(pattern, index, hidden.value) }
      )
    }
  }

  /// Puts a value into a hidden local, which is set once.
  private func hold(_ value: Expression) -> (setup: [Statement], value: Expression)? {
    switch value.type {
    case .enumeration: break
    case .structure(let id) where !program.structs[id.index].cases.isEmpty: break
    case .error: return nil
    default:
      report(
        .typeMismatch(
          expected: "an enum or a word enum", found: describe(value.type), at: value.span))
      return nil
    }
    let local = hiddenLocal("match", type: value.type, at: value.span)
    let set = Statement(.setLocal(local, value), span: value.span)
    let place = Place(.local(local), type: value.type, span: value.span)
    return ([set], Expression(.load(place, once: false), type: value.type, span: value.span))
  }

  private func caseIndex(_ name: Name, of type: Type) -> Int? {
    let names: [String]
    switch type {
    case .enumeration(let id): names = program.enums[id.index].cases
    case .structure(let id): names = program.structs[id.index].cases.map(\.name)
    default: return nil
    }
    if let index = names.firstIndex(of: name.text) { return index }
    report(
      .unknownCase(
        name.text, of: analyzer.text(type), at: name.span,
        nearest: nearestName(to: name.text, among: names)))
    return nil
  }

  private func test(_ value: Expression, _ index: Int, at span: SourceSpan) -> Expression {
    if case .enumeration = value.type {
      let other = Expression(.constant(Int64(index)), type: value.type, span: span)
      return Expression(.binary(.equal, value, other), type: .bool, span: span)
    }
    return Expression(.isCase(value, caseIndex: index), type: .bool, span: span)
  }

  private func bind(_ pattern: CasePatternSyntax, _ index: Int, _ value: Expression)
    -> [Statement]
  {
    guard case .structure(let id) = value.type else {
      if let binding = pattern.bindings.first {
        report(
          .unknownField(
            binding.field.text, of: "the case '\(pattern.name.text)'", at: binding.field.span,
            nearest: nil))
      }
      return bindFailures(pattern)
    }
    let type = program.structs[id.index]
    let indexes = type.cases[index].fields
    return pattern.bindings.compactMap { binding in
      guard let field = indexes.first(where: { type.fields[$0].name == binding.field.text }) else {
        let names = indexes.map { type.fields[$0].name }
        report(
          .unknownField(
            binding.field.text, of: "the case '\(pattern.name.text)'", at: binding.field.span,
            nearest: nearestName(to: binding.field.text, among: names)))
        _ = declare(binding.local, type: .error, kind: "let")
        return nil
      }
      let fieldType = type.fields[field].type.withoutHolds
      let local = declare(binding.local, type: fieldType, kind: "let")
      let read = Expression(
        .wordField(value, field: field), type: fieldType, span: binding.field.span)
      return Statement(.setLocal(local, read), span: binding.local.span)
    }
  }

  private func bindFailures(_ pattern: CasePatternSyntax) -> [Statement] {
    for binding in pattern.bindings { _ = declare(binding.local, type: .error, kind: "let") }
    return []
  }

  // MARK: - Bugs

  /// Whether the named bug is on.
  private func isOn(_ name: Name) -> Bool {
    guard let entry = analyzer.find(name, .value, from: module) else {
      if analyzer.entries(name.text, .value, from: module).isEmpty {
        analyzer.reportUnknown(
          name, .value, from: module, what: "bug", rule: "unknown-bug")
      }
      return false
    }
    guard case .bug(let index) = entry.symbol else {
      report(
        .typeMismatch(
          expected: "a bug", found: "the \(entry.symbol.noun) '\(name.text)'", at: name.span,
          notes: [.init(message: "'\(name.text)' is declared here", span: entry.span)]))
      return false
    }
    return analyzer.configuration.bugs.contains(program.bugs[index].id)
  }

  func unless(_ bug: Name, _ body: BlockSyntax, _ otherwise: BlockSyntax?, span: SourceSpan)
    -> [Statement]
  {
    let isOn = isOn(bug)
    let test = Expression(.constant(isOn ? 0 : 1), type: .bool, span: bug.span)
    let first = withDead(isOn) { block(body) }
    let second = withDead(!isOn) { otherwise.map { block($0) } ?? [] }
    return [Statement(.conditional(test, first, otherwise: second), span: span)]
  }

  // MARK: - Switch

  func switchOver(
    _ value: ExpressionSyntax, _ cases: [SwitchCaseSyntax], _ otherwise: BlockSyntax?,
    span: SourceSpan
  ) -> [Statement] {
    let subject = expression(value)
    if cases.count > Limits.branches {
      report(
        .tooMany("a 'switch'", "cases", found: cases.count, limit: Limits.branches, at: value.span))
      return []
    }
    guard let hidden = hold(subject) else {
      for entry in cases {
        scoped {
          for pattern in entry.patterns { _ = bindFailures(pattern) }
          _ = statements(entry.body.statements)
        }
      }
      if let otherwise { _ = block(otherwise) }
      return []
    }
    var seen: [Int: SourceSpan] = [:]
    var branches: [(test: Expression, body: [Statement], span: SourceSpan)] = []
    for entry in cases {
      if let branch = switchCase(entry, hidden.value, &seen) { branches.append(branch) }
    }
    var rest = otherwise.map { block($0) } ?? []
    if otherwise == nil {
      let missing = names(of: subject.type).enumerated().filter { seen[$0.offset] == nil }
      if !missing.isEmpty {
        report(.missingCase(missing.map(\.element), at: value.span))
      } else if let last = branches.popLast() {
        rest = last.body
      }
    }
    for branch in branches.reversed() {
      rest = [Statement(.conditional(branch.test, branch.body, otherwise: rest), span: branch.span)]
    }
    return [Statement(.sequence(hidden.setup + rest), span: span)]
  }

  private func names(of type: Type) -> [String] {
    switch type {
    case .enumeration(let id): program.enums[id.index].cases
    case .structure(let id): program.structs[id.index].cases.map(\.name)
    default: []
    }
  }

  private func switchCase(
    _ entry: SwitchCaseSyntax, _ value: Expression, _ seen: inout [Int: SourceSpan]
  ) -> (test: Expression, body: [Statement], span: SourceSpan)? {
    var tests: [Expression] = []
    var only: (CasePatternSyntax, Int)?
    for pattern in entry.patterns {
      guard let index = caseIndex(pattern.name, of: value.type) else { continue }
      if let first = seen[index] {
        report(.duplicateCase(pattern.name.text, at: pattern.name.span, first: first))
      }
      seen[index] = seen[index] ?? pattern.name.span
      tests.append(test(value, index, at: pattern.name.span))
      only = (pattern, index)
      if entry.patterns.count > 1, let binding = pattern.bindings.first {
        report(
          .misplaced(
            "a binding", reason: "it would exist in one of several cases only",
            at: binding.field.span))
      }
    }
    let body = scoped {
      var bound: [Statement] = []
      if entry.patterns.count == 1 {
        if let (pattern, index) = only {
          bound = bind(pattern, index, value)
        } else {
          bound = bindFailures(entry.patterns[0])
        }
      }
      return bound + statements(entry.body.statements)
    }
    guard let first = tests.first else { return nil }
    let test = tests.dropFirst().reduce(first) {
      Expression(.binary(.or, $0, $1), type: .bool, span: $0.span.union($1.span))
    }
    return (test, body, entry.body.span)
  }
}
