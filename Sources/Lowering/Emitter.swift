internal import Machine
internal import Semantics
internal import SourceText

/// Writes the graph of one process, of the prelude, or of a property.
///
/// Emission is a walk over the checked tree with calls inlined. `open` are the ends of the code
/// written so far: the next operation is linked to all of them; when there are none, the code that
/// follows cannot be reached and is not written.
final class Emitter {
  /// What the code is for, which decides how accesses are treated.
  enum Purpose {
    case process(ProcessID)
    case prelude
    case property
  }

  /// How the statement being emitted treats accesses.
  enum Mode {
    /// Each access is a group of its own.
    case steps
    /// Everything is in one group: inside `atomic`, an `await`, a list operation.
    case atomic
    /// A ghost update or a `require` of code outside `atomic`: no group, no accesses.
    case ghost
  }

  /// A place to jump to: the ends of code that wait for it.
  final class JumpTarget {
    var incoming: [(node: Int, slot: Int)] = []
    /// The group that was open where the target was made.
    let group: Int?
    init(group: Int?) { self.group = group }
  }

  let build: SystemBuilder
  let purpose: Purpose
  var graph = Graph()
  var open: [(node: Int, slot: Int)] = []
  var hasStarted = false
  var mode = Mode.steps
  var group: Int?
  /// Whether the open group has changed a ledger or a lock, so that the ledger is tested at its end.
  var groupTouchesLedger = false
  /// Whether values are read from the state where they are used: nothing changes in between.
  var readsDirectly = false
  var frame: InlineFrame
  /// Where a task ends.
  lazy var endTarget = JumpTarget(group: nil)
  var frames: [Step.Frame] = []
  var callCount = 0
  /// The use of a scenario in the check that the code stands in.
  let component: Int

  init(_ build: SystemBuilder, purpose: Purpose, component: Int, locals: [Local]) {
    self.build = build
    self.purpose = purpose
    self.component = component
    self.frame = InlineFrame(locals: locals)
  }

  var layout: TypeLayout { build.layout }
  var program: Program { build.program }

  /// Whether code written now can be reached.
  var isReachable: Bool { !hasStarted || !open.isEmpty }

  /// Whether everything is read in one go, with no operation between.
  var isInGroup: Bool { mode != .steps }

  // MARK: - Writing operations

  @discardableResult
  func emit(_ operation: Graph.Operation, successors: Int = 1) -> Int {
    guard isReachable else { return -1 }
    let index = graph.nodes.count
    graph.nodes.append(
      Graph.Node(
        operation: operation, group: mode == .ghost ? nil : group,
        next: Array(repeating: -1, count: successors)))
    link(open, to: index)
    hasStarted = true
    open = (0..<successors).map { (index, $0) }
    return index
  }

  private func link(_ ends: [(node: Int, slot: Int)], to index: Int) {
    for end in ends { graph.nodes[end.node].next[end.slot] = index }
  }

  func set(_ register: RegisterID, _ value: Formula) {
    if value == .register(register) { return }
    emit(.set(register, value))
  }

  /// Tests a condition that must hold; a constant truth leaves nothing.
  func require(_ condition: Formula, _ failure: @autoclosure () -> FailureID, value: Formula? = nil)
  {
    if condition.constantValue == 1 { return }
    emit(.require(condition, failure(), value: value))
  }

  /// Emits code that runs only if `condition` holds, and other code if it does not.
  func branch(_ condition: Formula, _ yes: () -> Void, otherwise no: () -> Void = {}) {
    if let value = condition.constantValue {
      if value != 0 { yes() } else { no() }
      return
    }
    let node = emit(.branch(condition), successors: 2)
    guard node >= 0 else { return }
    open = [(node, 0)]
    yes()
    let after = open
    open = [(node, 1)]
    no()
    open += after
  }

  /// Emits an endless loop: `body` leaves it by jumping to a target of its own.
  func repeating(span: SourceSpan, continueTarget: JumpTarget, _ body: () -> Void) {
    let isAtomic = isInGroup
    let loop = graph.loopCount
    graph.loopCount += 1
    let head = emit(isAtomic ? .join : .loopHead(loop))
    guard head >= 0 else { return }
    body()
    land(continueTarget)
    if isReachable {
      if isAtomic {
        emit(.atomicBackEdge(failure(.endlessAtomic, span: span, text: "the loop never ends")))
      } else {
        emit(.loopBack(loop))
      }
      link(open, to: head)
    }
    open = []
  }

  func jump(to target: JumpTarget) {
    if let group, target.group != group, mode == .atomic { finishGroup(group) }
    target.incoming += open
    open = []
    hasStarted = true
  }

  func land(_ target: JumpTarget) {
    open += target.incoming
    target.incoming = []
  }

  func makeTarget() -> JumpTarget { JumpTarget(group: group) }

  // MARK: - Temporaries

  func makeTemporary(
    _ range: ClosedRange<Int64>, _ format: ValueFormat, name: String? = nil
  ) -> RegisterID {
    graph.temporaries.append(
      Graph.Temporary(name: name, function: frames.last?.function, range: range, format: format))
    return RegisterID(graph.temporaries.count - 1)
  }

