internal import Machine
internal import Semantics
internal import SourceText

/// Writing statements.
extension Emitter {
  func emit(_ statements: [Statement]) {
    let isPoint = CoveragePoints.flags(of: statements)
    for (index, statement) in statements.enumerated() where isReachable {
      if isPoint[index], process != nil, mode != .ghost {
        emit(.cover(build.coverPoint(statement.span)))
      }
      emit(statement)
    }
  }

  func emit(_ statement: Statement) {
    switch statement.kind {
    case .setLocal(let local, let value): setLocal(local, value)
    case .bindAlias(let local, let place): bindAlias(local, place)
    case .store(let place, let value, let once): assign(place, value, once: once)
    case .update(let place, let op, let value): update(place, op, value)
    case .evaluate(let expression): _ = evaluate(expression)
    case .conditional(let condition, let body, let otherwise):
      conditional(condition, body, otherwise)
    case .loop(let label, let condition, let body):
      loop(label, condition, body, span: statement.span)
    case .forEach(let label, let local, let domain, let safely, let body):
      forEach(label, local, domain, safely: safely, body, span: statement.span)
    case .block(let label, let body):
      let target = makeTarget()
      frame.blocks.append((label, target))
      emit(body)
      frame.blocks.removeLast()
      land(target)
    case .sequence(let body): emit(body)
    case .either(let alternatives): either(alternatives)
    case .atomic(let body):
      let text = sourceText(statement.span)
      inGroup(text: DisplayText(text), label: text, span: statement.span) { emit(body) }
    case .ghost(let body): asGhost { emit(body) }
    case .breakLoop(let label):
      if let loop = findLoop(label) { jump(to: loop.breakTarget) }
    case .continueLoop(let label):
      if let loop = findLoop(label) { jump(to: loop.continueTarget) }
    case .leave(let label):
      if let block = frame.blocks.last(where: { $0.label == label }) { jump(to: block.target) }
    case .returnValue(let value): returnValue(value)
    case .skip: break
    case .await(let isRest, let condition):
      emitAwait(condition, isRest: isRest, span: statement.span)
    case .choose(let local, let domain, let condition):
      choose(local, domain, where: condition, span: statement.span)
    case .require(let condition, let violation, let isGhost):
      isPlainRequire = mode == .steps && !isGhost
      require(condition, violation: violation, span: statement.span)
      isPlainRequire = false
    case .unreachable(let reason):
      require(
        .zero, failure(.unreachableReached, span: statement.span, text: "reached: \(reason)"))
    case .free(let object): free(object, span: statement.span)
    case .handOver(let lock, let task): handOver(lock, to: task, span: statement.span)
    case .move(let element, let from, let to): move(element, from, to, span: statement.span)
    case .ledger(let object, let change): changeLedger(object, by: change, span: statement.span)
    }
  }

  // MARK: - Locals

  func setLocal(_ local: LocalIndex, _ value: TypedExpression?) {
    let declaration = frame.locals[local.index]
    if isLarge(declaration.type) { return setLargeLocal(local, value) }
    guard let value else {
      return bind(local, to: layout.leaves(of: declaration.type).map { .constant($0.initial) })
    }
    let values = evaluate(value)
    check(values, of: value, fit: declaration.type, place: declaration.name)
    bind(local, to: values)
  }

  /// Makes a local stand for values: without a copy where neither of them can change.
  func bind(_ local: LocalIndex, to values: [Formula]) {
    let declaration = frame.locals[local.index]
    if case .prelude = purpose, isOutermost,
      build.bindScenarioLocal(
        local, component: component, values: values, isMutable: frame.mutable.contains(local.index))
    {
      return
    }
    if isPrelude, isOutermost {
      let place = build.scenarioPlace(
        local, component: component, type: declaration.type, span: declaration.span)
      store(values, to: place)
      return
    }
    if !frame.mutable.contains(local.index), values.allSatisfy(isStable) {
      for (value, leaf) in zip(values, layout.leaves(of: declaration.type)) {
        name(value, declaration.name + leaf.suffix, of: frames.last?.function)
      }
      frame.bindings[local.index] = .value(values)
      return
    }
    let registers = registersOfLocal(local)
    // All values are computed before the first is stored: a swap of two locals reads both.
    for (id, value) in zip(registers, values) { set(id, value) }
  }

  private func registersOfLocal(_ local: LocalIndex) -> [RegisterID] {
    if case .temporaries(let registers)? = frame.bindings[local.index] { return registers }
    let declaration = frame.locals[local.index]
    let registers = makeTemporaries(for: declaration.type, name: declaration.name)
    if frame.mutable.contains(local.index) {
      for id in registers { graph.temporaries[Int(id.index)].isSingle = false }
    }
    frame.bindings[local.index] = .temporaries(registers)
    return registers
  }

  /// Whether the code stands in the body itself and not in an inlined call.
  var isOutermost: Bool { frame.returnTarget == nil }

