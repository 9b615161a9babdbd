internal import Machine
internal import Semantics
internal import SourceText

/// Resolving locations: objects and indexes are evaluated, once and from left to right.
extension Emitter {
  func resolve(_ place: TypedPlace) -> ResolvedPlace {
    switch place.kind {
    case .local(let index): return resolveLocal(index, place)
    case .alias(let index):
      if case .place(var resolved)? = frame.bindings[index.index] {
        resolved.span = place.span
        return resolved
      }
      return resolveLocal(index, place)
    case .variable(let index): return resolveVariable(index, place)
    case .taskVariable(let index, let owner): return resolveTaskVariable(index, owner, place)
    case .scenarioLocal(let index): return resolveScenarioLocal(index, place)
    case .object(let reference, let pool, let field):
      return resolveObjectField(reference, pool, field, place)
    case .field(let base, let field): return resolveField(base, field, place)
    case .element(let base, let index): return resolveElement(base, index, place)
    case .cpuPinned(let cpu): return resolveCPU(cpu, .pinned, ".pinned", place)
    case .cpuInterruptsOff(let cpu): return resolveCPU(cpu, .interruptsOff, ".irqs_off", place)
    }
  }

  private func resolveLocal(_ index: LocalIndex, _ place: TypedPlace) -> ResolvedPlace {
    let name = frame.locals[index.index].name
    let site: ResolvedPlace.Site
    switch frame.bindings[index.index] {
    case .value(let values)?: site = .values(values)
    case .temporaries(let registers)?: site = .temporaries(registers)
    case .place(var resolved)?:
      resolved.span = place.span
      return resolved
    case nil where isPrelude && isOutermost:
      return build.scenarioPlace(index, component: component, type: place.type, span: place.span)
    case nil:
      // A local that no path has set: it has its default.
      site = .values(layout.leaves(of: place.type).map { .constant($0.initial) })
    }
    return ResolvedPlace(
      site: site, type: place.type, location: -1, text: [.literal(name)], label: name,
      span: place.span)
  }

  private func resolveVariable(_ index: VariableIndex, _ place: TypedPlace) -> ResolvedPlace {
    let variable = program.variables[index.index]
    let instance: Int
    if case .scenario = variable.owner { instance = component } else { instance = 0 }
    let root = Root.variable(index, instance: instance)
    let block = build.block(of: root)
    var resolved = ResolvedPlace(
      site: .memory(Cell(VariableID(block.base))), type: place.type,
      location: build.classes.location(root), text: [.literal(variable.field.name)],
      label: variable.field.name, span: place.span)
    addGuards(of: variable.field, owner: nil, to: &resolved)
    markWord(&resolved)
    return resolved
  }

  private func resolveTaskVariable(
    _ index: VariableIndex, _ owner: TypedExpression, _ place: TypedPlace
  ) -> ResolvedPlace {
    let root = Root.taskVariable(index)
    let block = build.block(of: root)
    let name = program.variables[index.index].field.name
    let task = evaluate(owner)[0]
    let isOwn = task == selfValue && process != nil
    let cell = Cell(VariableID(block.base)).indexed(
      .subtract(task, .one), stride: block.stride, count: block.copies)
    var resolved = ResolvedPlace(
      site: .memory(cell), type: place.type, location: build.classes.location(root),
      isForeign: !isOwn,
      text: isOwn ? [.literal(name)] : [.value(task, .process), .literal(".\(name)")],
      label: name, span: place.span)
    if !isOwn { resolved.reference = (task, owner.span) }
    markWord(&resolved)
    return resolved
  }

  private func resolveScenarioLocal(_ index: LocalIndex, _ place: TypedPlace) -> ResolvedPlace {
    build.scenarioPlace(index, component: component, type: place.type, span: place.span)
  }

  private func resolveObjectField(
    _ reference: TypedExpression, _ pool: PoolID, _ field: Int, _ place: TypedPlace
  ) -> ResolvedPlace {
    let value = evaluate(reference)[0]
    let isNeverNil: Bool
    if let constant = value.constantValue {
      isNeverNil = constant != 0
    } else if case .reference(_, let isOptional, _) = reference.type, !isOptional,
      case .register = value
    {
      isNeverNil = true
    } else {
      isNeverNil = false
    }
    var resolved = objectField(
      value, pool, field, label: sourceText(reference.span), span: place.span)
    if !isNeverNil { resolved.reference = (value, reference.span) }
    return resolved
  }

  /// A field of the object that `reference` is, which is not nil.
  func objectField(
    _ reference: Formula, _ pool: PoolID, _ field: Int, label: String? = nil, span: SourceSpan
  ) -> ResolvedPlace {
    let root = Root.field(pool, field)
    let block = build.block(of: root)
    let declaration = program.pools[pool.index].fields[field]
    let cell = Cell(VariableID(block.base)).indexed(
      .subtract(reference, .one), stride: block.stride, count: block.copies)
    let poolName = program.pools[pool.index].name
    var resolved = ResolvedPlace(
      site: .memory(cell), type: declaration.type, location: build.classes.location(root),
      object: (pool, reference),
      text: [.value(reference, .reference(pool: poolName)), .literal(".\(declaration.name)")],
      label: "\(label ?? poolName).\(declaration.name)", span: span)
    addGuards(of: declaration, owner: .object(pool, reference), to: &resolved)
    resolved.lockBit = build.lockBit(pool: pool, path: [field])
    resolved.fieldPath = [field]
    markWord(&resolved)
    return resolved
  }

