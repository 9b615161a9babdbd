internal import Machine
internal import Semantics
internal import SourceText

/// The reference ledger: who owns which reference to an object.
///
/// Each process has a number for each object of a pool. Owning locations count for themselves, so a
/// store to one moves a reference between it and the running process.
extension Emitter {
  /// `credit(p)` and `debit(p)`.
  func changeLedger(_ object: TypedExpression, by change: Int, span: SourceSpan) {
    guard case .reference(let pool, _, _) = object.type, process != nil else { return }
    let body = {
      let reference = self.scalar(object)
      self.require(
        .make(.notEqual, reference, .zero),
        self.failure(
          .nilDereference, span: object.span, text: "\(self.sourceText(object.span)) is nil"))
      self.adjustLedger(pool, reference, by: change)
    }
    if mode == .steps { asGhost(body) } else { body() }
  }

  /// Moves references when an owning location changes from one object to another.
  func passReference(from old: Formula, to new: Formula, pool: PoolID) {
    guard process != nil, old != new else { return }
    let previous = new.readsNoState ? old : snapshot(old)
    branch(.make(.notEqual, new, .zero)) { adjustLedger(pool, new, by: -1) }
    branch(.make(.notEqual, previous, .zero)) { adjustLedger(pool, previous, by: 1) }
  }

  /// A list that holds takes a reference from the ledger, or gives it back.
  func passHeld(_ value: [Formula], of element: Type, isTaken: Bool) {
    guard case .reference(let pool, _, true) = element else { return }
    branch(.make(.notEqual, value[0], .zero)) {
      adjustLedger(pool, value[0], by: isTaken ? 1 : -1)
    }
  }

  /// Adds to the running process's number for an object that is not nil.
  func adjustLedger(_ pool: PoolID, _ reference: Formula, by change: Int) {
    guard let process else { return }
    groupTouchesLedger = true
    let cell = build.ledgerCell(pool, process, reference)
    let value = Formula.add(.read(cell), .constant(Int64(change)))
    let bound = SystemBuilder.ledgerRange
    require(
      change > 0
        ? .make(.less, .read(cell), .constant(bound.upperBound))
        : .make(.less, .constant(bound.lowerBound), .read(cell)),
      failure(
        .outOfRange, span: currentSpan,
        text: "the ledger would leave \(bound.lowerBound)..\(bound.upperBound)"))
    emit(.assign(cell, value))
  }

  private var currentSpan: SourceSpan {
    group.map { graph.groups[$0].span } ?? frames.last?.span ?? build.check.span
  }

  /// `holders(p)`: the ledgers and the owning locations that count for the object.
  func holders(of reference: Formula, type: Type) -> Formula {
    guard case .reference(let pool, _, _) = type else { return .zero }
    return build.holders(of: reference, pool: pool)
  }

  /// Outside locks a ledger must not be negative: the process would use a reference of others.
  func checkLedgerIsOwned(span: SourceSpan) {
    guard let process else { return }
    for pool in program.pools.indices.map({ PoolID($0) }) where build.storage.has(.ledger(pool)) {
      for object in 1...max(1, layout.poolSize(pool)) where layout.poolSize(pool) > 0 {
        let cell = build.ledgerCell(pool, process, .constant(Int64(object)))
        branch(.make(.less, .read(cell), .zero)) {
          let name = program.pools[pool.index].name
          self.require(
            self.build.holdsSomeLock(process),
            self.failure(
              .referenceNotOwned, span: span,
              text:
                "\(self.build.name(of: process)) gave up a reference to \(name)\(object - 1) "
                + "that it does not own"
            ))
        }
      }
    }
  }

  /// What must be true when a process ends.
  func checkEnd(span: SourceSpan) {
    guard let process else { return }
    let name = build.name(of: process)
    for lock in build.locks {
      let free = Formula.make(.notEqual, .read(Cell(lock.holder)), selfValue)
      require(
        free,
        failure(.lockHeldAtEnd, span: span, text: "\(name) ends and still holds \(lock.name)"))
      if let readers = lock.readers {
        require(
          .not(.hasBit(.read(Cell(readers)), .subtract(selfValue, .one))),
          failure(.lockHeldAtEnd, span: span, text: "\(name) ends and still shares \(lock.name)"))
      }
    }
    checkCPUAtEnd(name, span: span)
    for pool in program.pools.indices.map({ PoolID($0) }) where build.storage.has(.ledger(pool)) {
      for object in 1...max(1, layout.poolSize(pool)) where layout.poolSize(pool) > 0 {
        let cell = build.ledgerCell(pool, process, .constant(Int64(object)))
        let shown = "\(program.pools[pool.index].name)\(object - 1)"
        require(
          .make(.lessOrEqual, .read(cell), .zero),
          failure(
            .referenceLeaked, span: span,
            text: "\(name) ends and still owns a reference to \(shown)"))
        require(
          .make(.lessOrEqual, .zero, .read(cell)),
          failure(
            .referenceNotOwned, span: span,
            text: "\(name) ends and has given up a reference to \(shown) that it did not own"))
      }
    }
  }

  private func checkCPUAtEnd(_ name: String, span: SourceSpan) {
    let cpu = self.cpuOfSelf
    if let block = build.storage.blocks[.pinned] {
      let cell = Cell(VariableID(block.base)).indexed(cpu, stride: 1, count: block.copies)
      require(
        .make(.notEqual, .read(cell), selfValue),
        failure(.cpuPinnedAtEnd, span: span, text: "\(name) ends and its CPU is still pinned"))
    }
    if let block = build.storage.blocks[.interruptsOff] {
      let cell = Cell(VariableID(block.base)).indexed(cpu, stride: 1, count: block.copies)
      require(
        .not(.read(cell)),
        failure(
          .interruptsOffAtEnd, span: span, text: "\(name) ends and interrupts are still off"))
    }
  }

  private var cpuOfSelf: Formula {
    process.map { build.cpu(of: $0) } ?? .zero
  }
}
