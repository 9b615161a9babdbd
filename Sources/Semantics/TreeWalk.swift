/// Walking over checked trees in the order of evaluation.
enum TreeWalk {
  /// The expressions directly inside an expression, those of its places included.
  static func parts(of expression: Expression) -> [Expression] {
    switch expression.kind {
    case .constant, .null, .selfTask: []
    case .load(let place, _): parts(of: place)
    case .wordField(let inner, _), .isCase(let inner, _), .unary(_, let inner), .holders(let inner),
      .isLive(let inner), .inInterrupt(let inner), .cpuOf(let inner):
      [inner]
    case .binary(_, let left, let right): [left, right]
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .call(_, let arguments): arguments.flatMap(parts)
    case .atomicOperation(_, let place, let operands), .collection(_, let place, let operands):
      parts(of: place) + operands
    case .setOperation(_, let set, let operands): [set] + operands
    case .new(_, let fields), .aggregate(_, let fields), .wordCase(_, _, let fields):
      fields.map(\.value)
    case .setLiteral(let members): members
    case .elements(let elements): elements
    case .quantifier(let quantifier):
      parts(of: quantifier.domain) + [quantifier.filter, quantifier.body].compactMap { $0 }
    case .taskNamed(_, _, let index): index.map { [$0] } ?? []
    }
  }

  private static func parts(of argument: Argument) -> [Expression] {
    switch argument {
    case .value(let expression): [expression]
    case .place(let place): parts(of: place)
    }
  }

  /// The expressions that a place evaluates.
  static func parts(of place: Place) -> [Expression] {
    switch place.kind {
    case .local, .alias, .variable, .scenarioLocal: []
    case .taskVariable(_, let owner): [owner]
    case .object(let reference, _, _): [reference]
    case .field(let base, _): parts(of: base)
    case .element(let base, let index): parts(of: base) + [index]
    case .cpuPinned(let cpu), .cpuInterruptsOff(let cpu): [cpu]
    }
  }

  /// The expressions that a domain evaluates.
  static func parts(of domain: Domain) -> [Expression] {
    switch domain {
    case .range(let lower, let upper): [lower, upper]
    case .set(let set): [set]
    case .list(let place): parts(of: place)
    case .pool, .enumeration, .booleans, .tasks: []
    }
  }

  /// The expressions that a statement itself evaluates, without those of statements inside it.
  static func parts(of statement: Statement) -> [Expression] {
    switch statement.kind {
    case .setLocal(_, let value): [value].compactMap { $0 }
    case .bindAlias(_, let place): parts(of: place)
    case .store(let place, let value, _), .update(let place, _, let value):
      parts(of: place) + [value]
    case .evaluate(let value), .free(let value), .ledger(let value, _), .await(_, let value),
      .require(let value, _, _), .conditional(let value, _, _):
      [value]
    case .loop(_, let condition, _): [condition].compactMap { $0 }
    case .forEach(_, _, let domain, _, _): parts(of: domain)
    case .returnValue(let value): [value].compactMap { $0 }
    case .choose(_, let domain, let condition):
      parts(of: domain) + [condition].compactMap { $0 }
    case .handOver(let place, let owner): parts(of: place) + [owner]
    case .move(let value, let from, let to): [value] + parts(of: from) + parts(of: to)
    case .block, .sequence, .either, .atomic, .ghost, .breakLoop, .continueLoop, .leave, .skip,
      .unreachable:
      []
    }
  }

  /// Visits an expression after everything inside it.
  static func visit(_ expression: Expression, _ body: (Expression) -> Void) {
    for part in parts(of: expression) { visit(part, body) }
    body(expression)
  }

  /// Whether a place lies in a local of the code, so that a store to it is nobody else's business.
  static func isLocal(_ place: Place) -> Bool {
    switch place.kind {
    case .local: true
    case .field(let base, _), .element(let base, _): isLocal(base)
    default: false
    }
  }
}
