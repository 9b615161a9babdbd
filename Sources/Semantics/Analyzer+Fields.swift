internal import SourceText
internal import Syntax

/// The fields of structs, words and pools, and the variables: types, defaults and guards.
extension Analyzer {
  func resolveFieldTypes() {
    for (id, syntax, module) in pending.structs {
      program.structs[id.index].fields = fields(syntax.fields, in: module)
      if program.structs[id.index].isWord { checkWordFields(syntax.fields, id, offset: 0) }
      if syntax.kind == .lock { checkLock(id, syntax) }
    }
    for (id, syntax, module) in pending.wordEnums {
      for (index, entry) in syntax.cases.enumerated() {
        let offset = program.structs[id.index].fields.count
        let added = fields(entry.fields, in: module)
        program.structs[id.index].fields += added
        program.structs[id.index].cases[index].fields = Array(offset..<(offset + added.count))
        checkWordFields(entry.fields, id, offset: offset)
      }
    }
    for (id, syntax, module) in pending.pools {
      program.pools[id.index].fields = fields(syntax.fields, in: module)
    }
    for (index, syntax, module) in pending.variables {
      resolveVariableType(index, syntax, in: module)
    }
    checkRecursiveStructs()
  }

  func resolveVariableType(_ index: VariableIndex, _ syntax: VariableSyntax, in module: Int) {
    program.variables[index.index].field.type = type(syntax.field.type, in: module)
  }

  private func fields(_ syntax: [FieldSyntax], in module: Int) -> [Field] {
    syntax.map {
      Field(
        name: $0.name.text, type: type($0.type, in: module), isGhost: $0.isGhost,
        span: $0.name.span)
    }
  }

  private func checkWordFields(_ syntax: [FieldSyntax], _ id: StructID, offset: Int) {
    for (index, field) in syntax.enumerated() {
      let type = program.structs[id.index].fields[offset + index].type
      if isAggregate(type) {
        report(
          .misplacedType(
            "a word has no room for '\(text(type))'", at: field.type.span,
            help: "its fields are numbers, booleans, enums, sets, references and words"))
        program.structs[id.index].fields[offset + index].type = .error
      }
      if field.isGhost {
        report(.misplacedType("a field of a word cannot be a ghost", at: field.name.span))
      }
    }
  }

  private func checkLock(_ id: StructID, _ syntax: StructSyntax) {
    for field in program.structs[id.index].fields {
      if field.name == "holder", field.type != .task(isOptional: true), !field.type.isError {
        report(.invalidLock("the holder of a lock is of type 'task?'", at: field.span))
      }
      if field.name == "readers", field.type != .set(of: .task(isOptional: false)),
        !field.type.isError
      {
        report(.invalidLock("the readers of a lock are a 'set of task'", at: field.span))
      }
    }
    if !program.structs[id.index].fields.contains(where: { $0.name == "holder" }) {
      report(.invalidLock("a lock struct needs a field 'holder: task?'", at: syntax.name.span))
    }
  }

  private func checkRecursiveStructs() {
    var finished: Set<Int> = []
    for index in program.structs.indices {
      var path: [Int] = []
      checkRecursion(index, &path, &finished)
    }
    for pool in program.pools.indices {
      checkSize(program.pools[pool].fields.map(\.type), "an object", at: poolSpans[pool])
    }
    for variable in program.variables where !variable.field.type.isError {
      checkSize([variable.field.type], "'\(variable.field.name)'", at: variable.field.span)
    }
  }

  private func checkSize(_ types: [Type], _ what: String, at span: SourceSpan) {
    let count = types.reduce(0) { min($0 + leaves(of: $1), 1 << 40) }
    if count > Limits.leaves {
      report(.tooMany(what, "single values", found: count, limit: Limits.leaves, at: span))
    }
  }

  /// How many single values a value of the type has; an array over a pool counts as one element.
  private func leaves(of type: Type) -> Int {
    switch type {
    case .structure(let id): structSizes[id.index]?.leaves ?? 1
    case .list(let element, let capacity): 1 + capacity * min(leaves(of: element), 1 << 20)
    case .array(let element, .count(let count)): count * min(leaves(of: element), 1 << 20)
    case .array(let element, .enumeration(let id)):
      program.enums[id.index].cases.count * min(leaves(of: element), 1 << 20)
    case .array(let element, .pool): leaves(of: element)
    default: 1
    }
  }