  /// Whether a local needs memory, because computed indexes select in it.
  func isLarge(_ type: Type) -> Bool {
    switch type {
    case .array, .list: true
    case .structure(let id): !program.structs[id.index].isWord
    default: false
    }
  }

  private func setLargeLocal(_ local: LocalIndex, _ value: TypedExpression?) {
    let declaration = frame.locals[local.index]
    let place = build.largeLocal(declaration, of: process, call: callCount, index: local.index)
    frame.bindings[local.index] = .place(place)
    let values =
      value.map { evaluate($0) }
      ?? layout.leaves(of: declaration.type).map { .constant($0.initial) }
    guard let cell = place.cell else { return }
    for (offset, value) in values.enumerated() {
      emit(.assign(cell.advanced(by: offset), value))
    }
  }

  private func bindAlias(_ local: LocalIndex, _ place: TypedPlace) {
    frame.bindings[local.index] = .place(stabilised(resolve(place)))
  }

  /// The place with its computed indexes copied, so that it stays what it is.
  func stabilised(_ place: ResolvedPlace) -> ResolvedPlace {
    guard case .memory(let cell) = place.site else { return place }
    var result = place
    result.site = .memory(
      Cell(
        cell.base,
        cell.terms.map {
          Cell.Term(index: stable($0.index), stride: $0.stride, count: $0.count)
        }))
    if let object = place.object { result.object = (object.pool, stable(object.reference)) }
    return result
  }

  private func stable(_ value: Formula) -> Formula {
    if case .binary(let op, let inner, .constant(let offset)) = value, isStable(inner) {
      return .make(op, inner, .constant(offset))
    }
    return snapshot(value)
  }

  // MARK: - Assignments

  private func update(
    _ target: TypedPlace, _ op: Semantics.BinaryOperator, _ value: TypedExpression
  ) {
    let place = resolve(target)
    let saved = readsDirectly
    if isInGroup { readsDirectly = !hasEffect(value) }
    let word = isInGroup || place.cell == nil ? nil : enclosingWordIfPlain(target, place)
    var leaves = word.map { load($0.word) } ?? []
    let offset = word?.offset ?? 0
    let old = word == nil ? load(place)[0] : leaves[offset]
    readsDirectly = saved
    let operand = evaluate(value)[0]
    let result: Formula
    switch op {
    case .add: result = .add(old, operand)
    case .subtract: result = .subtract(old, operand)
    case .union: result = .make(.bitOr, old, operand)
    default: result = .make(.bitAndNot, old, operand)
    }
    let loaded = word == nil ? nil : caseInLoadedWord(place, leaves)
    let check = {
      if let loaded { self.checkCase(loaded) }
      self.checkRange(result, of: place, change: self.interval(of: value), op)
    }
    if let word {
      leaves[offset] = result
      store(leaves, to: word.word, check: check)
    } else {
      store([result], to: place, check: check)
    }
  }

  private func enclosingWordIfPlain(
    _ target: TypedPlace, _ place: ResolvedPlace
  ) -> (word: ResolvedPlace, offset: Int)? {
    guard let word = place.word, place.type != .structure(word),
      program.structs[word.index].kind == .word
    else { return nil }
    return enclosingWord(of: target, place)
  }

  private func checkRange(
    _ result: Formula, of place: ResolvedPlace, change: ClosedRange<Int64>,
    _ op: Semantics.BinaryOperator
  ) {
    guard case .integer(let range) = place.type else { return }
    let known: ClosedRange<Int64> =
      op == .add
      ? (range.lowerBound &+ change.lowerBound)...(range.upperBound &+ change.upperBound)
      : (range.lowerBound &- change.upperBound)...(range.upperBound &- change.lowerBound)
    require(
      .lies(result, in: range, known: known),
      failure(
        .outOfRange, span: place.span,
        text: place.text + [
          .literal(" would become "), .failureValue(.number),
          .literal(", outside \(range.lowerBound)..\(range.upperBound)"),
        ]), value: result)
  }

  // MARK: - Control

  private func conditional(
    _ condition: TypedExpression, _ body: [Statement], _ otherwise: [Statement]
  ) {
    let yes = makeTarget()
    let no = makeTarget()
    test(condition, yes: yes, no: no)
    land(yes)
    let saved = enterBranch()
    if isReachable { emit(body) }
    let after = open
    open = []
    land(no)
    if isReachable { emit(otherwise) }
    leaveBranch(saved)
    open += after
    hasStarted = true
  }

  /// In the prelude, what is set under a condition is no constant.
  func enterBranch() -> Int {
    build.preludeDepth += 1
    return build.preludeDepth - 1
  }

  func leaveBranch(_ depth: Int) { build.preludeDepth = depth }

