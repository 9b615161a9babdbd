internal import Machine
internal import Semantics
internal import SourceText

/// Loading from and storing to resolved locations.
extension Emitter {
  /// Loads the value in a location: one operation, unless it is a local.
  func load(_ place: ResolvedPlace, once: Bool = false) -> [Formula] {
    switch place.site {
    case .values(let values): return values
    case .temporaries(let registers):
      checkCase(place)
      return registers.map { .register($0) }
    case .memory(let cell):
      var result: [Formula] = []
      let isOwnGroup = mode == .steps
      let format = layout.leaves(of: place.type).first?.format ?? .number
      let shown: [DisplayText.Piece] =
        layout.size(of: place.type) == 1 ? [.literal(" -> "), .value(.read(cell), format)] : []
      // READ_ONCE and WRITE_ONCE are steps whoever else looks.
      inGroup(
        forced: once, text: DisplayText([.literal("load ")] + place.text + shown),
        label: "load \(place.label)",
        span: place.span
      ) {
        if isOwnGroup, let group { graph.groups[group].isLoad = true }
        checkAccess(place, isWrite: false, once: once)
        let reads = (0..<layout.size(of: place.type)).map { Formula.read(cell.advanced(by: $0)) }
        if readsDirectly {
          result = reads
        } else {
          let registers = makeTemporaries(for: place.type, name: place.label)
          for id in registers { graph.temporaries[Int(id.index)].isNameBorrowed = true }
          for (id, read) in zip(registers, reads) { set(id, read) }
          result = registers.map { .register($0) }
        }
      }
      return result
    }
  }

  /// Stores a value to a location: one operation, unless it is a local.
  ///
  /// The `check` of the value is part of the store.
  func store(
    _ values: [Formula], to place: ResolvedPlace, once: Bool = false, check: () -> Void = {}
  ) {
    switch place.site {
    case .values: break
    case .temporaries(let registers):
      checkCase(place)
      check()
      for (id, value) in zip(registers, values) { set(id, value) }
    case .memory(let cell):
      let format = layout.leaves(of: place.type).first?.format ?? .number
      let shown: [DisplayText.Piece] =
        values.count == 1
        ? [.literal(" = "), .value(values[0], format)] : [.literal(" = \u{2026}")]
      inGroup(
        forced: once, text: DisplayText(place.text + shown), label: "store \(place.label)",
        span: place.span
      ) {
        checkAccess(place, isWrite: true, once: once)
        check()
        write(values, to: place, cell: cell)
      }
    }
  }

  /// Writes the leaves of a location, keeping ledgers and lock holders in step.
  func write(_ values: [Formula], to place: ResolvedPlace, cell: Cell) {
    let leaves = layout.leaves(of: place.type)
    for (index, value) in values.enumerated() {
      let target = cell.advanced(by: index)
      if let pool = leaves[index].holds, !leaves[index].isSet {
        passReference(from: .read(target), to: value, pool: pool)
      }
    }
    updateLocks(values, of: place, cell: cell)
    for (index, value) in values.enumerated() where value != .read(cell.advanced(by: index)) {
      emit(.assign(cell.advanced(by: index), value))
    }
  }

  /// What every access of code is tested for: the object lives, the guards are held.
  func checkAccess(_ place: ResolvedPlace, isWrite: Bool, once: Bool) {
    if let (reference, span) = place.reference {
      require(
        .make(.notEqual, reference, .zero),
        failure(.nilDereference, span: span, text: "\(sourceText(span)) is nil"))
    }
    if let object = place.object { checkLives(object, once: once, place: place) }
    checkCase(place)
    if place.location >= 0 {
      if isPlainRequire {
        graph.requireReads.append(
          Graph.RequireRead(
            node: graph.nodes.count, location: place.location, label: place.label, span: place.span)
        )
      }
      record(place.location, isWrite: isWrite, isForeign: place.isForeign)
      note("\(isWrite ? "store" : "load") \(place.label)")
    }
    guard isGhost == 0, requireDepth == 0, !once, case .process = purpose else { return }
    checkGuards(place, isWrite: isWrite)
  }