  private func resolveField(_ base: TypedPlace, _ field: Int, _ place: TypedPlace) -> ResolvedPlace
  {
    var owner = resolve(base)
    owner.span = place.span
    return self.field(field, of: owner)
  }

  /// A field of a struct or word.
  func field(_ field: Int, of owner: ResolvedPlace) -> ResolvedPlace {
    guard case .structure(let id) = owner.type else { return owner }
    let type = program.structs[id.index]
    let declaration = type.fields[field]
    let offset = layout.offset(of: field, in: id)
    var part = owner.part(
      at: offset, size: layout.size(of: declaration.type), type: declaration.type,
      name: ".\(declaration.name)")
    part.fieldPath = owner.fieldPath.map { $0 + [field] }
    if let object = owner.object, let path = part.fieldPath {
      part.lockBit = build.lockBit(pool: object.pool, path: path)
    }
    if type.isWord {
      part.word = owner.word ?? id
      if let index = type.cases.firstIndex(where: { $0.fields.contains(field) }) {
        part.wordCase = tag(of: owner).map { ($0, index, type.cases[index].name) }
      }
      if let exceptions = owner.guardExceptions, exceptions.contains(field) { part.guards = [] }
    } else {
      part.location = owner.location < 0 ? -1 : build.classes.field(field, of: owner.location)
      addGuards(of: declaration, owner: .structure(owner), to: &part)
      if type.kind == .lock {
        part.lockField =
          declaration.name == "holder" ? .holder : declaration.name == "readers" ? .readers : nil
      }
      markWord(&part)
    }
    return part
  }

  /// The number of the case that a word enum has.
  private func tag(of word: ResolvedPlace) -> Formula? {
    switch word.site {
    case .memory(let cell): .read(cell)
    case .temporaries(let registers): registers.first.map { .register($0) }
    case .values(let values): values.first
    }
  }

  private func resolveElement(
    _ base: TypedPlace, _ index: TypedExpression, _ place: TypedPlace
  ) -> ResolvedPlace {
    let array = resolve(base)
    guard case .array(let element, let kind) = array.type else { return array }
    var number = evaluate(index)[0]
    let count = layout.count(of: kind)
    let name: [DisplayText.Piece]
    switch kind {
    case .count:
      require(
        .lies(number, in: 0...Int64(count - 1), known: interval(of: index)),
        failure(
          .outOfRange, span: index.span,
          text: [
            .literal("the index of \(array.label) is "), .failureValue(.number),
            .literal(", outside 0..\(count - 1)"),
          ]), value: number)
      name = [.literal("["), .value(number, .number), .literal("]")]
    case .enumeration:
      name = [.literal("["), .value(number, layout.format(of: index.type)), .literal("]")]
    case .pool:
      require(
        .make(.notEqual, number, .zero),
        failure(.nilDereference, span: index.span, text: "\(sourceText(index.span)) is nil"))
      name = [.literal("["), .value(number, layout.format(of: index.type)), .literal("]")]
      number = .subtract(number, .one)
    }
    return self.element(number, of: array, type: element, name: name, span: place.span)
  }

  /// The element with the zero-based index `number`, which is in range.
  func element(
    _ number: Formula, of array: ResolvedPlace, type: Type, name: [DisplayText.Piece],
    span: SourceSpan
  ) -> ResolvedPlace {
    var part = array
    part.type = type
    part.span = span
    part.text += name
    part.label += "[]"
    part.fieldPath = nil
    let size = layout.size(of: type)
    switch array.site {
    case .memory(let cell):
      let count: Int
      if case .array(_, let kind) = array.type { count = layout.count(of: kind) } else { count = 1 }
      part.site = .memory(cell.indexed(number, stride: size, count: count))
    case .temporaries(let all):
      let start = Int(number.constantValue ?? 0) * size
      part.site = .temporaries(Array(all[start..<(start + size)]))
    case .values(let all):
      let start = Int(number.constantValue ?? 0) * size
      part.site = .values(Array(all[start..<(start + size)]))
    }
    markWord(&part)
    return part
  }

  private func resolveCPU(
    _ cpu: TypedExpression, _ root: Root, _ name: String, _ place: TypedPlace
  ) -> ResolvedPlace {
    let number = evaluate(cpu)[0]
    let block = build.block(of: root)
    let cell = Cell(VariableID(block.base)).indexed(number, stride: 1, count: block.copies)
    return ResolvedPlace(
      site: .memory(cell), type: place.type,
      location: build.classes.cpuLocation(root, cpu: number.constantValue.map(Int.init)),
      text: [.value(number, .cpu), .literal(name)], label: "cpu\(name)", span: place.span)
  }

  private func addGuards(
    of field: Field, owner: ResolvedPlace.Owner?, to place: inout ResolvedPlace
  ) {
    guard !field.guards.isEmpty else { return }
    // A global variable's guards never start at an owner, so any owner will do for it.
    let start = owner ?? .structure(place)
    place.guards += field.guards.map {
      ResolvedPlace.GuardedBy(lock: $0, owner: start, field: field.name)
    }
    place.guardExceptions = Set(field.guardExceptions)
  }

  private func markWord(_ place: inout ResolvedPlace) {
    if case .structure(let id) = place.type, program.structs[id.index].isWord { place.word = id }
  }
}
