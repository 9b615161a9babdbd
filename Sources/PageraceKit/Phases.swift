internal import Exploration
internal import Lowering
internal import Machine
internal import Semantics
internal import SourceText
internal import Syntax

/// The phases from text to verdict, in their order.
///
/// Everything else in this module calls them through here, so the way of the data can be read in
/// one place.
enum Phases {
  /// Turns text into a tree.
  static func parse(_ file: SourceFile, as id: FileID) -> (ModuleSyntax, [Diagnostic]) {
    Syntax.parse(file, as: id)
  }

  /// Returns `file` in the standard layout.
  static func format(_ file: SourceFile) -> String {
    Syntax.format(file)
  }

  /// Checks the first of `modules`; the rest are what it imports.
  static func analyze(
    _ modules: [ModuleSyntax], configuration: Configuration
  ) -> (Program?, [Diagnostic]) {
    Semantics.analyze(modules, configuration: configuration)
  }

  /// Turns one check of `program` into a system.
  static func lower(
    _ program: Program, check: Int, catalog: SourceCatalog
  ) -> (TransitionSystem?, [Diagnostic]) {
    Lowering.lower(program, check: check, catalog: catalog)
  }

  /// Explores `system`; `progress` is told what is covered so far and answers whether to go on.
  static func search(
    _ system: TransitionSystem, limits: SearchLimits, engine: EngineChoice, method: SearchMethod,
    progress: @escaping (SearchStatistics) -> Bool
  ) throws(SearchError) -> SearchResult {
    try Search(system, limits: limits, engine: engine, method: method).run(progress: progress)
  }
}
