internal import Machine
internal import Semantics
internal import SourceText

/// `choose`, `for` and quantifiers: everything that ranges over a domain.
extension Emitter {
  /// A domain cut into numbered candidates: at most `count`, each with a value and a condition.
  struct Candidates {
    var count: Int
    /// The value of the candidate with the given number.
    var value: (Formula) -> Formula
    /// Whether the candidate with the given number is in the domain.
    var isIn: (Formula) -> Formula
  }

  /// The candidates of a domain; its bounds and its set are evaluated now.
  func candidates(of domain: Domain, span: SourceSpan) -> Candidates {
    switch domain {
    case .range(let lower, let upper): return rangeCandidates(lower, upper)
    case .enumeration(let id):
      return simple(count: program.enums[id.index].cases.count, base: 0)
    case .booleans: return simple(count: 2, base: 0)
    case .tasks: return simple(count: layout.processCount, base: 1)
    case .pool(let pool, let includesDead):
      return Candidates(
        count: layout.poolSize(pool), value: { .add($0, .one) },
        isIn: { includesDead ? .one : self.liveness(of: pool, .add($0, .one)) })
    case .set(let set): return setCandidates(set)
    case .list(let place):
      let resolved = resolve(place)
      guard let list = listParts(resolved) else { return simple(count: 0, base: 0) }
      checkAccess(resolved, isWrite: false, once: false)
      return Candidates(
        count: list.capacity, value: { self.element($0, of: list)[0] },
        isIn: { .make(.less, $0, list.count) })
    }
  }

  /// Whether a range has no more numbers than can be tried one by one.
  private func isSmall(_ lower: Int64, _ upper: Int64, span: SourceSpan) -> Bool {
    let limit: UInt64 = 65_536
    let difference = UInt64(bitPattern: upper) &- UInt64(bitPattern: lower)
    if upper < lower || difference < limit { return true }
    build.problems.insert(
      .rangeTooLarge(difference &+ 1, limit: limit, span: span))
    return false
  }

  private func simple(count: Int, base: Int64) -> Candidates {
    Candidates(count: count, value: { .add($0, .constant(base)) }, isIn: { _ in .one })
  }

  private func rangeCandidates(_ lower: TypedExpression, _ upper: TypedExpression) -> Candidates {
    let (low, high) = (scalar(lower), scalar(upper))
    let base = interval(of: lower).lowerBound
    let top = interval(of: upper).upperBound
    guard isSmall(base, top, span: lower.span) else { return simple(count: 0, base: 0) }
    let (lowEnd, highEnd) = (low.constantValue, high.constantValue)
    return Candidates(
      count: top < base ? 0 : Int(top - base) + 1, value: { .add($0, .constant(base)) },
      isIn: {
        let value = Formula.add($0, .constant(base))
        return .and(
          lowEnd == base ? .one : .make(.lessOrEqual, low, value),
          highEnd == top ? .one : .make(.lessOrEqual, value, high))
      })
  }

  private func setCandidates(_ set: TypedExpression) -> Candidates {
    guard case .set(let element) = set.type else { return simple(count: 0, base: 0) }
    let mask = scalar(set)
    let base = layout.memberBase(of: element)
    return Candidates(
      count: layout.memberCount(of: element), value: { .add($0, .constant(base)) },
      isIn: { number in
        let isMember = Formula.hasBit(mask, number)
        guard case .reference(let pool, _, _) = element else { return isMember }
        return .and(isMember, self.liveness(of: pool, .add(number, .one)))
      })
  }

  /// Whether an object lives; constant if the pool's objects always do.
  private func liveness(of pool: PoolID, _ reference: Formula) -> Formula {
    program.pools[pool.index].kind == .fixed ? .one : .read(build.liveCell(pool, reference))
  }

