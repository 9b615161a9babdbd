extension Type {
  /// The type that a value of this type has once it is loaded: locals never hold references.
  var withoutHolds: Type {
    switch self {
    case .reference(let pool, let isOptional, _):
      .reference(pool, isOptional: isOptional, holds: false)
    case .set(let element): .set(of: element.withoutHolds)
    case .list(let element, let capacity): .list(of: element.withoutHolds, capacity: capacity)
    case .array(let element, let index): .array(of: element.withoutHolds, index: index)
    default: self
    }
  }

  /// The type without `?`.
  var withoutOptional: Type {
    switch self {
    case .reference(let pool, _, let holds): .reference(pool, isOptional: false, holds: holds)
    case .task: .task(isOptional: false)
    default: self
    }
  }

  /// Whether `nil` is a value of the type.
  var isOptional: Bool {
    switch self {
    case .reference(_, let isOptional, _), .task(let isOptional): isOptional
    case .null: true
    default: false
    }
  }

  /// Whether an error about the type has been reported already.
  var isError: Bool { self == .error }

  /// The interval of an integer type.
  var interval: Interval? {
    if case .integer(let interval) = self { interval } else { nil }
  }

  /// The type of the members of a set or the elements of a list, as values.
  var elementType: Type? {
    switch self {
    case .set(let element), .list(let element, _): element.withoutHolds
    default: nil
    }
  }

  /// The type that covers both, of two values of which one is chosen; nil if there is none.
  static func join(_ a: Type, _ b: Type) -> Type? {
    switch (a.withoutHolds, b.withoutHolds) {
    case (.error, _), (_, .error): return .error
    case (.integer(let x), .integer(let y)): return .integer(IntervalArithmetic.hull(x, y))
    case (.reference(let p, let x, _), .reference(let q, let y, _)) where p == q:
      return .reference(p, isOptional: x || y, holds: false)
    case (.task(let x), .task(let y)): return .task(isOptional: x || y)
    case (.null, .reference(let p, _, _)), (.reference(let p, _, _), .null):
      return .reference(p, isOptional: true, holds: false)
    case (.null, .task), (.task, .null): return .task(isOptional: true)
    case (let x, let y): return x == y ? x : nil
    }
  }

  /// Whether values of the two types can be stored into each other, intervals and nil aside.
  static func isCompatible(_ value: Type, with target: Type) -> Bool {
    switch (value.withoutHolds, target.withoutHolds) {
    case (.error, _), (_, .error): return true
    case (.integer, .integer): return true
    case (.reference(let p, _, _), .reference(let q, _, _)): return p == q
    case (.task, .task): return true
    case (.null, let target): return target.isOptional
    case (.set(let x), .set(let y)): return isCompatible(x, with: y)
    case (.list(let x, let m), .list(let y, let n)): return x == y && m == n
    case (let x, let y): return x == y
    }
  }

  /// Whether both are one type for an `inout` location: what is stored on either side must fit.
  static func isSameLocation(_ a: Type, _ b: Type) -> Bool {
    let (x, y) = (a.withoutHolds, b.withoutHolds)
    return x == y || x.isError || y.isError
  }
}
