internal import SourceText
internal import Syntax

/// Fields of objects, structs, words, tasks and CPUs, and elements of arrays.
extension CodeChecker {
  func member(_ base: ExpressionSyntax, _ name: Name, span: SourceSpan) -> Operand {
    if let symbol = typeSymbol(base), let value = qualifiedCase(symbol, name, span: span) {
      return Operand(kind: .value(value))
    }
    let owner = operand(base)
    switch owner.type.withoutHolds {
    case .error: return Operand(kind: .value(failure(span)))
    case .reference(let pool, _, _): return objectField(load(owner), pool, name, span: span)
    case .structure(let id): return structField(owner, id, name, span: span)
    case .task: return taskMember(load(owner), name, span: span)
    case .cpu: return cpuMember(load(owner), name, span: span)
    case .list, .set:
      return Operand(kind: .value(collectionProperty(owner, name, span: span)))
    default:
      return unknownField(name, of: owner.type, among: [], span: span)
    }
  }

  private func qualifiedCase(_ symbol: Symbol, _ name: Name, span: SourceSpan) -> Expression? {
    let names: [String]
    let type: String
    switch symbol {
    case .enumeration(let id):
      (names, type) = (program.enums[id.index].cases, program.enums[id.index].name)
      if let index = names.firstIndex(of: name.text) {
        return caseValue(.plain(id, index), at: span)
      }
    case .structure(let id):
      let word = program.structs[id.index]
      (names, type) = (word.cases.map(\.name), word.name)
      if let index = names.firstIndex(of: name.text) {
        return caseValue(.word(id, index), at: span)
      }
    default: return nil
    }
    report(
      .unknownCase(
        name.text, of: type, at: name.span, nearest: nearestName(to: name.text, among: names)))
    return failure(span)
  }

  private func unknownField(
    _ name: Name, of type: Type, among names: [String], span: SourceSpan
  ) -> Operand {
    if !type.isError {
      let near = nearestName(to: name.text, among: names)
      report(.unknownField(name.text, of: fieldOwner(type), at: name.span, nearest: near))
    }
    return Operand(kind: .value(failure(span)))
  }

  /// What has the fields, in a message.
  private func fieldOwner(_ type: Type) -> String {
    switch type {
    case .reference(let pool, _, _): "'\(program.pools[pool.index].name)'"
    case .structure, .task, .cpu: "'\(analyzer.text(type))'"
    default: describe(type)
    }
  }

  private func objectField(_ object: Expression, _ pool: PoolID, _ name: Name, span: SourceSpan)
    -> Operand
  {
    if name.text == "live" {
      return Operand(kind: .value(Expression(.isLive(object), type: .bool, span: span)))
    }
    let fields = program.pools[pool.index].fields
    guard let index = fields.firstIndex(where: { $0.name == name.text }) else {
      return unknownField(name, of: object.type, among: fields.map(\.name) + ["live"], span: span)
    }
    if case .constant(let what) = purpose {
      report(.notConstant(what, at: span))
      return Operand(kind: .value(failure(span)))
    }
    return Operand(
      kind: .place(
        Place(.object(object, pool, field: index), type: fields[index].type, span: span)),
      isGhost: fields[index].isGhost)
  }

  private func structField(_ owner: Operand, _ id: StructID, _ name: Name, span: SourceSpan)
    -> Operand
  {
    let type = program.structs[id.index]
    let indexes = type.fields.indices.filter { type.fields[$0].name == name.text }
    guard let index = indexes.first else {
      return unknownField(name, of: owner.type, among: type.fields.map(\.name), span: span)
    }
    let field = type.fields[index]
    if !type.cases.isEmpty, indexes.count > 1 || !isLocation(owner) {
      report(.unmatchedField(name.text, type: type, at: name.span))
      return Operand(kind: .value(failure(span)))
    }
    switch owner.kind {
    case .place(let place):
      return Operand(
        kind: .place(Place(.field(place, field: index), type: field.type, span: span)),
        isGhost: owner.isGhost || field.isGhost, protection: owner.protection)
    case .value(let word):
      return Operand(
        kind: .value(
          Expression(.wordField(word, field: index), type: field.type.withoutHolds, span: span)))
    }
  }