  /// Temporaries for each leaf of a type.
  func makeTemporaries(for type: Type, name: String? = nil) -> [RegisterID] {
    layout.leaves(of: type).map { leaf in
      makeTemporary(leaf.lower...leaf.upper, leaf.format, name: name.map { $0 + leaf.suffix })
    }
  }

  /// Sets a name for the report on a temporary that has none of its own: that of a local of `function`.
  func name(_ value: Formula, _ name: String, of function: String?) {
    guard case .register(let id) = value else { return }
    let number = Int(id.index)
    guard graph.temporaries[number].name == nil || graph.temporaries[number].isNameBorrowed else {
      return
    }
    graph.temporaries[number].name = name
    graph.temporaries[number].function = function
    graph.temporaries[number].isNameBorrowed = false
  }

  /// Whether the value cannot change any more: a constant or a temporary that is set once.
  func isStable(_ value: Formula) -> Bool {
    switch value {
    case .constant: true
    case .register(let id): graph.temporaries[Int(id.index)].isSingle
    default: false
    }
  }

  // MARK: - Groups

  /// Emits `body` as one group, unless a group is open already.
  func inGroup(
    forced: Bool = false, text: @autoclosure () -> DisplayText, label: @autoclosure () -> String,
    span: SourceSpan, _ body: () -> Void
  ) {
    guard mode == .steps else {
      if forced, let group { graph.groups[group].isForced = true }
      body()
      return
    }
    graph.groups.append(
      Graph.Group(
        isForced: forced, text: text(), label: label(), span: span, frames: frames))
    let own = graph.groups.count - 1
    (group, mode, groupTouchesLedger) = (own, .atomic, false)
    // A group needs a first operation of its own, so that entering it again is seen.
    emit(.join)
    body()
    finishGroup(own)
    (group, mode) = (nil, .steps)
  }

  /// Emits what is tested at every way out of a group.
  private func finishGroup(_ own: Int) {
    guard groupTouchesLedger, isReachable else { return }
    checkLedgerIsOwned(span: graph.groups[own].span)
  }

  /// Emits `body` as a ghost: part of the step before, or of the open group.
  func asGhost(_ body: () -> Void) {
    let saved = mode
    if mode == .steps { (mode, groupTouchesLedger) = (.ghost, false) }
    isGhost += 1
    body()
    if saved == .steps, groupTouchesLedger, isReachable {
      checkLedgerIsOwned(span: frames.last?.span ?? build.check.span)
    }
    isGhost -= 1
    mode = saved
  }

  /// How many ghost statements are being emitted around the current code.
  var isGhost = 0
  /// How many `require`s are being emitted around the current code.
  var requireDepth = 0
  /// Whether a `require` outside `atomic` and ghosts is being emitted.
  var isPlainRequire = false

  func record(_ location: Int, isWrite: Bool, isForeign: Bool = false) {
    // What only a `require` reads is no load of the code.
    guard let group, isGhost == 0, requireDepth == 0, isReachable else { return }
    graph.groups[group].accesses.insert(
      Access(location: location, isWrite: isWrite, isForeign: isForeign))
  }

  func note(_ text: String) {
    guard let group, isGhost == 0, requireDepth == 0 else { return }
    if !graph.groups[group].notes.contains(text) { graph.groups[group].notes.append(text) }
  }

  // MARK: - Failures

  func failure(_ violation: BuiltinViolation, span: SourceSpan, text: String) -> FailureID {
    failure(violation, span: span, text: [.literal(text)])
  }

  func failure(_ violation: BuiltinViolation, span: SourceSpan, text: [DisplayText.Piece])
    -> FailureID
  {
    build.addFailure(
      Failure(
        violation: violation.rawValue, message: build.message(of: violation), span: span,
        text: DisplayText(text), frames: frames))
  }

  // MARK: - The running process

  /// The number of the running task: its index plus one; nil in a prelude or property.
  var selfValue: Formula {
    if case .process(let id) = purpose { return .constant(Int64(id.index) + 1) }
    return .zero
  }

  var isPrelude: Bool {
    if case .prelude = purpose { return true }
    return false
  }

  var process: ProcessID? {
    if case .process(let id) = purpose { return id }
    return nil
  }
}

/// What the locals of an inlined body stand for.
struct InlineFrame {
  /// What one local stands for.
  enum Binding {
    /// Numbers that do not change while the local lives.
    case value([Formula])
    /// Temporaries that can be assigned.
    case temporaries([RegisterID])
    /// A location.
    case place(ResolvedPlace)
  }

  let locals: [Local]
  var bindings: [Int: Binding] = [:]
  /// Where `return` goes, with the temporaries for the result.
  var returnTarget: Emitter.JumpTarget?
  var result: [RegisterID] = []
  var resultType: Type = .none
  var loops:
    [(label: String?, breakTarget: Emitter.JumpTarget, continueTarget: Emitter.JumpTarget)] = []
  var blocks: [(label: String, target: Emitter.JumpTarget)] = []
  /// The locals that are set at more than one place.
  var mutable: Set<Int> = []

  init(locals: [Local]) { self.locals = locals }
}
