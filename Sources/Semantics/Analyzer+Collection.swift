internal import SourceText
internal import Syntax

/// Collecting names: after this, every declaration has its index.
extension Analyzer {
  func collect(_ module: Int) {
    for declaration in syntax[module].declarations {
      switch declaration {
      case .bug(let bug): collect(bug, module)
      case .option(let option):
        declare(option.name, .option(pending.options.count), .value, module)
        pending.options.append((option, module))
      case .constant(let constant):
        declare(constant.name, .constant(pending.constants.count), .value, module)
        pending.constants.append((constant, module))
      case .violation(let violation):
        declare(violation.name, .violation(program.violations.count), .outcome, module)
        program.violations.append(
          ViolationDeclaration(
            name: violation.name.text, message: violation.message, span: violation.name.span))
      case .enumeration(let type): collect(type, module)
      case .structure(let type): collect(type, module)
      case .wordEnum(let type): collect(type, module)
      case .lockBit(let bit): pending.lockBits.append((bit, module))
      case .variable(let variable):
        declare(
          variable.field.name, .variable(addVariable(variable, owner: .module, module)), .value,
          module)
      case .function(let function): collect(function, module)
      case .property(let property):
        declare(property.name, .property, .outcome, module)
        pending.properties.append((property, module))
      case .scenario(let scenario):
        declare(scenario.name, .scenario(pending.scenarios.count), .scenario, module)
        pending.scenarios.append((scenario, module))
      case .check(let check):
        declare(check.name, .check, .check, module)
        if module == 0 { pending.checks.append(check) }
      }
    }
  }

  /// Enters a name into its module, or reports that it is there already.
  private func declare(_ name: Name, _ symbol: Symbol, _ namespace: Namespace, _ module: Int) {
    if let first = modules[module].entries[namespace]?[name.text] {
      return report(.duplicateName(name.text, at: name.span, first: first.span))
    }
    if namespace == .value, BuiltinFunction(rawValue: name.text) != nil {
      return report(.reservedName(name.text, at: name.span))
    }
    if namespace == .type, ["bool", "task", "cpu"].contains(name.text) {
      return report(.reservedName(name.text, at: name.span))
    }
    modules[module].entries[namespace, default: [:]][name.text] = SymbolEntry(
      symbol: symbol, span: name.span, module: module)
  }

  private func collect(_ bug: BugSyntax, _ module: Int) {
    if let first = bugIndexes[bug.id.text] {
      report(.duplicateName(bug.id.text, at: bug.id.span, first: program.bugs[first].span))
    } else {
      bugIndexes[bug.id.text] = program.bugs.count
    }
    declare(bug.name, .bug(program.bugs.count), .value, module)
    program.bugs.append(
      BugDeclaration(
        id: bug.id.text, name: bug.name.text, sentence: bug.sentence,
        documentation: bug.documentation, module: modules[module].name, span: bug.id.span))
  }

  private func collect(_ type: EnumSyntax, _ module: Int) {
    let id = EnumID(program.enums.count)
    declare(type.name, .enumeration(id), .type, module)
    program.enums.append(EnumType(name: type.name.text, cases: type.cases.map(\.text)))
    enumSpans.append(type.name.span)
    checkCount(type.cases.count, "cases", limit: Limits.cases, of: type.name)
    checkDuplicates(type.cases)
    for (index, name) in type.cases.enumerated() {
      modules[module].cases[name.text, default: []].append(.plain(id, index))
    }
  }

  private func collect(_ type: StructSyntax, _ module: Int) {
    let poolKind: PoolType.Kind?
    let structKind: StructType.Kind
    switch type.kind {
    case .structure: (structKind, poolKind) = (.plain, nil)
    case .lock: (structKind, poolKind) = (.lock, nil)
    case .word: (structKind, poolKind) = (.word, nil)
    case .atomicWord: (structKind, poolKind) = (.atomicWord, nil)
    case .pool: (structKind, poolKind) = (.plain, .plain)
    case .stablePool: (structKind, poolKind) = (.plain, .stable)
    case .fixedPool: (structKind, poolKind) = (.plain, .fixed)
    }
    checkDuplicates(type.fields.map(\.name))
    checkCount(type.fields.count, "fields", limit: Limits.fields, of: type.name)
    if let poolKind {
      let id = PoolID(program.pools.count)
      if id.index == Limits.pools {
        report(
          .tooMany("a model", "pools", found: id.index + 1, limit: id.index, at: type.name.span))
      }
      declare(type.name, .pool(id), .type, module)
      program.pools.append(PoolType(name: type.name.text, kind: poolKind, fields: []))
      poolSpans.append(type.name.span)
      pending.pools.append((id, type, module))
    } else {
      let id = StructID(program.structs.count)
      declare(type.name, .structure(id), .type, module)
      program.structs.append(StructType(name: type.name.text, kind: structKind, fields: []))
      structSpans.append(type.name.span)
      pending.structs.append((id, type, module))
    }
  }

  private func collect(_ type: WordEnumSyntax, _ module: Int) {
    let id = StructID(program.structs.count)
    declare(type.name, .structure(id), .type, module)
    program.structs.append(
      StructType(
        name: type.name.text, kind: type.isAtomic ? .atomicWord : .word, fields: [],
        cases: type.cases.map { StructType.Case(name: $0.name.text, fields: []) }))
    structSpans.append(type.name.span)
    pending.wordEnums.append((id, type, module))
    checkDuplicates(type.cases.map(\.name))
    let fieldCount = type.cases.reduce(0) { $0 + $1.fields.count }
    checkCount(type.cases.count, "cases", limit: Limits.branches, of: type.name)
    checkCount(fieldCount, "fields", limit: Limits.fields, of: type.name)
    for (index, entry) in type.cases.enumerated() {
      checkDuplicates(entry.fields.map(\.name))
      modules[module].cases[entry.name.text, default: []].append(.word(id, index))
    }
  }

  private func collect(_ function: FunctionSyntax, _ module: Int) {
    let index = FunctionIndex(program.functions.count)
    declare(function.name, .function(index), .value, module)
    program.functions.append(
      Function(
        name: function.name.text, isAtomic: function.isAtomic,
        parameterCount: function.parameters.count, result: .none,
        body: Body(locals: [], statements: []), span: function.name.span))
    pending.functions.append((index, function, module))
  }

  /// Adds a variable whose type follows later.
  func addVariable(_ variable: VariableSyntax, owner: GlobalVariable.Owner, _ module: Int)
    -> VariableIndex
  {
    let index = VariableIndex(program.variables.count)
    program.variables.append(
      GlobalVariable(
        owner: variable.isTaskVariable ? .task : owner,
        field: Field(
          name: variable.field.name.text, type: .error,
          isGhost: variable.isGhost || variable.field.isGhost, span: variable.field.name.span)))
    pending.variables.append((index, variable, module))
    return index
  }

  private func checkCount(_ count: Int, _ parts: String, limit: Int, of name: Name) {
    if count > limit {
      report(.tooMany("'\(name.text)'", parts, found: count, limit: limit, at: name.span))
    }
  }

  func checkDuplicates(_ names: [Name]) {
    var seen: [String: SourceSpan] = [:]
    for name in names {
      if let first = seen[name.text] {
        report(.duplicateName(name.text, at: name.span, first: first))
      } else {
        seen[name.text] = name.span
      }
    }
  }
}
