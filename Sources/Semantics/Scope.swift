internal import SourceText

/// What a name at the top of a module stands for.
enum Symbol {
  case enumeration(EnumID)
  case structure(StructID)
  case pool(PoolID)
  case option(Int)
  case constant(Int)
  case bug(Int)
  case variable(VariableIndex)
  case function(FunctionIndex)
  case violation(Int)
  case property
  case scenario(Int)
  case check

  /// What such a thing is called in messages.
  var noun: String {
    switch self {
    case .enumeration: "enum"
    case .structure: "struct"
    case .pool: "pool"
    case .option: "option"
    case .constant: "const"
    case .bug: "bug"
    case .variable: "variable"
    case .function: "function"
    case .violation: "violation"
    case .property: "property"
    case .scenario: "scenario"
    case .check: "check"
    }
  }
}

/// The kinds of names that do not get in each other's way.
enum Namespace: Hashable {
  case type, value, outcome, scenario, check
}

/// A symbol with the place of its declaration.
struct SymbolEntry {
  var symbol: Symbol
  var span: SourceSpan
  var module: Int
}

/// A case of an enum or of a word enum.
enum CaseReference: Hashable {
  case plain(EnumID, Int)
  case word(StructID, Int)
}

/// The names of one module.
struct ModuleScope {
  /// The module's path.
  var name: String
  /// The modules that it imports itself.
  var imports: [Int] = []
  /// The modules whose names it sees: itself first, then the nearer ones before the farther ones.
  var visible: [Int] = []
  /// Its own declarations.
  var entries: [Namespace: [String: SymbolEntry]] = [:]
  /// The cases of its own enums and word enums.
  var cases: [String: [CaseReference]] = [:]
}

/// The names of a scenario, as its tasks and properties see them.
final class ScenarioScope {
  /// A parameter or `let`.
  struct Entry {
    var local: LocalIndex
    var type: Type
    var span: SourceSpan
    var isParameter: Bool
  }

  /// A task or interrupt.
  struct TaskEntry {
    var index: Int
    var isCounted: Bool
    var count: Int
    var span: SourceSpan
  }

  /// The index of the scenario.
  let index: Int
  /// The scope of the scenario that this one extends.
  let base: ScenarioScope?
  var locals: [String: Entry] = [:]
  var variables: [String: VariableIndex] = [:]
  var tasks: [String: TaskEntry] = [:]

  init(index: Int, base: ScenarioScope?) {
    self.index = index
    self.base = base
  }

  /// The parameter or `let` of the name; parameters of a base are not seen.
  func local(_ name: String, inBase: Bool = false) -> Entry? {
    if let entry = locals[name], !(inBase && entry.isParameter) { return entry }
    return base?.local(name, inBase: true)
  }

  func variable(_ name: String) -> VariableIndex? { variables[name] ?? base?.variable(name) }

  func task(_ name: String) -> TaskEntry? { tasks[name] ?? base?.task(name) }

  /// All names, for suggestions.
  var names: [String] {
    Array(locals.keys) + Array(variables.keys) + Array(tasks.keys) + (base?.names ?? [])
  }
}
