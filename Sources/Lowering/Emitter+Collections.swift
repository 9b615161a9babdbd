internal import Machine
internal import Semantics
internal import SourceText

/// Operations on lists and sets: one step each.
extension Emitter {
  func collection(
    _ operation: CollectionOperation, _ target: TypedPlace, _ operands: [TypedExpression],
    span: SourceSpan
  ) -> [Formula] {
    let place = resolve(target)
    let element = elementType(of: place.type)
    let arguments = operands.map { converted($0, to: element) }
    let shown = arguments.flatMap { display($0, of: element) }
    let text =
      place.text + [.literal(".\(operation.rawValue)(")] + shown + [.literal(")")]
    guard place.cell != nil else { return localCollection(operation, place, operands) }
    var result: [Formula] = []
    inGroup(text: DisplayText(text), label: sourceText(span), span: span) {
      let changes = ![.contains, .count, .first, .last, .isEmpty].contains(operation)
      checkAccess(place, isWrite: changes, once: false)
      if case .list = place.type {
        result = listOperation(operation, place, arguments.first ?? [], span: span)
      } else {
        result = setOperation(operation, place, arguments.first ?? [], operands, span: span)
      }
      if !readsDirectly { result = result.map(snapshot) }
    }
    return result
  }

  private func elementType(of type: Type) -> Type {
    switch type {
    case .list(let element, _), .set(let element): element
    default: .none
    }
  }

  // MARK: - Lists

  /// The parts of a list in memory.
  struct ListParts {
    var cell: Cell
    var element: Type
    var size: Int
    var capacity: Int
    var count: Formula { .read(cell) }

    func leaf(_ index: Int, _ part: Int) -> Cell { cell.advanced(by: 1 + index * size + part) }
  }

  func listParts(_ place: ResolvedPlace) -> ListParts? {
    guard case .list(let element, let capacity) = place.type, let cell = place.cell else {
      return nil
    }
    return ListParts(
      cell: cell, element: element, size: layout.size(of: element), capacity: capacity)
  }

  private func listOperation(
    _ operation: CollectionOperation, _ place: ResolvedPlace, _ value: [Formula], span: SourceSpan
  ) -> [Formula] {
    guard let list = listParts(place) else { return [.zero] }
    switch operation {
    case .count: return [list.count]
    case .isEmpty: return [.equal(list.count, .zero)]
    case .contains: return [contains(value, list)]
    case .first, .last:
      requireElement(list, place, span)
      return element(operation == .first ? .zero : .subtract(list.count, .one), of: list)
    case .push, .pushFront:
      push(value, onto: list, atFront: operation == .pushFront, place, span)
      return []
    case .pop, .popFront:
      requireElement(list, place, span)
      let position: Formula = operation == .popFront ? .zero : .subtract(list.count, .one)
      let taken = element(position, of: list).map(snapshot)
      take(at: position, from: list)
      passHeld(taken, of: list.element, isTaken: true)
      return taken
    default:
      remove(value, from: list, place, span)
      passHeld(value, of: list.element, isTaken: true)
      return []
    }
  }

  private func requireElement(_ list: ListParts, _ place: ResolvedPlace, _ span: SourceSpan) {
    require(
      .make(.less, .zero, list.count),
      failure(.notOnList, span: span, text: place.text + [.literal(" is empty")]))
  }

  func element(_ index: Formula, of list: ListParts) -> [Formula] {
    (0..<list.size).map {
      .read(
        list.cell.advanced(by: 1 + $0).indexed(index, stride: list.size, count: list.capacity))
    }
  }

  func contains(_ value: [Formula], _ list: ListParts) -> Formula {
    (0..<list.capacity).reduce(.zero) { result, index in
      let same = (0..<list.size).reduce(Formula.one) {
        .and($0, .equal(.read(list.leaf(index, $1)), value[$1]))
      }
      return .or(result, .and(.make(.less, .constant(Int64(index)), list.count), same))
    }
  }

  private func push(
    _ value: [Formula], onto list: ListParts, atFront: Bool, _ place: ResolvedPlace,
    _ span: SourceSpan
  ) {
    require(
      .make(.less, list.count, .constant(Int64(list.capacity))),
      failure(
        .outOfRange, span: span,
        text: place.text + [.literal(" is full: it has room for \(list.capacity)")]))
    passHeld(value, of: list.element, isTaken: false)
    if atFront {
      for index in stride(from: list.capacity - 1, to: 0, by: -1) {
        for part in 0..<list.size {
          emit(.assign(list.leaf(index, part), .read(list.leaf(index - 1, part))))
        }
      }
      for part in 0..<list.size { emit(.assign(list.leaf(0, part), value[part])) }
    } else {
      for part in 0..<list.size {
        let end = list.cell.advanced(by: 1 + part).indexed(
          list.count, stride: list.size, count: list.capacity)
        emit(.assign(end, value[part]))
      }
    }
    emit(.assign(list.cell, .add(list.count, .one)))
  }