  /// Tests that the word enum around a field has the field's case.
  func checkCase(_ place: ResolvedPlace) {
    guard let (tag, index, name) = place.wordCase else { return }
    require(
      .equal(tag, .constant(Int64(index))),
      failure(
        .wrongCase, span: place.span,
        text: place.text + [.literal(" does not exist: the word is not '\(name)'")]))
  }

  private func checkLives(
    _ object: (pool: PoolID, reference: Formula), once: Bool, place: ResolvedPlace
  ) {
    let kind = program.pools[object.pool.index].kind
    guard kind != .fixed, build.changesLife(of: object.pool), !(once && kind == .stable) else {
      return
    }
    if case .prelude = purpose { return }
    let name = program.pools[object.pool.index].name
    require(
      .read(build.liveCell(object.pool, object.reference)),
      failure(
        .useAfterFree, span: place.span,
        text: [
          .value(object.reference, .reference(pool: name)),
          .literal(" has been freed; \(place.label) is no more"),
        ]))
  }

  private func checkGuards(_ place: ResolvedPlace, isWrite: Bool) {
    guard !place.guards.isEmpty else { return }
    let held = place.guards.map { lockState($0, isWrite: isWrite, span: place.span) }
    let condition = held.dropFirst().reduce(held[0]) { isWrite ? .and($0, $1) : .or($0, $1) }
    require(
      condition,
      failure(
        .unguardedAccess, span: place.span,
        text: place.text + [
          .literal(" is \(isWrite ? "written" : "read") without its lock")
        ]))
  }

  /// Whether the running task holds a guard in the way that the access needs.
  private func lockState(
    _ guarded: ResolvedPlace.GuardedBy, isWrite: Bool, span: SourceSpan
  ) -> Formula {
    let saved = readsDirectly
    readsDirectly = true
    defer { readsDirectly = saved }
    let (lock, reachable) = resolveGuard(guarded, span: span)
    if let lock, lock.lockBit != nil, let holder = holderCell(of: lock) {
      return .and(reachable, .equal(.read(holder), selfValue))
    }
    guard let lock, case .structure(let id) = lock.type, let cell = lock.cell else { return .one }
    let type = program.structs[id.index]
    var state = Formula.zero
    if let holder = type.fields.firstIndex(where: { $0.name == "holder" }) {
      state = .equal(.read(cell.advanced(by: layout.offset(of: holder, in: id))), selfValue)
    }
    if !isWrite, let readers = type.fields.firstIndex(where: { $0.name == "readers" }) {
      let mask = Formula.read(cell.advanced(by: layout.offset(of: readers, in: id)))
      state = .or(state, .hasBit(mask, .subtract(selfValue, .one)))
    }
    return .and(reachable, state)
  }

  /// The lock that a guard names, and whether no reference on the way to it is nil.
  private func resolveGuard(
    _ guarded: ResolvedPlace.GuardedBy, span: SourceSpan
  ) -> (lock: ResolvedPlace?, reachable: Formula) {
    switch guarded.lock {
    case .global(let variable, let path):
      let declared = program.variables[variable.index]
      let place = TypedPlace(.variable(variable), type: declared.field.type, span: span)
      return followPath(path, from: resolve(place), span: span)
    case .path(let path):
      switch guarded.owner {
      case .structure(let owner): return followPath(path, from: owner, span: span)
      case .object(let pool, let reference):
        guard let first = path.first else { return (nil, .one) }
        let place = objectField(reference, pool, first.field, span: span)
        return followPath(Array(path.dropFirst()), from: place, span: span)
      }
    }
  }

  private func followPath(
    _ path: [FieldStep], from start: ResolvedPlace, span: SourceSpan
  ) -> (lock: ResolvedPlace?, reachable: Formula) {
    var place = start
    var reachable = Formula.one
    for step in path {
      if case .reference(let pool, _, _) = place.type, let cell = place.cell {
        let reference = Formula.read(cell)
        reachable = .and(reachable, .make(.notEqual, reference, .zero))
        // A nil on the way makes the guard count as not held; any valid index will do then.
        let index = Formula.choice(.make(.notEqual, reference, .zero), reference, .one)
        place = objectField(index, pool, step.field, span: span)
      } else {
        place = field(step.field, of: place)
      }
    }
    return (place, reachable)
  }

