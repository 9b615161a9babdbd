internal import SourceText
internal import Syntax

/// Names, members and elements: locations and values.
extension CodeChecker {
  /// Resolves an expression without loading it, if it is a location.
  func operand(_ syntax: ExpressionSyntax, expected: Type? = nil) -> Operand {
    switch syntax {
    case .name(let name): operand(name, expected: expected)
    case .member(let base, let name): member(base, name, span: syntax.span)
    case .index(let base, let index, let span): element(base, index, span: span)
    default: Operand(kind: .value(expression(syntax, expected: expected)))
    }
  }

  /// The location that an expression names; nil, with an error, if it names none.
  func place(_ syntax: ExpressionSyntax, what: String, expected: Type? = nil)
    -> (place: Place, operand: Operand)?
  {
    let operand = operand(syntax, expected: expected)
    switch operand.kind {
    case .place(let place): return (place, operand)
    case .value(let expression):
      if !expression.type.isError {
        report(.needsPlace("\(what) needs a location, and this is only a value", at: syntax.span))
      }
      return nil
    }
  }

  /// Loads an operand's value.
  func load(_ operand: Operand, once: Bool = false) -> Expression {
    switch operand.kind {
    case .value(let expression): return expression
    case .place(let place):
      if operand.isGhost, !readsGhosts {
        report(.ghostRead(name(of: place), at: place.span))
      }
      return Expression(
        .load(place, once: once), type: place.type.withoutHolds, span: place.span)
    }
  }

  /// The name of a location in messages.
  func name(of place: Place) -> String {
    switch place.kind {
    case .local(let index), .alias(let index): locals[index.index].name
    case .variable(let index), .taskVariable(let index, _):
      program.variables[index.index].field.name
    case .scenarioLocal: "this"
    case .object(_, let pool, let field): program.pools[pool.index].fields[field].name
    case .field(let base, let field):
      if case .structure(let id) = base.type {
        program.structs[id.index].fields[field].name
      } else {
        "this"
      }
    case .element(let base, _): name(of: base)
    case .cpuPinned: "pinned"
    case .cpuInterruptsOff: "irqs_off"
    }
  }

  // MARK: - Names

  private func operand(_ name: Name, expected: Type?) -> Operand {
    if let index = local(name.text) { return operand(local: index, name) }
    if let entry = scenario?.local(name.text) { return operand(scenarioLocal: entry, name) }
    if let variable = scenario?.variable(name.text) { return operand(variable: variable, name) }
    if let task = scenario?.task(name.text) { return .init(kind: .value(taskValue(task, name))) }
    if let value = expectedCase(name, expected) { return Operand(kind: .value(value)) }
    return global(name, expected)
  }

  private func operand(local index: LocalIndex, _ name: Name) -> Operand {
    let local = locals[index.index]
    let info = localInfo[index.index]
    let place = Place(
      local.isAlias ? .alias(index) : .local(index), type: local.type, span: name.span)
    let protection = Operand.Protection(name: name.text, kind: info.kind, span: local.span)
    return Operand(
      kind: .place(place), isGhost: false, protection: info.isMutable ? nil : protection)
  }

  private func operand(scenarioLocal entry: ScenarioScope.Entry, _ name: Name) -> Operand {
    if case .prelude = purpose { return operand(local: entry.local, name) }
    return Operand(
      kind: .place(Place(.scenarioLocal(entry.local), type: entry.type, span: name.span)),
      protection: Operand.Protection(
        name: name.text, kind: entry.isParameter ? "parameter" : "let", span: entry.span))
  }

  private func operand(variable index: VariableIndex, _ name: Name) -> Operand {
    let variable = program.variables[index.index]
    if case .constant(let what) = purpose {
      report(.notConstant(what, at: name.span))
      return Operand(kind: .value(failure(name.span)))
    }
    let kind: Place.Kind
    if variable.owner == .task {
      kind = .taskVariable(index, of: selfTask(name.span))
    } else {
      kind = .variable(index)
    }
    return Operand(
      kind: .place(Place(kind, type: variable.field.type, span: name.span)),
      isGhost: variable.field.isGhost)
  }

  /// `self`, or an error where no task runs.
  func selfTask(_ span: SourceSpan) -> Expression {
    if !hasSelf { report(.misplacedSelf(at: span)) }
    return Expression(.selfTask, type: .task(isOptional: false), span: span)
  }

