public import Exploration
import Lowering
public import Machine
import Semantics
public import SourceText
import Syntax
public import Testing

/// A model given as text, taken all the way to a verdict.
public struct ModelRunner {
  /// The system of one check.
  public let system: TransitionSystem
  /// The sources, for texts.
  public let catalog: SourceCatalog

  /// Parses, checks and lowers the check `name` of `source`, or its first one.
  ///
  /// `library` holds the text of modules that the source imports. Every error is recorded as a test
  /// failure.
  public init?(
    _ source: String, check name: String? = nil, bugs: Set<String> = [],
    options: [String: String] = [:], library: [String] = [],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    var catalog = SourceCatalog()
    var modules: [ModuleSyntax] = []
    var diagnostics: [Diagnostic] = []
    for (index, text) in ([source] + library).enumerated() {
      let file = SourceFile(path: "model\(index).race", text: text)
      let (module, found) = parse(file, as: catalog.add(file))
      modules.append(module)
      diagnostics += found
    }
    let (program, found) = analyze(
      modules, configuration: Configuration(bugs: bugs, options: options))
    diagnostics += found
    let renderer = DiagnosticRenderer(catalog: catalog)
    for diagnostic in diagnostics where diagnostic.severity == .error {
      Issue.record("\(renderer.render(diagnostic))", sourceLocation: sourceLocation)
    }
    guard let program, !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    let index = name.map { name in program.checks.firstIndex { $0.name == name } } ?? 0
    guard let index, index < program.checks.count else {
      Issue.record("there is no such check", sourceLocation: sourceLocation)
      return nil
    }
    let (system, problems) = lower(program, check: index, catalog: catalog)
    for problem in problems {
      Issue.record("\(renderer.render(problem))", sourceLocation: sourceLocation)
    }
    guard let system else { return nil }
    self.system = system
    self.catalog = catalog
  }

  /// Searches all states.
  public func search(limits: SearchLimits = SearchLimits()) throws -> SearchResult {
    try Search(system, limits: limits).run()
  }
}

extension SearchResult {
  /// The name of the violation, or `holds`, `inconclusive` or `vacuous`.
  public var outcome: String {
    switch verdict {
    case .holds: "holds"
    case .violated(let finding): finding.violation
    case .inconclusive: "inconclusive"
    case .vacuous: "vacuous"
    }
  }
}