  private func elementType(of domain: Domain) -> Type {
    switch domain {
    case .range(let lower, let upper):
      let (low, high) = (interval(of: lower).lowerBound, interval(of: upper).upperBound)
      return .integer(low...max(low, high))
    case .enumeration(let id): return .enumeration(id)
    case .booleans: return .bool
    case .tasks: return .task(isOptional: false)
    case .pool(let pool, _): return .reference(pool, isOptional: false, holds: false)
    case .set(let set):
      if case .set(let element) = set.type { return element }
      return .none
    case .list(let place):
      if case .list(let element, _) = place.type { return element }
      return .none
    }
  }

  // MARK: - choose

  func choose(
    _ local: LocalIndex, _ domain: Domain, where condition: TypedExpression?, span: SourceSpan
  ) {
    let text = sourceText(span)
    inGroup(forced: true, text: DisplayText(text), label: text, span: span) {
      let saved = readsDirectly
      readsDirectly = true
      let all = candidates(of: domain, span: span)
      guard all.count > 0 else {
        emit(.await(.zero))
        open = []
        readsDirectly = saved
        return
      }
      let number = makeTemporary(0...Int64(all.count - 1), .number)
      emit(.choose(number, count: all.count))
      let isIn = all.isIn(.register(number))
      if isIn.constantValue != 1 { emit(.await(isIn)) }
      let value = snapshot(all.value(.register(number)))
      refine(value, for: elementType(of: domain))
      bind(local, to: [value])
      if let condition {
        let holds = self.scalar(condition)
        if holds.constantValue != 1 { emit(.await(holds)) }
      }
      readsDirectly = saved
    }
  }

  /// Gives a temporary the format of the type that it holds.
  private func refine(_ value: Formula, for type: Type) {
    guard case .register(let id) = value else { return }
    graph.temporaries[Int(id.index)].format = layout.format(of: type)
  }

  // MARK: - for

  func forEach(
    _ label: String?, _ local: LocalIndex, _ domain: Domain, safely: Bool, _ body: [Statement],
    span: SourceSpan
  ) {
    let out = makeTarget()
    let again = makeTarget()
    frame.loops.append((label, out, again))
    let saved = enterBranch()
    switch domain {
    case .range(let lower, let upper): countingLoop(local, lower, upper, again, body)
    case .enumeration(let id): unrolled(local, 0..<program.enums[id.index].cases.count, again, body)
    case .booleans: unrolled(local, 0..<2, again, body)
    case .list(let place): listLoop(local, place, safely: safely, again, body, span: span)
    default: anyOrderLoop(local, domain, again, body, span: span)
    }
    leaveBranch(saved)
    frame.loops.removeLast()
    land(out)
  }

  private static let unrollLimit = 8

  private func countingLoop(
    _ local: LocalIndex, _ lower: TypedExpression, _ upper: TypedExpression, _ again: JumpTarget,
    _ body: [Statement]
  ) {
    let (low, high) = (scalar(lower), snapshot(scalar(upper)))
    guard isSmall(interval(of: lower).lowerBound, interval(of: upper).upperBound, span: lower.span)
    else { return }
    if let first = low.constantValue, let last = high.constantValue,
      last - first < Int64(Self.unrollLimit)
    {
      return unrolled(local, Int(first)..<max(Int(first), Int(last) + 1), again, body)
    }
    let type = frame.locals[local.index].type
    let range = layout.range(of: type)
    let counter = makeTemporary(
      range.lowerBound...(range.upperBound + 1), .number, name: frame.locals[local.index].name)
    graph.temporaries[Int(counter.index)].isSingle = false
    set(counter, low)
    let head = emit(.join)
    branch(.make(.lessOrEqual, .register(counter), high)) {
      frame.bindings[local.index] = .value([.register(counter)])
      emit(body)
      land(again)
      if isReachable {
        set(counter, .add(.register(counter), .one))
        for end in open { graph.nodes[end.node].next[end.slot] = head }
      }
      open = []
    }
  }

  /// A loop over constants: the body once for each.
  private func unrolled(
    _ local: LocalIndex, _ values: Range<Int>, _ again: JumpTarget, _ body: [Statement]
  ) {
    for value in values where isReachable {
      frame.bindings[local.index] = .value([.constant(Int64(value))])
      emit(body)
      land(again)
    }
    frame.bindings[local.index] = nil
  }