  private func taskValue(_ task: ScenarioScope.TaskEntry, _ name: Name) -> Expression {
    if task.isCounted {
      report(
        .typeMismatch(
          expected: "one task", found: "a name for \(task.count) of them", at: name.span,
          help: "write '\(name.text)[0]'"))
      return failure(name.span)
    }
    return Expression(
      .taskNamed(scenario: scenario?.index ?? 0, task: task.index, index: nil),
      type: .task(isOptional: false), span: name.span)
  }

  /// The case of the expected enum or word enum.
  private func expectedCase(_ name: Name, _ expected: Type?) -> Expression? {
    switch expected {
    case .enumeration(let id):
      return program.enums[id.index].cases.firstIndex(of: name.text).map {
        caseValue(.plain(id, $0), at: name.span)
      }
    case .structure(let id):
      return program.structs[id.index].cases.firstIndex { $0.name == name.text }.map {
        caseValue(.word(id, $0), at: name.span)
      }
    default: return nil
    }
  }

  /// A case without fields as a value.
  func caseValue(_ reference: CaseReference, at span: SourceSpan) -> Expression {
    switch reference {
    case .plain(let id, let index):
      return Expression(.constant(Int64(index)), type: .enumeration(id), span: span)
    case .word(let id, let index):
      return Expression(
        .wordCase(id, caseIndex: index, []), type: .structure(id), span: span)
    }
  }

  private func global(_ name: Name, _ expected: Type?) -> Operand {
    let entries = analyzer.entries(name.text, .value, from: module)
    if entries.isEmpty { return Operand(kind: .value(unqualifiedCase(name, expected))) }
    guard let entry = analyzer.find(name, .value, from: module) else {
      return Operand(kind: .value(failure(name.span)))
    }
    switch entry.symbol {
    case .variable(let index): return operand(variable: index, name)
    case .option(let index):
      return Operand(kind: .value(moved(analyzer.option(index), to: name.span)))
    case .constant(let index):
      return Operand(kind: .value(moved(analyzer.constant(index), to: name.span)))
    case .bug(let index):
      let isOn = analyzer.configuration.bugs.contains(program.bugs[index].id)
      return Operand(
        kind: .value(Expression(.constant(isOn ? 1 : 0), type: .bool, span: name.span)))
    default:
      report(.notAValue("the \(entry.symbol.noun) '\(name.text)'", at: name.span))
      return Operand(kind: .value(failure(name.span)))
    }
  }

  private func moved(_ expression: Expression, to span: SourceSpan) -> Expression {
    Expression(expression.kind, type: expression.type, span: span)
  }

  /// A name that can only be a case of some enum in sight.
  private func unqualifiedCase(_ name: Name, _ expected: Type?) -> Expression {
    let cases = analyzer.cases(name.text, from: module)
    if cases.count == 1 { return caseValue(cases[0], at: name.span) }
    if cases.count > 1 {
      report(.ambiguousCase(name.text, at: name.span, types: cases.map(typeName)))
      return failure(name.span)
    }
    if !analyzer.entries(name.text, .type, from: module).isEmpty {
      report(.notAValue("the type '\(name.text)'", at: name.span))
      return failure(name.span)
    }
    var others = visibleNames
    switch expected {
    case .enumeration(let id): others = program.enums[id.index].cases + others
    case .structure(let id): others = program.structs[id.index].cases.map(\.name) + others
    default: break
    }
    analyzer.reportUnknown(name, .value, from: module, also: others)
    return failure(name.span)
  }

  func typeName(_ reference: CaseReference) -> String {
    switch reference {
    case .plain(let id, _): program.enums[id.index].name
    case .word(let id, _): program.structs[id.index].name
    }
  }

  /// The type that a plain name stands for, where no local or variable is in its way.
  func typeSymbol(_ syntax: ExpressionSyntax) -> Symbol? {
    guard case .name(let name) = syntax, local(name.text) == nil,
      scenario?.local(name.text) == nil, scenario?.variable(name.text) == nil,
      analyzer.entries(name.text, .value, from: module).isEmpty,
      !analyzer.entries(name.text, .type, from: module).isEmpty
    else { return nil }
    return analyzer.find(name, .type, from: module)?.symbol
  }
}
