internal import SourceText
internal import Syntax

/// Guards and lock bits: paths of fields that end at a lock.
extension Analyzer {
  func resolveLockBits() {
    for (syntax, module) in pending.lockBits {
      guard let first = syntax.path.first else { continue }
      guard let entry = find(first, .type, from: module), case .pool(let pool) = entry.symbol else {
        if entries(first.text, .type, from: module).isEmpty {
          reportUnknown(first, .type, from: module, what: "pool", rule: "unknown-type")
        } else {
          report(.invalidLock("a lock bit is in an object of a pool", at: first.span))
        }
        continue
      }
      var type = Type.reference(pool, isOptional: false, holds: false)
      var steps: [FieldStep] = []
      for name in syntax.path.dropFirst() {
        guard let next = step(name, from: &type, followsReferences: steps.isEmpty) else { break }
        steps.append(next)
      }
      guard steps.count == syntax.path.count - 1 else { continue }
      if type != .bool {
        report(
          .invalidLock("a lock bit is a boolean, but this is \(describe(type))", at: syntax.span))
        continue
      }
      if program.lockBits.count == Limits.pools {
        report(
          .tooMany(
            "a model", "lock bits", found: Limits.pools + 1, limit: Limits.pools, at: syntax.span))
      }
      program.lockBits.append(LockBit(pool: pool, path: steps))
    }
  }

  /// The field of that name in what has been reached, which moves on to the field's type.
  private func step(_ name: Name, from type: inout Type, followsReferences: Bool) -> FieldStep? {
    let fields: [Field]
    switch type {
    case .reference(let pool, _, _) where followsReferences:
      fields = program.pools[pool.index].fields
    case .structure(let id): fields = program.structs[id.index].fields
    case .error: return nil
    default:
      report(.unknownField(name.text, of: describe(type), at: name.span, nearest: nil))
      return nil
    }
    guard let index = fields.firstIndex(where: { $0.name == name.text }) else {
      report(
        .unknownField(
          name.text, of: "'\(text(type))'", at: name.span,
          nearest: nearestName(to: name.text, among: fields.map(\.name))))
      return nil
    }
    type = fields[index].type
    return FieldStep(field: index)
  }

  func setGuards(
    _ syntax: FieldSyntax, own: Type? = nil, fields: [Field], in module: Int,
    _ set: ([Field.Guard], [Int]) -> Void
  ) {
    let guards = syntax.guards.compactMap { lockGuard($0, fields: fields, in: module) }
    var exceptions: [Int] = []
    if !syntax.exceptions.isEmpty {
      let type = own ?? fields.first { $0.name == syntax.name.text }?.type ?? .error
      exceptions = guardExceptions(syntax.exceptions, of: type)
    }
    set(guards, exceptions)
  }

  private func guardExceptions(_ names: [Name], of type: Type) -> [Int] {
    if type.isError { return [] }
    guard let word = word(elementOfArrays(type)) else {
      report(
        .invalidGuard(
          "'except' names fields of a word, but this is \(describe(type))", at: names[0].span))
      return []
    }
    return names.flatMap { name in
      let indexes = word.fields.indices.filter { word.fields[$0].name == name.text }
      if indexes.isEmpty {
        report(
          .unknownField(
            name.text, of: "'\(word.name)'", at: name.span,
            nearest: nearestName(to: name.text, among: word.fields.map(\.name))))
      }
      return Array(indexes)
    }
  }

  private func elementOfArrays(_ type: Type) -> Type {
    if case .array(let element, _) = type { elementOfArrays(element) } else { type }
  }

  private func lockGuard(_ syntax: ExpressionSyntax, fields: [Field], in module: Int)
    -> Field.Guard?
  {
    guard let path = path(syntax) else {
      report(.invalidGuard("a guard is a lock, such as 'lock' or 'mapping.lock'", at: syntax.span))
      return nil
    }
    var type: Type
    var steps: [FieldStep] = []
    var global: VariableIndex?
    if let index = fields.firstIndex(where: { $0.name == path[0].text }) {
      steps.append(FieldStep(field: index))
      type = fields[index].type
    } else if let entry = find(path[0], .value, from: module),
      case .variable(let variable) = entry.symbol
    {
      global = variable
      type = program.variables[variable.index].field.type
    } else {
      reportUnknown(
        path[0], .value, from: module, what: "lock", also: fields.map(\.name))
      return nil
    }
    var bitPool: (PoolID, [FieldStep])?
    for name in path.dropFirst() {
      if case .reference(let pool, _, _) = type { bitPool = (pool, []) }
      guard let next = step(name, from: &type, followsReferences: true) else { return nil }
      steps.append(next)
      bitPool?.1.append(next)
    }
    guard isLock(type, bitPool) || (type == .bool && isOwnLockBit(steps, fields)) else {
      if !type.isError {
        report(
          .invalidGuard("a guard is a lock, but this is \(describe(type))", at: syntax.span))
      }
      return nil
    }
    return global.map { .global($0, steps) } ?? .path(steps)
  }

  private func isLock(_ type: Type, _ bit: (PoolID, [FieldStep])?) -> Bool {
    if case .structure(let id) = type { return program.structs[id.index].kind == .lock }
    guard type == .bool, let bit else { return false }
    return program.lockBits.contains { $0.pool == bit.0 && $0.path == bit.1 }
  }

  /// Whether the path is a lock bit of the pool that has the fields.
  private func isOwnLockBit(_ steps: [FieldStep], _ fields: [Field]) -> Bool {
    program.lockBits.contains { bit in
      bit.path == steps
        && program.pools[bit.pool.index].fields.map(\.span) == fields.map(\.span)
    }
  }

  private func path(_ syntax: ExpressionSyntax) -> [Name]? {
    switch syntax {
    case .name(let name): [name]
    case .member(let base, let name): path(base).map { $0 + [name] }
    default: nil
    }
  }
}
