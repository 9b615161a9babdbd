internal import Machine
internal import Semantics
internal import SourceText

/// `new`, `free`, whether an object lives, and operations on one location in one step.
extension Emitter {
  /// `new T { … }`: a choice over the dead objects; in the prelude the first of them.
  func new(_ pool: PoolID, _ fields: [FieldValue], span: SourceSpan) -> Formula {
    let type = program.pools[pool.index]
    let given = fields.map { field in
      (field.field, converted(field.value, to: type.fields[field.field].type))
    }
    if case .prelude = purpose { return newInPrelude(pool, given, span: span) }
    build.noteLifeChange(of: pool)
    let object = makeTemporary(
      1...Int64(max(1, layout.poolSize(pool))),
      layout.format(of: .reference(pool, isOptional: false, holds: false)), name: type.name)
    inGroup(
      forced: true, text: DisplayText("new \(type.name)"), label: sourceText(span), span: span
    ) {
      let count = layout.poolSize(pool)
      let someDead = (1...max(1, count)).reduce(Formula.zero) {
        .or($0, .not(.read(build.liveCell(pool, .constant(Int64($1))))))
      }
      require(
        count == 0 ? .zero : someDead,
        failure(.poolExhausted, span: span, text: "all \(count) objects of \(type.name) are alive"))
      guard count > 0 else { return }
      let choice = makeTemporary(0...Int64(count - 1), .number)
      emit(.choose(choice, count: count))
      set(object, .add(.register(choice), .one))
      emit(.await(.not(.read(build.liveCell(pool, .register(object))))))
      note("new \(type.name)")
      initialise(.register(object), pool, given, isPrelude: false)
    }
    return .register(object)
  }

  private func newInPrelude(
    _ pool: PoolID, _ given: [(Int, [Formula])], span: SourceSpan
  ) -> Formula {
    let type = program.pools[pool.index]
    let count = layout.poolSize(pool)
    if let number = build.nextStaticObject(of: pool) {
      require(
        number <= count ? .one : .zero,
        failure(.poolExhausted, span: span, text: "\(type.name) has only \(count) objects"))
      guard number <= count else { return .one }
      let object = Formula.constant(Int64(number))
      initialise(object, pool, given, isPrelude: true)
      build.noteGiven(pool, object: number, fields: given.map(\.0))
      return object
    }
    let object = makeTemporary(0...Int64(count), .number, name: type.name)
    graph.temporaries[Int(object.index)].isSingle = false
    let firstDead = (1...max(1, count)).reversed().reduce(Formula.zero) {
      .choice(.not(.read(build.liveCell(pool, .constant(Int64($1))))), .constant(Int64($1)), $0)
    }
    set(object, count == 0 ? .zero : firstDead)
    require(
      .make(.notEqual, .register(object), .zero),
      failure(.poolExhausted, span: span, text: "\(type.name) has only \(count) objects"))
    initialise(.register(object), pool, given, isPrelude: true)
    return snapshot(.register(object))
  }

  private func initialise(
    _ object: Formula, _ pool: PoolID, _ given: [(Int, [Formula])], isPrelude: Bool
  ) {
    if build.storage.has(.live(pool)) || program.pools[pool.index].kind != .fixed {
      emit(.assign(build.liveCell(pool, object), .one))
    }
    for (field, values) in given {
      let place = objectField(
        object, pool, field, span: program.pools[pool.index].fields[field].span)
      guard let cell = place.cell else { continue }
      if !isPrelude { record(place.location, isWrite: true) }
      write(values, to: place, cell: cell)
    }
    guard !isPrelude else { return }
    for field in program.pools[pool.index].fields.indices
    where !given.contains(where: { $0.0 == field }) {
      guard build.storage.has(.field(pool, field)) else { continue }
      record(build.classes.location(.field(pool, field)), isWrite: true)
    }
  }