  /// A loop over a pool or a set: each turn takes any member that has had no turn yet.
  private func anyOrderLoop(
    _ local: LocalIndex, _ domain: Domain, _ again: JumpTarget, _ body: [Statement],
    span: SourceSpan
  ) {
    let type = elementType(of: domain)
    let count = layout.memberCount(of: type)
    guard count > 0 else { return }
    guard count <= 62 else {
      build.problems.insert(.loopTooLarge(count, limit: 62, span: span))
      return
    }
    let visited = makeTemporary(
      0...Int64((UInt64(1) << UInt64(count)) - 1), .set(of: layout.format(of: type)),
      name: "visited")
    graph.temporaries[Int(visited.index)].isSingle = false
    set(visited, .zero)
    let text = "for \(frame.locals[local.index].name)"
    let out = makeTarget()
    repeating(span: span, continueTarget: again) {
      // Where no object comes or goes, who is left is no question to the others.
      if case .pool(let pool, _) = domain, !build.changesLife(of: pool), mode == .steps {
        let all = candidates(of: domain, span: span)
        let someLeft = (0..<all.count).reduce(Formula.zero) {
          let number = Formula.constant(Int64($1))
          return .or($0, .and(.not(.hasBit(.register(visited), number)), all.isIn(number)))
        }
        branch(someLeft, {}, otherwise: { self.jump(to: out) })
      }
      inGroup(forced: true, text: DisplayText(text), label: text, span: span) {
        let saved = readsDirectly
        readsDirectly = true
        let all = candidates(of: domain, span: span)
        let isLeft = { (number: Formula) -> Formula in
          .and(.not(.hasBit(.register(visited), number)), all.isIn(number))
        }
        let someLeft = (0..<all.count).reduce(Formula.zero) {
          .or($0, isLeft(.constant(Int64($1))))
        }
        branch(
          someLeft,
          {
            let number = self.makeTemporary(0...Int64(all.count - 1), .number)
            self.emit(.choose(number, count: all.count))
            self.emit(.await(isLeft(.register(number))))
            let value = self.snapshot(all.value(.register(number)))
            self.refine(value, for: type)
            self.set(visited, .make(.bitOr, .register(visited), .bit(.register(number))))
            self.bind(local, to: [value])
          }, otherwise: { self.jump(to: out) })
        readsDirectly = saved
      }
      emit(body)
    }
    land(out)
  }

  /// A loop over a list: each turn reads the successor of the current element, in one step if the
  /// list is shared.
  private func listLoop(
    _ local: LocalIndex, _ target: TypedPlace, safely: Bool, _ again: JumpTarget,
    _ body: [Statement], span: SourceSpan
  ) {
    let place = stabilised(resolve(target))
    guard let list = listParts(place) else { return }
    let leaves = layout.leaves(of: list.element)
    let makeMutable = { (name: String) -> [RegisterID] in
      let registers = self.makeTemporaries(for: list.element, name: name)
      for id in registers { self.graph.temporaries[Int(id.index)].isSingle = false }
      return registers
    }
    let current = makeMutable(frame.locals[local.index].name)
    let next = safely ? makeMutable("next") : []
    // Where the loop stands: before the first element, at one, or (safely) at the last.
    let stage = makeTemporary(0...2, .number)
    graph.temporaries[Int(stage.index)].isSingle = false
    set(stage, .zero)
    let out = makeTarget()
    let text = [DisplayText.Piece.literal("for \(frame.locals[local.index].name) in ")] + place.text
    repeating(span: span, continueTarget: again) {
      inGroup(text: DisplayText(text), label: sourceText(target.span), span: span) {
        checkAccess(place, isWrite: false, once: false)
        let saved = readsDirectly
        readsDirectly = true
        advance(list, current, next, stage, out: out, place, span: span)
        readsDirectly = saved
      }
      frame.bindings[local.index] = .value(current.map { .register($0) })
      if !leaves.isEmpty { emit(body) }
    }
    land(out)
  }

