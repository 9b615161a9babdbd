internal import Machine
internal import Semantics
internal import SourceText

/// What the language knows of locks: who holds them, and that nobody else lets go of them.
extension Emitter {
  /// Keeps the holders of lock bits up to date, and tests that a lock is released by its holder.
  func updateLocks(_ values: [Formula], of place: ResolvedPlace, cell: Cell) {
    if place.lockField == .holder { checkHolder(place, cell: cell, new: values[0]) }
    guard let object = place.object, let path = place.fieldPath else { return }
    if let bit = place.lockBit {
      updateBit(bit, object.reference, old: .read(cell), new: values[0], place)
    } else if case .structure(let id) = place.type, program.structs[id.index].isWord {
      for field in program.structs[id.index].fields.indices {
        guard let bit = build.lockBit(pool: object.pool, path: path + [field]) else { continue }
        let offset = layout.offset(of: field, in: id)
        updateBit(
          bit, object.reference, old: .read(cell.advanced(by: offset)), new: values[offset], place)
      }
    }
  }

  private func checkHolder(_ place: ResolvedPlace, cell: Cell, new: Formula) {
    guard process != nil, isGhost == 0 else { return }
    groupTouchesLedger = true
    let old = Formula.read(cell)
    require(
      .or(.equal(old, .zero), .equal(old, selfValue)),
      failure(
        .badUnlock, span: place.span,
        text: place.text + [
          .literal(" is "), .value(old, .process), .literal(", not the running task"),
        ]))
  }

  func checkReaders(_ place: ResolvedPlace, _ value: Formula, isAdd: Bool, isIn: Formula) {
    guard process != nil, isGhost == 0 else { return }
    groupTouchesLedger = true
    if isAdd { return }
    require(
      isIn,
      failure(
        .badUnlock, span: place.span,
        text: place.text + [.literal(" does not have the running task")]))
  }

  private func updateBit(
    _ bit: Int, _ object: Formula, old: Formula, new: Formula, _ place: ResolvedPlace
  ) {
    guard process != nil, let holder = build.bitHolder(bit, object), new != old else { return }
    groupTouchesLedger = true
    let was = snapshot(old)
    branch(.and(new, .not(was))) { emit(.assign(holder, selfValue)) }
    branch(.and(was, .not(new))) {
      require(
        .or(.equal(.read(holder), .zero), .equal(.read(holder), selfValue)),
        failure(
          .badUnlock, span: place.span,
          text: place.text + [.literal(" is held by "), .value(.read(holder), .process)]))
      emit(.assign(holder, .zero))
    }
  }

  /// Passes a held lock on: `hand_over lock to t`.
  func handOver(_ lock: TypedPlace, to task: TypedExpression, span: SourceSpan) {
    let place = resolve(lock)
    let target = scalar(task)
    guard let holder = holderCell(of: place) else { return }
    let text: [DisplayText.Piece] =
      [.literal("hand_over ")] + place.text + [.literal(" to "), .value(target, .process)]
    inGroup(text: DisplayText(text), label: sourceText(span), span: span) {
      checkAccess(place, isWrite: true, once: true)
      if process != nil {
        require(
          .or(.equal(.read(holder), selfValue), .equal(.read(holder), .zero)),
          failure(
            .badUnlock, span: span,
            text: place.text + [.literal(" is not held by the running task")]))
      }
      groupTouchesLedger = true
      emit(.assign(holder, target))
    }
  }

  /// Where the holder of a lock is kept, be it a struct or a bit.
  func holderCell(of place: ResolvedPlace) -> Cell? {
    if let bit = place.lockBit, let object = place.object {
      return build.bitHolder(bit, object.reference)
    }
    guard case .structure(let id) = place.type, let cell = place.cell,
      let holder = program.structs[id.index].fields.firstIndex(where: { $0.name == "holder" })
    else { return nil }
    return cell.advanced(by: layout.offset(of: holder, in: id))
  }

  /// An object must not be freed while a lock in it is held.
  func checkNoLockHeld(in pool: PoolID, _ reference: Formula, span: SourceSpan) {
    for lock in build.lockCells(in: pool, reference) {
      require(
        .equal(.read(lock.cell), .zero),
        failure(.lockFreed, span: span, text: "\(lock.name) is held while its object is freed"))
    }
  }
}
