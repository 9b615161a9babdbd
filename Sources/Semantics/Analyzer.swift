public import SourceText
public import Syntax

/// Checks a module with all it imports under one configuration of bugs and options.
///
/// `modules` starts with the module that was asked for; the others are those that it imports,
/// directly or not. A module sees its own declarations and those of all modules that it imports,
/// directly or not.
///
/// - Returns: the checked program, nil if there are errors, and everything there is to tell.
public func analyze(
  _ modules: [ModuleSyntax], configuration: Configuration = Configuration()
) -> (program: Program?, diagnostics: [Diagnostic]) {
  guard !modules.isEmpty else { return (nil, []) }
  return onDeepStack {
    let analyzer = Analyzer(modules, configuration: configuration)
    analyzer.run()
    return (analyzer.errorCount > 0 ? nil : analyzer.program, analyzer.diagnostics)
  }
}

/// Turns syntax trees into a program: the second phase of the pipeline.
///
/// The order of the work is that of ``run()``: first all names are collected, then everything that
/// stands outside of code gets its type, then the code is checked, and at last what concerns
/// several functions at once: recursion and effects.
final class Analyzer {
  /// The trees of the modules.
  let syntax: [ModuleSyntax]
  let configuration: Configuration
  var program: Program
  private(set) var diagnostics: [Diagnostic] = []
  /// How many errors were found, also if there were too many to keep.
  private(set) var errorCount = 0
  private var reported: Set<Diagnostic> = []
  var modules: [ModuleScope]

  var pending = PendingDeclarations()
  /// Where types are declared, for notes.
  var enumSpans: [SourceSpan] = []
  var structSpans: [SourceSpan] = []
  var poolSpans: [SourceSpan] = []
  /// The bugs by their ids.
  var bugIndexes: [String: Int] = [:]
  /// The values of consts and options, once they are known.
  var constantValues: [Int: Expression] = [:]
  var optionValues: [Int: Expression] = [:]
  var constantsInProgress: Set<Int> = []
  /// The indexes of violations that stand for built-in ones without a declaration.
  var builtinViolations: [BuiltinViolation: Int] = [:]
  /// The calls in the code, for recursion: caller, callee, place.
  var calls: [FunctionIndex: [(callee: FunctionIndex, span: SourceSpan)]] = [:]
  /// How many bodies inlining a function copies, and how deep they nest.
  var inlinedSizes: [FunctionIndex: (bodies: Int, depth: Int)] = [:]
  /// How many single values a struct has, and how deep structs nest in it.
  var structSizes: [Int: (leaves: Int, depth: Int)] = [:]
  var scenarioScopes: [Int: ScenarioScope] = [:]
  /// What has to be pure, with what it is called in messages.
  var purePositions: [PurePosition] = []
  /// The preludes' calls, which may not block.
  var preludeCalls: [(callee: FunctionIndex, span: SourceSpan)] = []

  init(_ modules: [ModuleSyntax], configuration: Configuration) {
    syntax = modules
    self.configuration = configuration
    program = Program(name: modules[0].path.map(\.text).joined(separator: "."))
    program.documentation = modules[0].documentation
    program.nameSpan = modules[0].path.last?.span
    self.modules = modules.map { ModuleScope(name: $0.path.map(\.text).joined(separator: ".")) }
  }

  /// Does everything, and leaves the result in ``program`` and ``diagnostics``.
  func run() {
    resolveImports()
    for module in syntax.indices { collect(module) }
    checkConfigurationNames()
    resolveOptionsAndConstants()
    resolveFieldTypes()
    resolveSignatures()
    resolveDefaultsAndGuards()
    checkFunctions()
    checkProperties()
    checkScenarios()
    checkChecks()
    if !reportRecursion() { checkEffects() }
  }

  /// Adds a diagnostic, unless it is there already: a base scenario is checked more than once.
  func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    guard diagnostics.count < Limits.diagnostics else { return }
    if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  /// The first place in a module's file, for what has no place of its own.
  func start(of module: Int) -> SourceSpan {
    if let first = syntax[module].path.first, let last = syntax[module].path.last {
      return first.span.union(last.span)
    }
    return SourceSpan(file: syntax[module].file, 0, 0)
  }

  private func resolveImports() {
    var byName: [String: Int] = [:]
    for (index, module) in modules.enumerated() where !module.name.isEmpty {
      byName[module.name] = byName[module.name] ?? index
    }
    for (index, module) in syntax.enumerated() {
      // An import of a module that is not there was reported when the files were loaded.
      let found = module.imports.compactMap { byName[$0.text] }
      modules[index].imports = Array(Set(found).subtracting([index])).sorted()
    }
    for index in modules.indices { modules[index].visible = visibleModules(from: index) }
  }

  /// The module itself, then what it imports, then what those import, and so on.
  private func visibleModules(from module: Int) -> [Int] {
    var visible = [module]
    var seen: Set<Int> = [module]
    var position = 0
    while position < visible.count {
      for next in modules[visible[position]].imports where seen.insert(next).inserted {
        visible.append(next)
      }
      position += 1
    }
    return visible
  }
}

/// An expression that has to be pure.
struct PurePosition {
  var expression: Expression
  /// What it is, as in "an 'await' condition".
  var context: String
  /// Whether it may not depend on the running task.
  var hasNoSelf: Bool
}

/// The declarations whose parts are checked after all names are known.
struct PendingDeclarations {
  var structs: [(id: StructID, syntax: StructSyntax, module: Int)] = []
  var wordEnums: [(id: StructID, syntax: WordEnumSyntax, module: Int)] = []
  var pools: [(id: PoolID, syntax: StructSyntax, module: Int)] = []
  var options: [(syntax: OptionSyntax, module: Int)] = []
  var constants: [(syntax: ConstantSyntax, module: Int)] = []
  var variables: [(index: VariableIndex, syntax: VariableSyntax, module: Int)] = []
  var functions: [(index: FunctionIndex, syntax: FunctionSyntax, module: Int)] = []
  var lockBits: [(syntax: LockBitSyntax, module: Int)] = []
  var properties: [(syntax: PropertySyntax, module: Int)] = []
  var scenarios: [(syntax: ScenarioSyntax, module: Int)] = []
  var checks: [CheckSyntax] = []
}
