internal import Machine
internal import Semantics

extension TypeLayout {
  /// The numbers of a constant expression, or nil if it is not constant.
  func constantLeaves(of expression: TypedExpression, as type: Type) -> [Int64]? {
    switch expression.kind {
    case .constant(let value): return [value]
    case .null: return [0]
    case .unary(.negate, let operand):
      return constantLeaves(of: operand, as: type)?.map { -$0 }
    case .setLiteral(let members):
      return setMask(of: members, as: type).map { [$0] }
    case .elements(let elements): return elementLeaves(elements, as: type)
    case .aggregate(let id, let values): return structLeaves(id, values, tag: nil)
    case .wordCase(let id, let caseIndex, let values):
      return structLeaves(id, values, tag: caseIndex)
    default: return nil
    }
  }

  private func setMask(of members: [TypedExpression], as type: Type) -> Int64? {
    guard case .set(let element) = type else { return nil }
    var mask: Int64 = 0
    for member in members {
      guard let value = constantLeaves(of: member, as: element)?.first else { return nil }
      mask |= 1 << (value - memberBase(of: element))
    }
    return mask
  }

  /// The number of the member that bit zero of a set stands for.
  func memberBase(of element: Type) -> Int64 {
    switch element {
    case .reference, .task: 1
    default: 0
    }
  }

  private func elementLeaves(_ elements: [TypedExpression], as type: Type) -> [Int64]? {
    switch type {
    case .array(let element, _):
      let leaves = elements.map { constantLeaves(of: $0, as: element) }
      return leaves.contains { $0 == nil } ? nil : leaves.flatMap { $0 ?? [] }
    case .list(let element, let capacity):
      let given = elements.map { constantLeaves(of: $0, as: element) }
      if given.contains(where: { $0 == nil }) { return nil }
      let rest = leaves(of: type).dropFirst(1 + elements.count * size(of: element)).map(\.initial)
      return elements.count > capacity
        ? nil : [Int64(elements.count)] + given.flatMap { $0 ?? [] } + rest
    default: return nil
    }
  }

  private func structLeaves(_ id: StructID, _ values: [FieldValue], tag: Int?) -> [Int64]? {
    var result = leaves(of: .structure(id)).map(\.initial)
    if let tag { result[0] = Int64(tag) }
    for value in values {
      let type = program.structs[id.index].fields[value.field].type
      guard let numbers = constantLeaves(of: value.value, as: type) else { return nil }
      let start = offset(of: value.field, in: id)
      result.replaceSubrange(start..<(start + numbers.count), with: numbers)
    }
    return result
  }
}