  private func isLocation(_ operand: Operand) -> Bool {
    if case .place = operand.kind { true } else { false }
  }

  private func taskMember(_ task: Expression, _ name: Name, span: SourceSpan) -> Operand {
    switch name.text {
    case "in_interrupt":
      return Operand(kind: .value(Expression(.inInterrupt(task), type: .bool, span: span)))
    case "cpu": return Operand(kind: .value(Expression(.cpuOf(task), type: .cpu, span: span)))
    default: break
    }
    let found = analyzer.entries(name.text, .value, from: module)
    for entry in found {
      guard case .variable(let index) = entry.symbol else { continue }
      let variable = program.variables[index.index]
      guard variable.owner == .task else { continue }
      return Operand(
        kind: .place(
          Place(.taskVariable(index, of: task), type: variable.field.type, span: span)),
        isGhost: variable.field.isGhost)
    }
    let taskVariables = program.variables.filter { $0.owner == .task }.map(\.field.name)
    return unknownField(
      name, of: task.type, among: ["in_interrupt", "cpu"] + taskVariables, span: span)
  }

  private func cpuMember(_ cpu: Expression, _ name: Name, span: SourceSpan) -> Operand {
    switch name.text {
    case "pinned":
      Operand(kind: .place(Place(.cpuPinned(cpu), type: .task(isOptional: true), span: span)))
    case "irqs_off":
      Operand(kind: .place(Place(.cpuInterruptsOff(cpu), type: .bool, span: span)))
    default: unknownField(name, of: .cpu, among: ["pinned", "irqs_off"], span: span)
    }
  }

  // MARK: - Elements

  func element(_ base: ExpressionSyntax, _ index: ExpressionSyntax, span: SourceSpan) -> Operand {
    if let task = countedTask(base, index, span: span) { return Operand(kind: .value(task)) }
    let array = operand(base)
    guard case .array(let element, let kind) = array.type else {
      if !array.type.isError {
        report(
          .typeMismatch(expected: "an array", found: describe(array.type), at: base.span))
      }
      _ = expression(index)
      return Operand(kind: .value(failure(span)))
    }
    guard case .place(let place) = array.kind else {
      report(.needsPlace("an element needs an array in a location", at: base.span))
      return Operand(kind: .value(failure(span)))
    }
    let position: Expression
    switch kind {
    case .count(let count):
      position = converted(index, to: .integer(0...Int64(count - 1)), target: "the index")
    case .enumeration(let id):
      position = converted(index, to: .enumeration(id), target: "the index")
    case .pool(let pool):
      position = converted(
        index, to: .reference(pool, isOptional: false, holds: false), target: "the index")
    }
    return Operand(
      kind: .place(Place(.element(place, position), type: element, span: span)),
      isGhost: array.isGhost, protection: array.protection)
  }

  /// `name[n]` where the name is that of several tasks.
  private func countedTask(_ base: ExpressionSyntax, _ index: ExpressionSyntax, span: SourceSpan)
    -> Expression?
  {
    guard case .name(let name) = base, local(name.text) == nil, let scenario,
      scenario.local(name.text) == nil, scenario.variable(name.text) == nil,
      let task = scenario.task(name.text)
    else { return nil }
    guard task.isCounted else {
      report(
        .typeMismatch(expected: "an array", found: "a single task", at: base.span))
      return failure(span)
    }
    let number = converted(index, to: .integer(0...Int64(task.count - 1)), target: "the index")
    return Expression(
      .taskNamed(scenario: scenario.index, task: task.index, index: number),
      type: .task(isOptional: false), span: span)
  }
}