  private func checkRecursion(_ index: Int, _ path: inout [Int], _ finished: inout Set<Int>) {
    if let start = path.firstIndex(of: index) {
      let cycle = (path[start...] + [index]).map { program.structs[$0].name }
      report(.recursiveStruct(cycle, at: structSpans[index]))
      return
    }
    guard !finished.contains(index) else { return }
    guard path.count < Limits.structDepth else {
      report(.tooDeep("structs", limit: Limits.structDepth, at: structSpans[index]))
      return
    }
    path.append(index)
    for field in program.structs[index].fields {
      if let inner = embedded(field.type) { checkRecursion(inner.index, &path, &finished) }
    }
    path.removeLast()
    finished.insert(index)
    let fields = program.structs[index].fields.map(\.type)
    let inner = fields.compactMap(embedded).compactMap { structSizes[$0.index]?.depth }
    let depth = 1 + (inner.max() ?? 0)
    structSizes[index] = (fields.reduce(0) { min($0 + leaves(of: $1), 1 << 20) }, depth)
    if depth > Limits.structDepth {
      report(.tooDeep("structs", limit: Limits.structDepth, at: structSpans[index]))
    }
    checkSize(fields, "'\(program.structs[index].name)'", at: structSpans[index])
  }

  private func embedded(_ type: Type) -> StructID? {
    switch type {
    case .structure(let id): id
    case .array(let element, _), .list(let element, _): embedded(element)
    default: nil
    }
  }

  // MARK: - Defaults and guards

  func resolveDefaultsAndGuards() {
    resolveLockBits()
    for (id, syntax, module) in pending.structs {
      for (index, field) in syntax.fields.enumerated() {
        program.structs[id.index].fields[index].initial = initial(
          field, type: program.structs[id.index].fields[index].type, in: module, isPool: false)
        setGuards(field, fields: program.structs[id.index].fields, in: module) {
          self.program.structs[id.index].fields[index].guards = $0
          self.program.structs[id.index].fields[index].guardExceptions = $1
        }
      }
    }
    for (id, syntax, module) in pending.wordEnums { resolveCaseDefaults(id, syntax, module) }
    for (id, syntax, module) in pending.pools {
      for (index, field) in syntax.fields.enumerated() {
        program.pools[id.index].fields[index].initial = initial(
          field, type: program.pools[id.index].fields[index].type, in: module, isPool: true)
        setGuards(field, fields: program.pools[id.index].fields, in: module) {
          self.program.pools[id.index].fields[index].guards = $0
          self.program.pools[id.index].fields[index].guardExceptions = $1
        }
      }
    }
    for (index, syntax, module) in pending.variables {
      let type = program.variables[index.index].field.type
      program.variables[index.index].field.initial = initial(
        syntax.field, type: type, in: module, isPool: false)
      resolveVariableGuards(index, syntax, in: module)
    }
  }

  func resolveVariableGuards(_ index: VariableIndex, _ syntax: VariableSyntax, in module: Int) {
    setGuards(
      syntax.field, own: program.variables[index.index].field.type, fields: [], in: module
    ) {
      self.program.variables[index.index].field.guards = $0
      self.program.variables[index.index].field.guardExceptions = $1
    }
  }

  private func resolveCaseDefaults(_ id: StructID, _ syntax: WordEnumSyntax, _ module: Int) {
    for (caseIndex, entry) in syntax.cases.enumerated() {
      let indexes = program.structs[id.index].cases[caseIndex].fields
      for (field, index) in zip(entry.fields, indexes) {
        program.structs[id.index].fields[index].initial = initial(
          field, type: program.structs[id.index].fields[index].type, in: module, isPool: false)
      }
    }
  }

  private func initial(_ field: FieldSyntax, type: Type, in module: Int, isPool: Bool)
    -> Field.Default
  {
    guard let syntax = field.value, !type.isError else { return .ofType }
    if case .name(let name) = syntax, name.text == "holders" {
      guard isPool, case .integer = type else {
        report(
          .notAValue("'holders' (only a number field of a pool starts with it)", at: name.span))
        return .ofType
      }
      return .holders
    }
    let what = "the default of '\(field.name.text)'"
    let checker = CodeChecker(self, module: module, purpose: .constant(what))
    let value = checker.converted(syntax, to: type, target: "'\(field.name.text)'")
    if value.type.isError { return .ofType }
    guard let constant = folded(value) else {
      report(.notConstant(what, at: value.span))
      return .ofType
    }
    return .value(constant)
  }
}
