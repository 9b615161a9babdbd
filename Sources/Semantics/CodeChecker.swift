internal import SourceText
internal import Syntax

/// Checks one piece of code: a function, a task, a prelude, a property, or a constant.
///
/// The checker has what the code around an expression decides: which locals are in scope, whether
/// ghosts may be read, whether everything is read in one go.
final class CodeChecker {
  /// What the code is for.
  enum Purpose {
    /// An expression that must be constant; the text says what it is, for messages.
    case constant(String)
    /// The initial value of a scenario's own variable, or an argument in a check.
    case initializer
    case property
    case function
    case task
    case prelude
  }

  /// What a local of the code may be used for.
  struct LocalInfo {
    /// What it is called in messages: `let`, `parameter`, `loop variable`.
    var kind: String
    var isMutable: Bool
    var isGhost: Bool
  }

  /// A loop or block that `break`, `continue` or `leave` can name.
  struct Target {
    var label: String?
    var isLoop: Bool
  }

  let analyzer: Analyzer
  let purpose: Purpose
  /// The module whose names the code sees.
  ///
  /// It changes between a base scenario and what extends it.
  var module: Int
  /// The scenario that the code stands in.
  var scenario: ScenarioScope?
  /// The function that the code is the body of.
  var function: FunctionIndex?
  /// The type that `return` needs; nil where nothing can be returned to.
  var result: Type?

  var locals: [Local] = []
  var localInfo: [LocalInfo] = []
  var scopes: [[String: LocalIndex]] = [[:]]
  var targets: [Target] = []
  /// How many ghost statements are around.
  var ghostDepth = 0
  /// How many atomic statements are around.
  var atomicDepth = 0
  /// How many conditions that are read in one go are around: `await`, `where`, `require`.
  var conditionDepth = 0
  /// How many `require`s are around, which may read ghosts.
  var requireDepth = 0
  /// How many branches around are never taken under this configuration.
  var deadDepth = 0

  init(_ analyzer: Analyzer, module: Int, purpose: Purpose, scenario: ScenarioScope? = nil) {
    self.analyzer = analyzer
    self.module = module
    self.purpose = purpose
    self.scenario = scenario
  }

  var program: Program { analyzer.program }

  func report(_ diagnostic: Diagnostic) { analyzer.report(diagnostic) }

  func describe(_ type: Type) -> String { analyzer.describe(type) }

  /// Returns the name that was probably meant, or nil.
  func nearestName(to name: String, among candidates: @autoclosure () -> [String]) -> String? {
    analyzer.nearestName(to: name, among: candidates())
  }

  /// Whether ghosts may be read.
  var readsGhosts: Bool {
    if case .property = purpose { return true }
    if case .prelude = purpose { return true }
    return ghostDepth > 0 || requireDepth > 0
  }

  /// Whether many locations may be read in one go.
  var isOneGo: Bool {
    switch purpose {
    case .property, .prelude, .constant, .initializer: true
    case .function, .task: ghostDepth > 0 || atomicDepth > 0 || conditionDepth > 0
    }
  }

  /// Whether a task runs the code.
  var hasSelf: Bool {
    switch purpose {
    case .function, .task: true
    default: false
    }
  }

  // MARK: - Locals

  /// Adds a local to the innermost scope.
  func declare(
    _ name: Name, type: Type, kind: String, isMutable: Bool = false, isAlias: Bool = false
  ) -> LocalIndex {
    if let first = visibleLocal(name.text) {
      report(.shadowedName(name.text, at: name.span, first: first))
    }
    let index = LocalIndex(locals.count)
    locals.append(Local(name: name.text, type: type, isAlias: isAlias, span: name.span))
    localInfo.append(LocalInfo(kind: kind, isMutable: isMutable, isGhost: ghostDepth > 0))
    if case .prelude = purpose, scopes.count == 1, let scenario {
      scenario.locals[name.text] = ScenarioScope.Entry(
        local: index, type: type, span: name.span, isParameter: kind == "parameter")
    } else {
      scopes[scopes.count - 1][name.text] = index
    }
    return index
  }

  /// Adds a local that the source does not name.
  func hiddenLocal(_ name: String, type: Type, at span: SourceSpan) -> LocalIndex {
    let index = LocalIndex(locals.count)
    locals.append(Local(name: "$\(name)", type: type, isAlias: false, span: span))
    localInfo.append(LocalInfo(kind: "let", isMutable: false, isGhost: ghostDepth > 0))
    return index
  }

  /// Where the local, scenario variable or task of a name is declared that is in scope.
  private func visibleLocal(_ name: String) -> SourceSpan? {
    for scope in scopes.reversed() {
      if let index = scope[name] { return locals[index.index].span }
    }
    if let entry = scenario?.local(name) { return entry.span }
    if let variable = scenario?.variable(name) {
      return program.variables[variable.index].field.span
    }
    return nil
  }

  /// The local of a name.
  func local(_ name: String) -> LocalIndex? {
    for scope in scopes.reversed() {
      if let index = scope[name] { return index }
    }
    return nil
  }

  /// Runs `body` in a scope of its own.
  func scoped<Result>(_ body: () -> Result) -> Result {
    scopes.append([:])
    defer { scopes.removeLast() }
    return body()
  }

  /// The names that an expression could mean, for suggestions.
  var visibleNames: [String] {
    scopes.flatMap(\.keys).sorted() + (scenario?.names.sorted() ?? [])
  }

  /// An expression that stands for one that is wrong; it causes no further errors.
  func failure(_ span: SourceSpan) -> Expression {
    Expression(.constant(0), type: .error, span: span)
  }
}