  /// The whole of an assignment: the target first, then the value, then the store.
  func assign(_ target: TypedPlace, _ value: TypedExpression, once: Bool) {
    let place = resolve(target)
    if case .array = place.type { return copy(value, to: place) }
    if case .structure(let id) = place.type, !program.structs[id.index].isWord {
      return copy(value, to: place)
    }
    if needsWholeWord(place) { return assignWordField(place, value, target) }
    let values = evaluate(value)
    store(values, to: place, once: once) {
      check(values, of: value, fit: place.type, place: place.label)
    }
  }

  /// Whether storing to the place is a load and a store of the word around it.
  private func needsWholeWord(_ place: ResolvedPlace) -> Bool {
    guard let word = place.word, place.type != .structure(word), place.cell != nil else {
      return false
    }
    return program.structs[word.index].kind == .word && mode == .steps
  }

  /// A field of a plain word is stored by loading the word, and storing it changed.
  private func assignWordField(
    _ place: ResolvedPlace, _ value: TypedExpression, _ target: TypedPlace
  ) {
    guard let (word, offset) = enclosingWord(of: target, place) else { return }
    var leaves = load(word)
    let values = evaluate(value)
    leaves.replaceSubrange(offset..<(offset + values.count), with: values)
    let own = caseInLoadedWord(place, leaves)
    store(leaves, to: word) {
      checkCase(own)
      check(values, of: value, fit: place.type, place: place.label)
    }
  }

  /// The place with the tag of its word as it was loaded.
  func caseInLoadedWord(_ place: ResolvedPlace, _ leaves: [Formula]) -> ResolvedPlace {
    var own = place
    if let wordCase = place.wordCase, let tag = leaves.first {
      own.wordCase = (tag, wordCase.index, wordCase.name)
    }
    return own
  }

  /// The word that a field is in, and the leaves before the field.
  func enclosingWord(
    of target: TypedPlace, _ place: ResolvedPlace
  ) -> (word: ResolvedPlace, offset: Int)? {
    guard let word = place.word, let cell = place.cell else { return nil }
    var offset = 0
    var current = target
    while case .field(let base, let field) = current.kind, case .structure(let id) = base.type,
      program.structs[id.index].isWord
    {
      offset += layout.offset(of: field, in: id)
      current = base
    }
    var whole = place
    whole.type = .structure(word)
    whole.site = .memory(cell.advanced(by: -offset))
    whole.lockBit = nil
    whole.lockField = nil
    whole.wordCase = nil
    whole.text.removeLast()
    whole.label = String(
      whole.label.prefix(upTo: whole.label.lastIndex(of: ".") ?? whole.label.endIndex))
    return (whole, offset)
  }

  /// Copies a struct or array: a load and a store for each location in it, in order.
  private func copy(_ value: TypedExpression, to target: ResolvedPlace) {
    if case .load(let place, _) = value.kind {
      let source = resolve(place)
      return forEachLocation(of: target, source) { to, from in self.store(self.load(from), to: to) }
    }
    let values = evaluate(value)
    var offset = 0
    forEachLocation(of: target, target) { to, _ in
      let size = self.layout.size(of: to.type)
      self.store(Array(values[offset..<(offset + size)]), to: to)
      offset += size
    }
  }

  private func forEachLocation(
    of first: ResolvedPlace, _ second: ResolvedPlace,
    _ body: (ResolvedPlace, ResolvedPlace) -> Void
  ) {
    switch first.type {
    case .array(let element, let index):
      for number in 0..<layout.count(of: index) {
        let (n, name) = (
          Formula.constant(Int64(number)), [DisplayText.Piece.literal("[\(number)]")]
        )
        forEachLocation(
          of: self.element(n, of: first, type: element, name: name, span: first.span),
          self.element(n, of: second, type: element, name: name, span: second.span), body)
      }
    case .structure(let id) where !program.structs[id.index].isWord:
      for field in program.structs[id.index].fields.indices {
        forEachLocation(of: self.field(field, of: first), self.field(field, of: second), body)
      }
    default: body(first, second)
    }
  }
}
