internal import SourceText
internal import Syntax

/// `{ … }` and `[ … ]`: structs, words, sets, arrays and lists.
extension CodeChecker {
  func literal(_ fields: [FieldValueSyntax], span: SourceSpan, expected: Type?) -> Expression {
    switch expected?.withoutHolds {
    case .structure(let id): return aggregate(id, fields, span: span)
    case .set(let element): return setLiteral(fields, element: element, span: span)
    case .error: return failure(span)
    case nil: return untypedSet(fields, span: span)
    case .some(let type):
      report(
        .typeMismatch(
          expected: describe(type), found: "a literal of a struct or set", at: span))
      return failure(span)
    }
  }

  private func aggregate(_ id: StructID, _ fields: [FieldValueSyntax], span: SourceSpan)
    -> Expression
  {
    let type = program.structs[id.index]
    guard type.cases.isEmpty else {
      report(
        .needsType("a word enum's literal needs its case first; without it, '{ }'", at: span))
      return failure(span)
    }
    let values = fieldValues(
      fields, of: type.fields, indexes: Array(type.fields.indices), owner: "'\(type.name)'")
    return Expression(.aggregate(id, values), type: .structure(id), span: span)
  }

  /// The values of named fields; a name alone is a flag that is set.
  func fieldValues(
    _ syntax: [FieldValueSyntax], of fields: [Field], indexes: [Int], owner: String
  ) -> [FieldValue] {
    var result: [FieldValue] = []
    var seen: [Int: SourceSpan] = [:]
    for entry in syntax {
      guard let name = entry.name else {
        if let value = entry.value {
          report(
            .typeMismatch(
              expected: "a field with its value", found: "a value without a field", at: value.span))
        }
        continue
      }
      guard let index = indexes.first(where: { fields[$0].name == name.text }) else {
        let names = indexes.map { fields[$0].name }
        report(
          .unknownField(
            name.text, of: owner, at: name.span, nearest: nearestName(to: name.text, among: names)))
        if let value = entry.value { _ = expression(value) }
        continue
      }
      if let first = seen[index] {
        report(.duplicateName(name.text, at: name.span, first: first))
        continue
      }
      seen[index] = name.span
      result.append(FieldValue(field: index, value: fieldValue(entry, name, fields[index])))
    }
    return result
  }

  private func fieldValue(_ entry: FieldValueSyntax, _ name: Name, _ field: Field) -> Expression {
    if let syntax = entry.value {
      if field.isGhost { requireDepth += 1 }
      defer { if field.isGhost { requireDepth -= 1 } }
      return converted(syntax, to: field.type, target: "'\(field.name)'")
    }
    if field.type != .bool, !field.type.isError {
      report(
        .typeMismatch(
          expected: describe(field.type), found: "a field without a value", at: name.span,
          help: "write '\(name.text): \u{2026}'"))
    }
    return Expression(.constant(1), type: .bool, span: name.span)
  }

  // MARK: - Sets

  private func setLiteral(_ members: [FieldValueSyntax], element: Type, span: SourceSpan)
    -> Expression
  {
    let values = members.map { member -> Expression in
      if let name = member.name, member.value != nil {
        report(
          .typeMismatch(
            expected: "a member of the set", found: "a field with a value", at: name.span))
      }
      let syntax = member.name.map(ExpressionSyntax.name) ?? member.value ?? .error(span)
      return converted(syntax, to: element, target: "a member")
    }
    return Expression(.setLiteral(values), type: .set(of: element.withoutHolds), span: span)
  }

  /// A set without an expected type: its first member tells what it is of.
  private func untypedSet(_ members: [FieldValueSyntax], span: SourceSpan) -> Expression {
    guard let first = members.first, !members.contains(where: { $0.name != nil && $0.value != nil })
    else {
      report(.needsType("'{ \u{2026} }'", at: span))
      return failure(span)
    }
    let syntax = first.name.map(ExpressionSyntax.name) ?? first.value ?? .error(span)
    let element = expression(syntax).type.withoutHolds
    switch element {
    case .error: return failure(span)
    case .enumeration, .reference, .task:
      return setLiteral(members, element: element.withoutOptional, span: span)
    default:
      report(.needsType("'{ \u{2026} }'", at: span))
      return failure(span)
    }
  }

  // MARK: - Arrays and lists

  func arrayLiteral(_ elements: [ExpressionSyntax], span: SourceSpan, expected: Type?)
    -> Expression
  {
    let element: Type
    switch expected?.withoutHolds {
    case .array(let type, let index):
      element = type
      checkCount(elements.count, of: index, span: span)
    case .list(let type, let capacity):
      element = type
      if elements.count > capacity {
        report(
          .limitExceeded(
            "the number of elements", found: Int64(elements.count), limit: "at most \(capacity)",
            at: span))
      }
    case .error: return failure(span)
    case nil:
      report(.needsType("'[ \u{2026} ]'", at: span))
      for element in elements { _ = expression(element) }
      return failure(span)
    case .some(let type):
      report(
        .typeMismatch(expected: describe(type), found: "a literal of an array or list", at: span))
      return failure(span)
    }
    let values = elements.map { converted($0, to: element, target: "an element") }
    return Expression(
      .elements(values), type: expected?.withoutHolds ?? .error, span: span)
  }

  private func checkCount(_ count: Int, of index: ArrayIndex, span: SourceSpan) {
    let needed: Int
    switch index {
    case .count(let number): needed = number
    case .enumeration(let id): needed = program.enums[id.index].cases.count
    case .pool:
      report(
        .needsPlace(
          "an array over a pool has no literal, since the scenario sets the pool's size", at: span))
      return
    }
    if count != needed {
      report(
        .limitExceeded("the number of elements", found: Int64(count), limit: "\(needed)", at: span))
    }
  }
}