  private func advance(
    _ list: ListParts, _ current: [RegisterID], _ next: [RegisterID], _ stage: RegisterID,
    out: JumpTarget, _ place: ResolvedPlace, span: SourceSpan
  ) {
    let take = { (registers: [RegisterID], position: Formula) in
      for (id, leaf) in zip(registers, self.element(position, of: list)) { self.set(id, leaf) }
    }
    let isOn = { (registers: [RegisterID]) in
      self.require(
        self.contains(registers.map { .register($0) }, list),
        self.failure(
          .listChanged, span: span,
          text: place.text + [.literal(" no longer has the element that the loop stands at")]))
    }
    let leave = { self.jump(to: out) }
    // What comes behind an element: at `position`, or nothing.
    let fetchNext = { (position: Formula) in
      self.branch(
        .make(.less, position, list.count),
        {
          take(next, position)
          self.set(stage, .one)
        }, otherwise: { self.set(stage, .constant(2)) })
    }
    branch(
      .equal(.register(stage), .zero),
      {
        self.branch(.equal(list.count, .zero), leave)
        guard self.isReachable else { return }
        take(current, .zero)
        if next.isEmpty { self.set(stage, .one) } else { fetchNext(.one) }
      },
      otherwise: {
        if next.isEmpty {
          isOn(current)
          let position = self.snapshot(
            .add(self.index(of: current.map { .register($0) }, in: list), .one))
          self.branch(.equal(position, list.count), leave)
          take(current, position)
        } else {
          self.branch(.equal(.register(stage), .constant(2)), leave)
          isOn(next)
          for (id, source) in zip(current, next) { self.set(id, .register(source)) }
          fetchNext(
            self.snapshot(
              .add(self.index(of: current.map { .register($0) }, in: list), .one)))
        }
      })
  }

  // MARK: - Quantifiers

  func quantifier(_ quantifier: Quantifier, span: SourceSpan) -> Formula {
    let all = candidates(of: quantifier.domain, span: span)
    let kind = quantifier.kind
    let start: Formula = kind == .all ? .one : .zero
    if let whole = withoutCode({
      (0..<all.count).reduce(start) { result, number in
        let (isIn, value) = self.instance(of: quantifier, all, number)
        return self.combine(kind, result, isIn, value)
      }
    }) {
      return whole
    }
    let result = makeTemporary(
      kind == .sum || kind == .count ? Int64.min / 2...Int64.max / 2 : 0...1, .number)
    graph.temporaries[Int(result.index)].isSingle = false
    set(result, start)
    for number in 0..<all.count {
      let index = Formula.constant(Int64(number))
      branch(all.isIn(index)) {
        let (isIn, value) = self.instance(of: quantifier, all, number)
        self.set(result, self.combine(kind, .register(result), isIn, value))
      }
    }
    return .register(result)
  }

  private func combine(
    _ kind: Quantifier.Kind, _ result: Formula, _ isIn: Formula, _ value: Formula
  ) -> Formula {
    switch kind {
    case .all: .and(result, .or(.not(isIn), value))
    case .some: .or(result, .and(isIn, value))
    case .count: .add(result, .choice(isIn, .one, .zero))
    case .sum: .add(result, .choice(isIn, value, .zero))
    }
  }

  /// The condition and the body of a quantifier for one candidate.
  private func instance(
    of quantifier: Quantifier, _ all: Candidates, _ number: Int
  ) -> (isIn: Formula, value: Formula) {
    let index = Formula.constant(Int64(number))
    var value = all.value(index)
    if value.constantValue == nil && !readsDirectly { value = snapshot(value) }
    frame.bindings[quantifier.variable.index] = .value([value])
    var isIn = all.isIn(index)
    if let filter = quantifier.filter { isIn = .and(isIn, evaluate(filter)[0]) }
    return (isIn, quantifier.body.map { evaluate($0)[0] } ?? .one)
  }
}