  /// Branches on a condition; each operand of `&&`, `||` and `!` is tested as soon as it is known.
  private func test(_ condition: TypedExpression, yes: JumpTarget, no: JumpTarget) {
    switch condition.kind {
    case .binary(.and, let left, let right):
      let middle = makeTarget()
      test(left, yes: middle, no: no)
      land(middle)
      if isReachable { test(right, yes: yes, no: no) }
    case .binary(.or, let left, let right):
      let middle = makeTarget()
      test(left, yes: yes, no: middle)
      land(middle)
      if isReachable { test(right, yes: yes, no: no) }
    case .unary(.not, let operand): test(operand, yes: no, no: yes)
    default:
      let value = scalar(condition)
      if let constant = value.constantValue {
        (constant != 0 ? yes : no).incoming += open
        if !hasStarted { markStart(constant != 0 ? yes : no) }
        open = []
        return
      }
      let node = emit(.branch(value), successors: 2)
      guard node >= 0 else { return }
      yes.incoming.append((node, 0))
      no.incoming.append((node, 1))
      open = []
    }
  }

  /// Gives code that starts with a constant test a first operation to come from.
  private func markStart(_ target: JumpTarget) {
    emit(.join)
    target.incoming += open
  }

  private func loop(
    _ label: String?, _ condition: TypedExpression?, _ body: [Statement], span: SourceSpan
  ) {
    let out = makeTarget()
    let again = makeTarget()
    frame.loops.append((label, out, again))
    let saved = enterBranch()
    repeating(span: span, continueTarget: again) {
      if let condition {
        let enter = makeTarget()
        test(condition, yes: enter, no: out)
        land(enter)
      }
      if isReachable { emit(body) }
    }
    leaveBranch(saved)
    frame.loops.removeLast()
    land(out)
  }

  private func either(_ alternatives: [[Statement]]) {
    let node = emit(.either, successors: alternatives.count)
    guard node >= 0 else { return }
    if let group { graph.groups[group].isForced = true }
    var ends: [(node: Int, slot: Int)] = []
    for (index, alternative) in alternatives.enumerated() {
      open = [(node, index)]
      emit(.join)
      emit(alternative)
      ends += open
    }
    open = ends
  }

  private func findLoop(_ label: String?) -> (
    label: String?, breakTarget: JumpTarget, continueTarget: JumpTarget
  )? {
    label == nil ? frame.loops.last : frame.loops.last { $0.label == label }
  }

  private func returnValue(_ value: TypedExpression?) {
    if let value {
      let values = converted(value, to: frame.resultType)
      for (id, leaf) in zip(frame.result, values) { set(id, leaf) }
    }
    guard let target = frame.returnTarget else {
      // A task that returns ends.
      jump(to: endTarget)
      return
    }
    jump(to: target)
  }

  // MARK: - Blocking and testing

  private func emitAwait(_ condition: TypedExpression, isRest: Bool, span: SourceSpan) {
    let text = sourceText(span)
    inGroup(forced: true, text: DisplayText(text), label: text, span: span) {
      if let group, isRest { graph.groups[group].isRest = true }
      let value = scalar(condition)
      if value.constantValue != 1 { emit(.await(value)) }
    }
  }

  private func require(_ condition: TypedExpression, violation: Int, span: SourceSpan) {
    let declaration = program.violations[violation]
    let test = {
      self.requireDepth += 1
      let value = self.scalar(condition)
      self.requireDepth -= 1
      self.require(
        value,
        self.build.addFailure(
          Failure(
            violation: declaration.name, message: declaration.message, span: span,
            text: self.explanation(of: condition), frames: self.frames)))
    }
    if mode == .steps { asGhost(test) } else { test() }
  }

  /// What a report says of a condition that is false: the values that it reads, or its text.
  private func explanation(of condition: TypedExpression) -> DisplayText {
    var pieces: [DisplayText.Piece] = []
    for (text, value, format) in valuesRead(by: condition).prefix(4) {
      if !pieces.isEmpty { pieces.append(.literal(", ")) }
      pieces += [.literal("\(text) is "), .value(value, format)]
    }
    return pieces.isEmpty
      ? DisplayText("require \(sourceText(condition.span))") : DisplayText(pieces)
  }

  /// The scalar locations that a condition reads, each with its name in the source and its value.
  private func valuesRead(
    by condition: TypedExpression
  ) -> [(text: String, value: Formula, format: ValueFormat)] {
    var found: [(text: String, value: Formula, format: ValueFormat)] = []
    func visit(_ expression: TypedExpression) {
      switch expression.kind {
      case .load(let place, _):
        let size = layout.size(of: place.type)
        guard size == 1, !hasEffect(expression) else { return }
        let text = sourceText(expression.span)
        guard !found.contains(where: { $0.text == text }) else { return }
        let saved = (readsDirectly, mode, requireDepth)
        (readsDirectly, requireDepth) = (true, requireDepth + 1)
        if mode == .steps { mode = .ghost }
        // Only what can be read without a test is shown.
        let value = withoutCode { self.evaluate(expression).first }
        (readsDirectly, mode, requireDepth) = saved
        if let value, let value { found.append((text, value, layout.format(of: place.type))) }
      case .unary(_, let operand): visit(operand)
      case .binary(_, let left, let right):
        visit(left)
        visit(right)
      default: break
      }
    }
    visit(condition)
    return found
  }
}
