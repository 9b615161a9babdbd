internal import SourceText

/// What running a piece of code can do, calls included.
struct Effects {
  /// Something in the code that matters, with its place.
  struct Site {
    var word: String
    var span: SourceSpan
  }

  /// The first change of what is not local and no ghost.
  var write: Site?
  /// The first change of a ghost.
  var ghostWrite: Site?
  /// The first `await` or `choose`.
  var wait: Site?
  /// The first `either`.
  var either: Site?
  /// The first use of the running task.
  var usesSelf: Site?
  /// An `await` or `choose` that can come after a change or the back edge of a loop.
  var lateWait: (wait: Site, cause: Site)?
  /// A change or the back edge of a loop, after which nothing may wait inside `atomic`.
  var barrier: Site?

  /// What keeps the code from being pure; nil if it is.
  var impurity: Site? { write ?? ghostWrite ?? wait ?? either }
}

/// Computes the effects of functions, and checks what depends on them: purity, ghost statements,
/// and the order of changes and waits inside `atomic`.
final class EffectAnalysis {
  let analyzer: Analyzer
  private var known: [FunctionIndex: Effects] = [:]

  /// Prepares the analysis.
  ///
  /// - Precondition: no function calls itself.
  init(_ analyzer: Analyzer) { self.analyzer = analyzer }

  /// The effects of a function.
  func effects(of function: FunctionIndex) -> Effects {
    if let effects = known[function] { return effects }
    let body = analyzer.program.functions[function.index].body
    var effects = Effects()
    collect(body.statements, isGhost: false, &effects)
    var order = AtomicOrder(self)
    order.check(body.statements)
    effects.lateWait = order.found.first
    effects.barrier = order.firstBarrier
    known[function] = effects
    return effects
  }

  /// Adds what statements can do.
  private func collect(_ statements: [Statement], isGhost: Bool, _ effects: inout Effects) {
    for statement in statements {
      for part in TreeWalk.parts(of: statement) { collect(part, isGhost: isGhost, &effects) }
      collect(statement, isGhost: isGhost, &effects)
      var inner = isGhost
      if case .ghost = statement.kind { inner = true }
      for body in FlowAnalysis.children(of: statement) {
        collect(body, isGhost: inner, &effects)
      }
    }
  }

  private func collect(_ statement: Statement, isGhost: Bool, _ effects: inout Effects) {
    let span = statement.span
    switch statement.kind {
    case .await: effects.wait = effects.wait ?? .init(word: "await", span: span)
    case .choose: effects.wait = effects.wait ?? .init(word: "choose", span: span)
    case .either: effects.either = effects.either ?? .init(word: "either", span: span)
    case .ledger:
      effects.ghostWrite = effects.ghostWrite ?? .init(word: "a ledger", span: span)
      effects.usesSelf = effects.usesSelf ?? .init(word: "self", span: span)
    default:
      if let word = change(statement) { addWrite(word, span, isGhost: isGhost, &effects) }
    }
  }

  private func addWrite(
    _ word: String, _ span: SourceSpan, isGhost: Bool, _ effects: inout Effects
  ) {
    if isGhost {
      effects.ghostWrite = effects.ghostWrite ?? .init(word: word, span: span)
    } else {
      effects.write = effects.write ?? .init(word: word, span: span)
    }
  }

  private func collect(_ expression: Expression, isGhost: Bool, _ effects: inout Effects) {
    TreeWalk.visit(expression) { part in
      if case .selfTask = part.kind {
        effects.usesSelf = effects.usesSelf ?? .init(word: "self", span: part.span)
      }
      if case .call(let callee, _) = part.kind {
        let inner = self.effects(of: callee)
        effects.write = effects.write ?? inner.write
        effects.ghostWrite = effects.ghostWrite ?? inner.ghostWrite
        effects.wait = effects.wait ?? inner.wait
        effects.either = effects.either ?? inner.either
        effects.usesSelf = effects.usesSelf ?? inner.usesSelf
      } else if let word = change(part) {
        addWrite(word, part.span, isGhost: isGhost, &effects)
      }
    }
  }

  /// What a statement itself changes that is not local.
  func change(_ statement: Statement) -> String? {
    switch statement.kind {
    case .store(let place, _, _), .update(let place, _, _):
      TreeWalk.isLocal(place) ? nil : "an assignment"
    case .free: "'free'"
    case .handOver: "'hand_over'"
    case .move: "'move'"
    case .ledger: "a change of a ledger"
    default: nil
    }
  }

  /// What an expression itself changes that is not local.
  func change(_ expression: Expression) -> String? {
    switch expression.kind {
    case .new: return "'new'"
    case .atomicOperation(let operation, let place, _):
      return TreeWalk.isLocal(place) ? nil : "'\(operation.rawValue)'"
    case .collection(let operation, let place, _):
      switch operation {
      case .push, .pushFront, .pop, .popFront, .remove, .add:
        return TreeWalk.isLocal(place) ? nil : "'\(operation.rawValue)'"
      default: return nil
      }
    default: return nil
    }
  }
}