  /// Takes the element at `position` out; those behind it move up and a default fills the end.
  private func take(at position: Formula, from list: ListParts) {
    let start = snapshot(position)
    let defaults = layout.leaves(of: list.element).map { $0.lower > 0 ? $0.lower : 0 }
    for index in 0..<list.capacity {
      for part in 0..<list.size {
        let next: Formula =
          index + 1 < list.capacity
          ? .read(list.leaf(index + 1, part)) : .constant(defaults[part])
        let moved = Formula.choice(
          .make(.lessOrEqual, start, .constant(Int64(index))), next, .read(list.leaf(index, part)))
        emit(.assign(list.leaf(index, part), moved))
      }
    }
    emit(.assign(list.cell, .subtract(list.count, .one)))
  }

  private func remove(
    _ value: [Formula], from list: ListParts, _ place: ResolvedPlace, _ span: SourceSpan
  ) {
    require(
      contains(value, list),
      failure(
        .notOnList, span: span,
        text: display(value, of: list.element) + [.literal(" is not on ")] + place.text))
    take(at: index(of: value, in: list), from: list)
  }

  /// The position of the first equal element, of a list that has one.
  func index(of value: [Formula], in list: ListParts) -> Formula {
    (0..<list.capacity).reversed().reduce(.constant(Int64(list.capacity - 1))) { result, index in
      let same = (0..<list.size).reduce(Formula.one) {
        .and($0, .equal(.read(list.leaf(index, $1)), value[$1]))
      }
      return .choice(same, .constant(Int64(index)), result)
    }
  }

  /// `move x from a to b`: the reference, if the lists hold one, passes from list to list.
  func move(
    _ element: TypedExpression, _ from: TypedPlace, _ to: TypedPlace, span: SourceSpan
  ) {
    let (source, target) = (resolve(from), resolve(to))
    guard let first = listParts(source), let second = listParts(target) else { return }
    let value = converted(element, to: first.element)
    let text: [DisplayText.Piece] =
      [.literal("move ")] + display(value, of: first.element) + [.literal(" from ")] + source.text
      + [.literal(" to ")] + target.text
    inGroup(text: DisplayText(text), label: sourceText(span), span: span) {
      checkAccess(source, isWrite: true, once: false)
      checkAccess(target, isWrite: true, once: false)
      remove(value, from: first, source, span)
      passHeld(value, of: first.element, isTaken: true)
      push(value, onto: second, atFront: false, target, span)
    }
  }

  // MARK: - Sets

  private func setOperation(
    _ operation: CollectionOperation, _ place: ResolvedPlace, _ value: [Formula],
    _ operands: [TypedExpression], span: SourceSpan
  ) -> [Formula] {
    guard case .set(let element) = place.type, let cell = place.cell else { return [.zero] }
    let mask = Formula.read(cell)
    switch operation {
    case .count: return [.unary(.populationCount, mask)]
    case .isEmpty: return [.equal(mask, .zero)]
    case .contains: return [.hasBit(mask, memberIndex(value[0], element, span: operands[0].span))]
    default:
      let member = Formula.bit(memberIndex(value[0], element, span: operands[0].span))
      let changed: Formula =
        operation == .add ? .make(.bitOr, mask, member) : .make(.bitAndNot, mask, member)
      changeSet(place, element, value[0], isAdd: operation == .add, mask: mask, member: member)
      emit(.assign(cell, changed))
      return []
    }
  }

  /// What a change of a set means to ledgers and locks.
  private func changeSet(
    _ place: ResolvedPlace, _ element: Type, _ value: Formula, isAdd: Bool, mask: Formula,
    member: Formula
  ) {
    let isIn = Formula.make(.notEqual, .make(.bitAnd, mask, member), .zero)
    if place.lockField == .readers { checkReaders(place, value, isAdd: isAdd, isIn: isIn) }
    if case .reference(let pool, _, true) = element {
      branch(isAdd ? .not(isIn) : isIn) {
        self.adjustLedger(pool, value, by: isAdd ? -1 : 1)
      }
    }
  }

  func setOperation(
    _ operation: CollectionOperation, _ set: TypedExpression, _ operands: [TypedExpression]
  ) -> Formula {
    let mask = evaluate(set)[0]
    switch operation {
    case .count: return .unary(.populationCount, mask)
    case .isEmpty: return .equal(mask, .zero)
    default:
      guard case .set(let element) = set.type, let operand = operands.first else { return .zero }
      return .hasBit(mask, memberIndex(scalar(operand), element, span: operand.span))
    }
  }

  /// An operation on a set that is a local.
  private func localCollection(
    _ operation: CollectionOperation, _ place: ResolvedPlace, _ operands: [TypedExpression]
  ) -> [Formula] {
    guard case .set(let element) = place.type else { return [.zero] }
    let mask = load(place)[0]
    switch operation {
    case .count: return [.unary(.populationCount, mask)]
    case .isEmpty: return [.equal(mask, .zero)]
    default: break
    }
    let index = memberIndex(scalar(operands[0]), element, span: operands[0].span)
    switch operation {
    case .contains: return [.hasBit(mask, index)]
    case .add: store([.make(.bitOr, mask, .bit(index))], to: place)
    default: store([.make(.bitAndNot, mask, .bit(index))], to: place)
    }
    return []
  }
}
