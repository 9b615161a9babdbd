internal import Machine

/// Variables that a reader takes for one value: an enum with its fields, a list with its elements.
///
/// A state has a variable for each number; `vma0.pte`, `vma0.pte.present.page` and `vma0.pte.swap.entry` are
/// one page table entry. Such a value goes by its *root*: the variable that tells the case, or the one that
/// counts the elements.
struct Aggregates {
  private enum Kind {
    /// The fields that the cases have.
    case word([(caseName: String, field: String, variable: VariableID)])
    /// The elements, first to last.
    case list([VariableID])
  }

  private let system: TransitionSystem
  private var kinds: [VariableID: Kind] = [:]
  private var roots: [VariableID: VariableID] = [:]

  init(_ system: TransitionSystem) {
    self.system = system
    let names = Dictionary(
      system.variables.indices.map { (system.variables[$0].name, VariableID($0)) },
      uniquingKeysWith: { first, _ in first })
    for index in system.variables.indices {
      let id = VariableID(index)
      addElement(id, names)
      addField(id, names)
    }
  }

  /// Notes that a variable is an element of a list: `lru[0]` beside `lru.count`.
  private mutating func addElement(_ id: VariableID, _ names: [String: VariableID]) {
    let name = system[id].name
    guard name.hasSuffix("]"), let open = name.lastIndex(of: "["),
      Int(name[name.index(after: open)...].dropLast()) != nil,
      let count = names[name[..<open] + ".count"]
    else { return }
    var elements: [VariableID] = []
    if case .list(let known)? = kinds[count] { elements = known }
    kinds[count] = .list(elements + [id])
    roots[id] = count
  }

  /// Notes that a variable is a field of an enum's case: `pte.present.page` beside `pte`.
  private mutating func addField(_ id: VariableID, _ names: [String: VariableID]) {
    let parts = system[id].name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return }
    for length in 1...(parts.count - 2) {
      let prefix = parts[..<length].joined(separator: ".")
      guard let root = names[prefix], case .cases(let cases) = system[root].format,
        cases.contains(String(parts[length]))
      else { continue }
      var fields: [(caseName: String, field: String, variable: VariableID)] = []
      if case .word(let known)? = kinds[root] { fields = known }
      let field = parts[(length + 1)...].joined(separator: ".")
      kinds[root] = .word(fields + [(String(parts[length]), field, id)])
      roots[id] = root
      return
    }
  }

  /// Returns the root of the value that a variable is a part of; the variable itself if it is none.
  func root(of id: VariableID) -> VariableID { roots[id] ?? id }

  /// Returns all variables of the value with the given root.
  func members(of root: VariableID) -> [VariableID] {
    switch kinds[root] {
    case .word(let fields): [root] + fields.map(\.variable)
    case .list(let elements): [root] + elements
    case nil: [root]
    }
  }

  /// Returns the name of the value with the given root.
  func name(of root: VariableID) -> String {
    let name = system[root].name
    if case .list = kinds[root] { return String(name.dropLast(".count".count)) }
    return name
  }

  /// Returns the value with the given root in words: `swap(entry: 1)`, `[page0, page1]`.
  ///
  /// Of a case's fields those are left out that are false or nil.
  func text(of root: VariableID, in values: [Int64]) -> String {
    let plain = { (id: VariableID) in system.text(of: values[Int(id.index)], in: id) }
    switch kinds[root] {
    case nil: return plain(root)
    case .list(let elements):
      let count = Int(clamping: max(0, values[Int(root.index)]))
      return "[" + elements.prefix(count).map(plain).joined(separator: ", ") + "]"
    case .word(let fields):
      let caseName = plain(root)
      let shown = fields.filter { $0.caseName == caseName }.compactMap { field -> String? in
        switch (system[field.variable].format, values[Int(field.variable.index)]) {
        case (.boolean, 0), (.reference, 0), (.process, 0): nil
        case (.boolean, _): field.field
        default: "\(field.field): \(plain(field.variable))"
        }
      }
      return shown.isEmpty ? caseName : "\(caseName)(\(shown.joined(separator: ", ")))"
    }
  }
}
