internal import SourceText

/// Follows the paths through an atomic step: whatever waits must come before all changes.
///
/// What stands before an `await` or `choose` is evaluated again each time the step is tried, so
/// nothing there may change what others see, and no loop may go around there.
struct AtomicOrder {
  /// What is known at a point of the code.
  private struct Point {
    var isReachable = true
    /// The first change or back edge on some path to here.
    var barrier: Effects.Site?

    mutating func join(_ other: Point) {
      guard other.isReachable else { return }
      guard isReachable else {
        self = other
        return
      }
      barrier = barrier ?? other.barrier
    }

    static let unreachable = Point(isReachable: false)
  }

  /// A loop or block with the points from which it is left or goes around.
  private struct Target {
    var label: String?
    var isLoop: Bool
    var exit = Point.unreachable
    var again = Point.unreachable
  }

  private let effects: EffectAnalysis
  private var targets: [Target] = []
  /// The waits that can come too late, each with what is before it.
  private(set) var found: [(wait: Effects.Site, cause: Effects.Site)] = []
  /// The first change or back edge of all.
  private(set) var firstBarrier: Effects.Site?

  init(_ effects: EffectAnalysis) { self.effects = effects }

  /// Follows all paths from the first statement on.
  mutating func check(_ statements: [Statement]) {
    var point = Point()
    run(statements, &point)
  }

  private mutating func run(_ statements: [Statement], _ point: inout Point) {
    for statement in statements {
      guard point.isReachable else { return }
      run(statement, &point)
    }
  }

  private mutating func run(_ statement: Statement, _ point: inout Point) {
    if case .loop(let label, let condition, let body) = statement.kind {
      return loop(
        label, [condition].compactMap { $0 }, body, statement.span, &point, condition == nil)
    }
    for part in TreeWalk.parts(of: statement) { evaluate(part, &point) }
    switch statement.kind {
    case .forEach(let label, _, _, _, let body):
      loop(label, [], body, statement.span, &point, false)
    case .conditional(let condition, let body, let otherwise):
      conditional(effects.analyzer.fold(condition), body, otherwise, &point)
    case .block(let label, let body):
      targets.append(Target(label: label, isLoop: false))
      run(body, &point)
      if let target = targets.popLast() { point.join(target.exit) }
    case .sequence(let body), .atomic(let body), .ghost(let body): run(body, &point)
    case .either(let alternatives):
      let start = point
      point = .unreachable
      for alternative in alternatives {
        var branch = start
        run(alternative, &branch)
        point.join(branch)
      }
    case .await: wait(Effects.Site(word: "await", span: statement.span), &point)
    case .choose: wait(Effects.Site(word: "choose", span: statement.span), &point)
    case .breakLoop(let label): jump(to: label, isLoop: true, isAgain: false, &point)
    case .continueLoop(let label): jump(to: label, isLoop: true, isAgain: true, &point)
    case .leave(let label): jump(to: label, isLoop: false, isAgain: false, &point)
    case .returnValue, .unreachable: point = .unreachable
    default:
      if let word = effects.change(statement) { bar(word, statement.span, &point) }
    }
  }

  private mutating func conditional(
    _ known: Int64?, _ body: [Statement], _ otherwise: [Statement], _ point: inout Point
  ) {
    var (yes, no) = (point, point)
    if known == 0 { yes = .unreachable }
    if known == 1 { no = .unreachable }
    run(body, &yes)
    run(otherwise, &no)
    yes.join(no)
    point = yes
  }

  /// The body is followed once as it is entered, and once more after the back edge; where there was
  /// a change before the loop already, once tells everything.
  private mutating func loop(
    _ label: String?, _ conditions: [Expression], _ body: [Statement], _ span: SourceSpan,
    _ point: inout Point, _ isEndless: Bool
  ) {
    var exit = Point.unreachable
    var entry = point
    for _ in 0..<2 {
      targets.append(Target(label: label, isLoop: true))
      for condition in conditions { evaluate(condition, &entry) }
      if !isEndless { exit.join(entry) }
      let hadBarrier = entry.barrier != nil
      run(body, &entry)
      guard let target = targets.popLast() else { return }
      exit.join(target.exit)
      entry.join(target.again)
      guard entry.isReachable else { break }
      bar("a loop's way back", span, &entry)
      if hadBarrier { break }
    }
    if !isEndless { exit.join(entry) }
    point = exit
  }

  private mutating func jump(
    to label: String?, isLoop: Bool, isAgain: Bool, _ point: inout Point
  ) {
    let index = targets.lastIndex { $0.isLoop == isLoop && (label == nil || $0.label == label) }
    if let index {
      if isAgain { targets[index].again.join(point) } else { targets[index].exit.join(point) }
    }
    point = .unreachable
  }

  private mutating func bar(_ word: String, _ span: SourceSpan, _ point: inout Point) {
    let site = Effects.Site(word: word, span: span)
    firstBarrier = firstBarrier ?? site
    point.barrier = point.barrier ?? site
  }

  private mutating func wait(_ site: Effects.Site, _ point: inout Point) {
    if let barrier = point.barrier { found.append((site, barrier)) }
  }

  /// Follows the calls and changes of an expression, in the order of evaluation.
  private mutating func evaluate(_ expression: Expression, _ point: inout Point) {
    for part in TreeWalk.parts(of: expression) { evaluate(part, &point) }
    if case .call(let callee, _) = expression.kind {
      call(callee, expression.span, &point)
    } else if let word = effects.change(expression) {
      bar(word, expression.span, &point)
    }
  }

  private mutating func call(_ callee: FunctionIndex, _ span: SourceSpan, _ point: inout Point) {
    let inner = effects.effects(of: callee)
    let function = effects.analyzer.program.functions[callee.index]
    if let wait = inner.wait {
      let site = Effects.Site(word: "\(wait.word)' in '\(function.name)", span: span)
      if let barrier = point.barrier {
        found.append((site, barrier))
      } else if let late = inner.lateWait, !function.isAtomic {
        found.append((site, late.cause))
      }
    }
    if let barrier = inner.barrier {
      let site = Effects.Site(word: barrier.word, span: span)
      firstBarrier = firstBarrier ?? site
      point.barrier = point.barrier ?? site
    }
  }
}
