internal import Semantics

/// Cuts a property into the parts that a report can call false one by one: the operands of `&&`,
/// and the instances of `all` over objects.
struct PropertyParts {
  /// One part, for given values of the bound variables.
  struct Part {
    var condition: TypedExpression
    var bindings: [LocalIndex: Int64]
    /// For which objects: ` for p = page0`.
    var note: String
  }

  private static let limit = 64

  static func split(_ property: Property, layout: TypeLayout) -> [Part] {
    var parts: [Part] = []
    split(property.condition, [:], "", property.locals, layout, &parts)
    return parts
  }

  private static func split(
    _ condition: TypedExpression, _ bindings: [LocalIndex: Int64], _ note: String,
    _ locals: [Local], _ layout: TypeLayout, _ parts: inout [Part]
  ) {
    guard parts.count < limit else { return }
    switch condition.kind {
    case .binary(.and, let left, let right):
      split(left, bindings, note, locals, layout, &parts)
      split(right, bindings, note, locals, layout, &parts)
    case .quantifier(let quantifier) where quantifier.kind == .all:
      guard case .pool(let pool, true) = quantifier.domain, quantifier.filter == nil,
        let body = quantifier.body
      else {
        splitLive(condition, quantifier, bindings, note, locals, layout, &parts)
        return
      }
      instances(quantifier, pool, body, bindings, note, locals, layout, &parts)
    default: parts.append(Part(condition: condition, bindings: bindings, note: note))
    }
  }

  /// `all p in pool: body` is, for each object, "dead, or body".
  private static func splitLive(
    _ condition: TypedExpression, _ quantifier: Quantifier, _ bindings: [LocalIndex: Int64],
    _ note: String, _ locals: [Local], _ layout: TypeLayout, _ parts: inout [Part]
  ) {
    guard case .pool(let pool, false) = quantifier.domain, let body = quantifier.body else {
      parts.append(Part(condition: condition, bindings: bindings, note: note))
      return
    }
    let type = locals[quantifier.variable.index].type
    let object = TypedExpression(
      .load(
        Place(.local(quantifier.variable), type: type, span: body.span), once: false), type: type,
      span: body.span)
    let isLive = TypedExpression(.isLive(object), type: .bool, span: body.span)
    var guarded = TypedExpression(.binary(.implies, isLive, body), type: .bool, span: body.span)
    if let filter = quantifier.filter {
      let both = TypedExpression(.binary(.and, isLive, filter), type: .bool, span: body.span)
      guarded = TypedExpression(.binary(.implies, both, body), type: .bool, span: body.span)
    }
    instances(quantifier, pool, guarded, bindings, note, locals, layout, &parts)
  }

  private static func instances(
    _ quantifier: Quantifier, _ pool: PoolID, _ body: TypedExpression,
    _ bindings: [LocalIndex: Int64], _ note: String, _ locals: [Local], _ layout: TypeLayout,
    _ parts: inout [Part]
  ) {
    let name = locals[quantifier.variable.index].name
    for object in 0..<layout.poolSize(pool) {
      var inner = bindings
      inner[quantifier.variable] = Int64(object) + 1
      let text = "\(name) = \(layout.program.pools[pool.index].name)\(object)"
      split(
        body, inner, note.isEmpty ? " for \(text)" : "\(note), \(text)", locals, layout, &parts)
    }
  }
}