  /// `free x`: the object is dead, its fields have their defaults, references to it dangle.
  func free(_ object: TypedExpression, span: SourceSpan) {
    guard case .reference(let pool, _, _) = object.type else { return }
    let reference = scalar(object)
    let type = program.pools[pool.index]
    require(
      .make(.notEqual, reference, .zero),
      failure(.nilDereference, span: object.span, text: "\(sourceText(object.span)) is nil"))
    build.noteLifeChange(of: pool)
    let shown = display([reference], of: object.type)
    inGroup(
      forced: true, text: DisplayText([.literal("free ")] + shown), label: sourceText(span),
      span: span
    ) {
      let live = build.liveCell(pool, reference)
      require(
        .read(live),
        failure(.doubleFree, span: span, text: shown + [.literal(" is dead already")]))
      checkNoLockHeld(in: pool, reference, span: span)
      note("free \(type.name)")
      emit(.assign(live, .zero))
      for field in type.fields.indices where build.storage.has(.field(pool, field)) {
        let place = objectField(reference, pool, field, span: span)
        guard let cell = place.cell else { continue }
        record(place.location, isWrite: true)
        resetField(type.fields[field], cell: cell)
      }
      for bit in program.lockBits.indices where program.lockBits[bit].pool == pool {
        if let holder = build.bitHolder(bit, reference) { emit(.assign(holder, .zero)) }
      }
    }
  }

  private func resetField(_ field: Field, cell: Cell) {
    let leaves = layout.leaves(of: field.type)
    for (offset, value) in layout.initialValues(of: field).enumerated() {
      let target = cell.advanced(by: offset)
      if let pool = leaves[offset].holds, !leaves[offset].isSet {
        passReference(from: .read(target), to: .zero, pool: pool)
      }
      emit(.assign(target, .constant(value)))
    }
  }

  func isLive(_ object: TypedExpression) -> Formula {
    guard case .reference(let pool, _, _) = object.type else { return .zero }
    let reference = scalar(object)
    require(
      reference.constantValue.map { $0 != 0 ? .one : .zero } ?? .make(.notEqual, reference, .zero),
      failure(.nilDereference, span: object.span, text: "\(sourceText(object.span)) is nil"))
    if program.pools[pool.index].kind == .fixed { return .one }
    return .read(build.liveCell(pool, reference))
  }

  // MARK: - Operations on one location

  /// The result of a built-in operation: one formula for each leaf of the place's type where it is
  /// the old value, and a truth value otherwise.
  func atomicOperation(
    _ operation: AtomicOperation, _ target: TypedPlace, _ operands: [TypedExpression],
    span: SourceSpan
  ) -> [Formula] {
    let place = resolve(target)
    let values = operands.map { converted($0, to: place.type) }
    let shown = values.flatMap { [.literal(", ")] + display($0, of: place.type) }
    var result: [Formula] = []
    inGroup(
      text: DisplayText(
        [.literal("\(operation.rawValue)(")] + place.text + shown + [.literal(")")]),
      label: sourceText(span), span: span
    ) {
      if place.cell != nil { checkAccess(place, isWrite: true, once: false) }
      result = perform(operation, place, values, span: span)
    }
    return result
  }

  private func perform(
    _ operation: AtomicOperation, _ place: ResolvedPlace, _ values: [[Formula]], span: SourceSpan
  ) -> [Formula] {
    let leaves = layout.leaves(of: place.type)
    let old = zip(current(place), leaves).map { value, leaf in
      let id = makeTemporary(leaf.lower...leaf.upper, leaf.format)
      set(id, value)
      return Formula.register(id)
    }
    let put = { (new: [Formula]) in
      if let cell = place.cell {
        self.write(new, to: place, cell: cell)
      } else {
        self.store(new, to: place)
      }
    }
    switch operation {
    case .testAndSet: put([.one])
    case .testAndClear: put([.zero])
    case .exchange: put(values[0])
    case .compareExchange:
      let same = zip(old, values[0]).reduce(Formula.one) { .and($0, .equal($1.0, $1.1)) }
      branch(same) { put(values[1]) }
    case .decrementAndTest:
      let result = Formula.subtract(old[0], .one)
      if case .integer(let range) = place.type {
        require(
          .make(.less, .constant(range.lowerBound), old[0]),
          failure(
            .outOfRange, span: span,
            text: place.text + [
              .literal(" would become "), .failureValue(.number),
              .literal(", outside \(range.lowerBound)..\(range.upperBound)"),
            ]), value: result)
      }
      put([result])
      return [.equal(result, .zero)]
    }
    return old
  }

  private func current(_ place: ResolvedPlace) -> [Formula] {
    switch place.site {
    case .values(let values): values
    case .temporaries(let registers): registers.map { .register($0) }
    case .memory(let cell):
      (0..<layout.size(of: place.type)).map { .read(cell.advanced(by: $0)) }
    }
  }
}
