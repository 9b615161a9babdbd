internal import Machine

/// How the variables of a system are declared in Promela: as scalars, or as elements of arrays where code
/// computes an index.
struct Storage {
  /// An array.
  struct Array {
    /// Its name.
    var name: String
    /// The variable that its first element is, and how many variables further the next one is.
    var first: Int
    var stride: Int
    /// The number of elements; there may be some that no variable is.
    var count: Int
  }

  private let system: TransitionSystem
  /// The arrays, and for each variable the one that it is an element of.
  private(set) var arrays: [Array] = []
  private var arrayOf: [Int?]
  /// For each variable whether it is declared.
  private(set) var isDeclared: [Bool]
  /// The variables that are program counters, with their processes.
  private let processOf: [Int: Int]

  /// Lays out the variables of `system`; the program counters of the processes in `tracked` are declared
  /// even if no code reads them.
  init(_ system: TransitionSystem, tracked: Set<Int>) throws(NotExportable) {
    self.system = system
    arrayOf = .init(repeating: nil, count: system.variables.count)
    isDeclared = .init(repeating: true, count: system.variables.count)
    var processOf: [Int: Int] = [:]
    for (process, description) in system.processes.enumerated() {
      processOf[Int(description.programCounter.index)] = process
    }
    self.processOf = processOf
    var uses = PlaceUses(variableCount: system.variables.count)
    uses.add(system)
    for (counter, process) in processOf where !uses.isRead[counter] && !tracked.contains(process) {
      isDeclared[counter] = false
    }
    for (index, variable) in system.variables.enumerated() {
      let range = Int64(Int32.min)...Int64(Int32.max)
      guard range.contains(variable.lower), range.contains(variable.upper) else {
        throw NotExportable("\(variable.name) needs more than the 32 bits of a Promela 'int'")
      }
      if variable.lower == variable.upper { isDeclared[index] = false }
    }
    for group in uses.groups { addArray(group) }
  }

  private mutating func addArray(_ group: [Int]) {
    let first = group[0]
    let stride = group.dropFirst().reduce(0) { Self.commonDivisor($0, $1 - first) }
    let count = (group[group.count - 1] - first) / max(1, stride) + 1
    for variable in group {
      arrayOf[variable] = arrays.count
      isDeclared[variable] = false
    }
    arrays.append(Array(name: "a\(first)", first: first, stride: max(1, stride), count: count))
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : commonDivisor(b, a % b)
  }

  /// Returns the name of a variable that is declared, or is the element of an array.
  func name(_ variable: Int) -> String {
    if let array = arrayOf[variable].map({ arrays[$0] }) {
      return "\(array.name)[\((variable - array.first) / array.stride)]"
    }
    return processOf[variable].map { "pc\($0)" } ?? "v\(variable)"
  }

  /// Returns the array that a place with computed indexes lies in, the position that all indexes zero
  /// select, and how many positions a step of each index is worth.
  func position(_ place: Place) -> (array: String, base: Int, strides: [Int]) {
    guard let array = arrayOf[Int(place.base.index)].map({ arrays[$0] }) else {
      preconditionFailure("every place with an index was looked at")
    }
    return (
      array.name, (Int(place.base.index) - array.first) / array.stride,
      place.terms.map { $0.stride / array.stride }
    )
  }

  /// Whether a store to the variable is to be written.
  func isStored(_ variable: Int) -> Bool { isDeclared[variable] || arrayOf[variable] != nil }

  /// The declarations, with `initial` values; the size of the variables in bytes is added to `size`.
  func declarations(_ initial: [Int64], size: inout Int) -> String {
    var text = ""
    for (index, variable) in system.variables.enumerated() where isDeclared[index] {
      let type = Self.type(variable.lower...variable.upper)
      size += type.size
      let value = initial[index] == 0 ? "" : " = \(initial[index])"
      text += Self.line("\(type.name) \(name(index))\(value);", variable.name)
    }
    for (number, array) in arrays.enumerated() {
      let members = system.variables.indices.filter { arrayOf[$0] == number }
      let lower = members.map { system.variables[$0].lower }.min() ?? 0
      let upper = members.map { system.variables[$0].upper }.max() ?? 0
      let type = Self.type(min(0, lower)...max(upper, 0))
      size += type.size * array.count
      var values = [Int64](repeating: 0, count: array.count)
      for member in members { values[(member - array.first) / array.stride] = initial[member] }
      var value = ""
      if let first = values.first, values.contains(where: { $0 != 0 }) {
        let isUniform = values.allSatisfy { $0 == first }
        value =
          isUniform ? " = \(first)" : " = {\(values.map(String.init).joined(separator: ", "))}"
      }
      text += Self.line(
        "\(type.elementName) \(array.name)[\(array.count)]\(value);",
        members.map { system.variables[$0].name }.joined(separator: ", "))
    }
    return text
  }

  private static func line(_ code: String, _ names: String) -> String {
    code.padded(to: 24) + " " + Comment.text(names) + "\n"
  }

  private static func type(
    _ range: ClosedRange<Int64>
  ) -> (name: String, elementName: String, size: Int) {
    switch range {
    case _ where range.lowerBound >= 0 && range.upperBound <= 1: ("bit", "byte", 1)
    case _ where range.lowerBound >= 0 && range.upperBound <= 255: ("byte", "byte", 1)
    case _ where range.lowerBound >= -32_768 && range.upperBound <= 32_767: ("short", "short", 2)
    default: ("int", "int", 4)
    }
  }
}

/// Which variables are read, and which are chosen among by the same index.
private struct PlaceUses {
  /// Whether each variable is read.
  var isRead: [Bool]
  private var leader: [Int]
  private var isIndexed: [Bool]

  init(variableCount: Int) {
    isRead = .init(repeating: false, count: variableCount)
    isIndexed = isRead
    leader = Array(0..<variableCount)
  }

  /// The variables that are chosen among, group by group.
  var groups: [[Int]] {
    var groups: [Int: [Int]] = [:]
    for variable in leader.indices where isIndexed[variable] {
      groups[find(variable), default: []].append(variable)
    }
    return groups.values.sorted { $0[0] < $1[0] }
  }

  mutating func add(_ system: TransitionSystem) {
    for process in system.processes { add(process.readiness) }
    for instruction in system.code {
      switch instruction {
      case .assign(let place, let value):
        use(place)
        add(value)
      case .set(_, let value), .await(let value), .branch(let value, _, _), .result(let value):
        add(value)
      case .require(let test, _, let value):
        add(test)
        if let value { add(value) }
      default: break
      }
    }
  }

  private mutating func add(_ expression: Expression) {
    guard case .read(let place) = expression else {
      expression.forEachOperand { add($0) }
      return
    }
    use(place)
    for (variable, _) in place.variables where isRead.indices.contains(variable) {
      isRead[variable] = true
    }
  }

  /// Notes a place that is read or written.
  private mutating func use(_ place: Place) {
    for term in place.terms { add(term.index) }
    let variables = place.withConstantsJoined.variables
    guard variables.count > 1, variables.allSatisfy({ leader.indices.contains($0.variable) }) else {
      return
    }
    for (variable, _) in variables {
      isIndexed[variable] = true
      leader[find(variable)] = find(variables[0].variable)
    }
  }

  private func find(_ variable: Int) -> Int {
    var variable = variable
    while leader[variable] != variable { variable = leader[variable] }
    return variable
  }
}

extension String {
  /// The text with spaces up to the given width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
