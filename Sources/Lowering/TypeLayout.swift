internal import Machine
internal import Semantics

/// How values of the language's types are flattened to numbers.
///
/// A scalar is one leaf. A word is its tag (if it is a word enum) and its fields. A struct is its
/// fields, an array its elements, a list its length and its elements. A reference is 0 for nil and
/// the object's index plus one otherwise, a task likewise; a set is a bit mask.
/// It is an object because code asks it at every turn, and would copy the program's tables each time.
final class TypeLayout {
  /// One number of a flattened type.
  struct Leaf {
    /// What comes after the name of the whole: `.flags.dirty`, `[1]`.
    var suffix: String
    var lower: Int64
    var upper: Int64
    var format: ValueFormat
    /// The value of the type's default.
    var initial: Int64
    /// The pool of the references that the leaf holds, if it is an owning location.
    var holds: PoolID?
    /// Whether it is a bit mask and not a single value.
    var isSet: Bool
  }

  let program: Program
  /// The number of objects of each pool.
  let poolSizes: [Int]
  let processCount: Int
  let cpuCount: Int

  init(program: Program, poolSizes: [Int], processCount: Int, cpuCount: Int) {
    self.program = program
    self.poolSizes = poolSizes
    self.processCount = processCount
    self.cpuCount = cpuCount
  }

  func poolSize(_ pool: PoolID) -> Int { poolSizes[pool.index] }

  /// The number of elements of an array.
  func count(of index: ArrayIndex) -> Int {
    switch index {
    case .count(let count): count
    case .enumeration(let id): program.enums[id.index].cases.count
    case .pool(let pool): poolSize(pool)
    }
  }

  /// The number of leaves of a type.
  func size(of type: Type) -> Int {
    switch type {
    case .bool, .integer, .enumeration, .reference, .task, .cpu, .set: 1
    case .array(let element, let index): count(of: index) * size(of: element)
    case .list(let element, let capacity): 1 + capacity * size(of: element)
    case .structure(let id): structSize(id)
    case .none, .null, .error: type == .null ? 1 : 0
    }
  }

  private func structSize(_ id: StructID) -> Int {
    let type = program.structs[id.index]
    return (type.cases.isEmpty ? 0 : 1) + type.fields.reduce(0) { $0 + size(of: $1.type) }
  }

  /// The number of leaves before a field of a struct.
  func offset(of field: Int, in id: StructID) -> Int {
    let type = program.structs[id.index]
    return (type.cases.isEmpty ? 0 : 1)
      + type.fields[..<field].reduce(0) { $0 + size(of: $1.type) }
  }

  /// The leaves of a type, in order.
  func leaves(of type: Type) -> [Leaf] {
    switch type {
    case .bool: [scalar(0...1, .boolean)]
    case .integer(let range): [scalar(range, .number)]
    case .enumeration(let id):
      [scalar(0...Int64(program.enums[id.index].cases.count - 1), format(of: type))]
    case .reference(let pool, _, let holds):
      [scalar(0...Int64(poolSize(pool)), format(of: type), holds: holds ? pool : nil)]
    case .task: [scalar(0...Int64(processCount), .process)]
    case .cpu: [scalar(0...Int64(max(0, cpuCount - 1)), .cpu)]
    case .null: [scalar(0...0, .process)]
    case .set(let element): [setLeaf(of: element)]
    case .array(let element, let index):
      (0..<count(of: index)).flatMap { number in
        leaves(of: element).map { $0.named("[\(elementName(number, index))]") }
      }
    case .list(let element, let capacity):
      [scalar(0...Int64(capacity), .number).named(".count")]
        + (0..<capacity).flatMap { number in
          leaves(of: element).map {
            var leaf = $0.named("[\(number)]")
            leaf.initial = leaf.lower > 0 ? leaf.lower : 0
            return leaf
          }
        }
    case .structure(let id): structLeaves(id)
    case .none, .error: []
    }
  }

  private func structLeaves(_ id: StructID) -> [Leaf] {
    let type = program.structs[id.index]
    var result: [Leaf] = []
    if !type.cases.isEmpty {
      result.append(scalar(0...Int64(type.cases.count - 1), .cases(type.cases.map(\.name))))
    }
    for (index, field) in type.fields.enumerated() {
      let prefix = type.cases.first { $0.fields.contains(index) }.map { ".\($0.name)" } ?? ""
      let values = initialValues(of: field)
      for (leaf, value) in zip(leaves(of: field.type), values) {
        var named = leaf.named("\(prefix).\(field.name)")
        named.initial = value
        result.append(named)
      }
    }
    return result
  }

  /// The numbers that a field starts with.
  func initialValues(of field: Field) -> [Int64] {
    if case .value(let expression) = field.initial,
      let values = constantLeaves(of: expression, as: field.type)
    {
      return values
    }
    return leaves(of: field.type).map(\.initial)
  }

  private func scalar(_ range: ClosedRange<Int64>, _ format: ValueFormat, holds: PoolID? = nil)
    -> Leaf
  {
    Leaf(
      suffix: "", lower: range.lowerBound, upper: range.upperBound, format: format,
      initial: range.contains(0) ? 0 : range.lowerBound, holds: holds, isSet: false)
  }

  private func setLeaf(of element: Type) -> Leaf {
    let count = memberCount(of: element)
    var leaf = scalar(0...Int64((UInt64(1) << UInt64(count)) - 1), .set(of: format(of: element)))
    if case .reference(let pool, _, true) = element { leaf.holds = pool }
    leaf.isSet = true
    return leaf
  }

  /// How many members a set of this type can have.
  func memberCount(of element: Type) -> Int {
    switch element {
    case .reference(let pool, _, _): poolSize(pool)
    case .task: processCount
    case .cpu: cpuCount
    case .bool: 2
    case .enumeration(let id): program.enums[id.index].cases.count
    case .integer(let range): Int(range.upperBound) + 1
    default: 0
    }
  }

  /// How values of a scalar type are shown.
  func format(of type: Type) -> ValueFormat {
    switch type {
    case .bool: .boolean
    case .enumeration(let id): .cases(program.enums[id.index].cases)
    case .reference(let pool, _, _): .reference(pool: program.pools[pool.index].name)
    case .task: .process
    case .cpu: .cpu
    case .set(let element): .set(of: format(of: element))
    case .structure(let id) where !program.structs[id.index].cases.isEmpty:
      .cases(program.structs[id.index].cases.map(\.name))
    default: .number
    }
  }

  private func elementName(_ number: Int, _ index: ArrayIndex) -> String {
    switch index {
    case .count: "\(number)"
    case .enumeration(let id): program.enums[id.index].cases[number]
    case .pool(let pool): "\(program.pools[pool.index].name)\(number)"
    }
  }

  /// The range of a scalar type's numbers.
  func range(of type: Type) -> ClosedRange<Int64> {
    guard let leaf = leaves(of: type).first else { return 0...0 }
    return leaf.lower...leaf.upper
  }
}

extension TypeLayout.Leaf {
  /// The leaf with `prefix` before its name.
  func named(_ prefix: String) -> TypeLayout.Leaf {
    var leaf = self
    leaf.suffix = prefix + suffix
    return leaf
  }
}
