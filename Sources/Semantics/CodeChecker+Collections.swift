internal import SourceText
internal import Syntax

/// Methods and properties of lists and sets.
extension CodeChecker {
  private static let listMethods: [CollectionOperation] = [
    .push, .pushFront, .pop, .popFront, .remove, .contains, .count, .first, .last, .isEmpty,
  ]
  private static let setMethods: [CollectionOperation] = [
    .add, .remove, .contains, .count, .isEmpty,
  ]

  private func methods(of type: Type) -> [CollectionOperation] {
    switch type {
    case .list: Self.listMethods
    case .set: Self.setMethods
    default: []
    }
  }

  func method(
    _ base: ExpressionSyntax, _ name: Name, _ arguments: [ExpressionSyntax], span: SourceSpan
  ) -> Expression {
    let owner = operand(base)
    let known = methods(of: owner.type)
    guard let operation = CollectionOperation(rawValue: name.text), known.contains(operation) else {
      if !owner.type.isError { reportUnknownMethod(name, owner.type, known) }
      for argument in arguments { _ = operand(argument) }
      return failure(span)
    }
    let needed = takesArgument(operation) ? 1 : 0
    guard arguments.count == needed, let element = owner.type.elementType else {
      report(
        .argumentCount(
          name.text, expected: needed == 1 ? "1 argument" : "no arguments",
          found: arguments.count, at: name.span))
      return failure(span)
    }
    let values = arguments.map {
      converted($0, to: storedElement(owner.type) ?? element, target: "an element")
    }
    return apply(operation, owner, values, at: name, span: span)
  }

  private func reportUnknownMethod(_ name: Name, _ type: Type, _ known: [CollectionOperation]) {
    let near = nearestName(to: name.text, among: known.map(\.rawValue))
    report(
      .unknownName(
        name.text, what: "operation of \(describe(type)) called", rule: "unknown-name",
        at: name.span, nearest: near,
        help: known.isEmpty
          ? nil : "there are " + known.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
  }

  private func takesArgument(_ operation: CollectionOperation) -> Bool {
    switch operation {
    case .push, .pushFront, .remove, .add, .contains: true
    default: false
    }
  }

  private func storedElement(_ type: Type) -> Type? {
    switch type {
    case .list(let element, _), .set(let element): element
    default: nil
    }
  }

  /// `list.count`, `set.is_empty`: a property, written without parentheses.
  func collectionProperty(_ owner: Operand, _ name: Name, span: SourceSpan) -> Expression {
    let known = methods(of: owner.type)
    guard let operation = CollectionOperation(rawValue: name.text), known.contains(operation) else {
      reportUnknownMethod(name, owner.type, known)
      return failure(span)
    }
    if takesArgument(operation) {
      report(.argumentCount(name.text, expected: "1 argument", found: 0, at: name.span))
      return failure(span)
    }
    return apply(operation, owner, [], at: name, span: span)
  }

  private func apply(
    _ operation: CollectionOperation, _ owner: Operand, _ values: [Expression], at name: Name,
    span: SourceSpan
  ) -> Expression {
    if case .constant(let what) = purpose {
      report(.notConstant(what, at: span))
      return failure(span)
    }
    let result = resultType(operation, of: owner.type)
    switch owner.kind {
    case .value(let set):
      if changes(operation) {
        report(.needsPlace("'\(name.text)' needs a location to change", at: set.span))
        return failure(span)
      }
      return Expression(.setOperation(operation, set, values), type: result, span: span)
    case .place(let place):
      if changes(operation) {
        checkAssignable(owner, at: place.span)
        if ghostDepth > 0, !owner.isGhost {
          report(.ghostWrite(self.name(of: place), at: place.span))
        } else if ghostDepth == 0, owner.isGhost {
          report(.needsGhost("a change of the ghost '\(self.name(of: place))'", at: span))
        }
      } else {
        _ = load(owner)
      }
      return Expression(.collection(operation, place, values), type: result, span: span)
    }
  }

  private func changes(_ operation: CollectionOperation) -> Bool {
    switch operation {
    case .push, .pushFront, .pop, .popFront, .remove, .add: true
    default: false
    }
  }

  private func resultType(_ operation: CollectionOperation, of type: Type) -> Type {
    switch operation {
    case .push, .pushFront, .remove, .add: return .none
    case .contains, .isEmpty: return .bool
    case .pop, .popFront, .first, .last: return type.elementType ?? .error
    case .count:
      switch type {
      case .list(_, let capacity): return .integer(0...Int64(capacity))
      case .set(.enumeration(let id)):
        return .integer(0...Int64(program.enums[id.index].cases.count))
      default: return .integer(0...62)
      }
    }
  }
}
