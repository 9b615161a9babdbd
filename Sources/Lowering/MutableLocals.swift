internal import Semantics

/// Finds the locals of a body that can change while they live: those set at more than one place,
/// and those used as a location.
struct MutableLocals {
  private var settings: [Int: Int] = [:]
  private var changed: Set<Int> = []

  /// The indexes of the locals that can change.
  static func find(in body: Body) -> Set<Int> {
    var finder = MutableLocals()
    finder.visit(body.statements)
    return finder.changed.union(finder.settings.filter { $0.value > 1 }.keys)
  }

  private mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .setLocal(let local, let value):
      settings[local.index, default: 0] += 1
      if let value { visit(value) }
    case .choose(let local, _, let condition):
      settings[local.index, default: 0] += 1
      if let condition { visit(condition) }
    case .bindAlias(_, let place): change(place)
    case .store(let place, let value, _), .update(let place, _, let value):
      change(place)
      visit(value)
    case .evaluate(let value), .await(_, let value), .require(let value, _, _), .free(let value),
      .ledger(let value, _):
      visit(value)
    case .conditional(let condition, let body, let otherwise):
      visit(condition)
      visit(body)
      visit(otherwise)
    case .loop(_, let condition, let body):
      if let condition { visit(condition) }
      visit(body)
    case .forEach(_, _, _, _, let body), .block(_, let body), .sequence(let body),
      .atomic(let body), .ghost(let body):
      visit(body)
    case .either(let alternatives): for body in alternatives { visit(body) }
    case .returnValue(let value): if let value { visit(value) }
    case .handOver(let place, let task):
      change(place)
      visit(task)
    case .move(let element, let from, let to):
      visit(element)
      change(from)
      change(to)
    case .breakLoop, .continueLoop, .leave, .skip, .unreachable: break
    }
  }

  private mutating func visit(_ expression: TypedExpression) {
    switch expression.kind {
    case .call(_, let arguments):
      for argument in arguments {
        switch argument {
        case .value(let value): visit(value)
        case .place(let place): change(place)
        }
      }
    case .atomicOperation(_, let place, let operands), .collection(_, let place, let operands):
      change(place)
      for operand in operands { visit(operand) }
    case .unary(_, let a), .wordField(let a, _), .isCase(let a, _), .holders(let a), .isLive(let a),
      .inInterrupt(let a), .cpuOf(let a):
      visit(a)
    case .binary(_, let a, let b):
      visit(a)
      visit(b)
    case .conditional(let a, let b, let c):
      visit(a)
      visit(b)
      visit(c)
    case .setOperation(_, let a, let operands):
      visit(a)
      for operand in operands { visit(operand) }
    case .new(_, let fields), .aggregate(_, let fields), .wordCase(_, _, let fields):
      for field in fields { visit(field.value) }
    case .setLiteral(let all), .elements(let all): for value in all { visit(value) }
    case .quantifier(let quantifier):
      if let filter = quantifier.filter { visit(filter) }
      if let body = quantifier.body { visit(body) }
    case .load(let place, _): visitIndexes(of: place)
    case .constant, .null, .selfTask, .taskNamed: break
    }
  }

  /// The local at the root of a location that is stored to, or aliased, can change.
  private mutating func change(_ place: TypedPlace) {
    var current = place
    while true {
      switch current.kind {
      case .local(let local):
        changed.insert(local.index)
        return
      case .field(let base, _): current = base
      case .element(let base, let index):
        visit(index)
        current = base
      default:
        visitIndexes(of: current)
        return
      }
    }
  }

  private mutating func visitIndexes(of place: TypedPlace) {
    switch place.kind {
    case .taskVariable(_, let e), .object(let e, _, _), .cpuPinned(let e), .cpuInterruptsOff(let e):
      visit(e)
    case .field(let base, _): visitIndexes(of: base)
    case .element(let base, let index):
      visitIndexes(of: base)
      visit(index)
    case .local, .alias, .variable, .scenarioLocal: break
    }
  }
}
