public import Machine
public import Semantics
public import SourceText
internal import Synchronization
internal import Syntax

/// A model that has been read: a `.race` file with all that it imports.
///
/// This is where a Swift program that embeds the checker begins: load a model, look at its ``checks()``,
/// and run them with ``check(_:bugs:options:limits:engine:method:progress:)``. See `docs/swift.md`.
public struct Model: Sendable {
  /// The path of the file, as it was given.
  public let path: String
  /// The files of the model; the first is the one that was asked for.
  public let catalog: SourceCatalog
  /// What is wrong with the text and the imports.
  public let diagnostics: [Diagnostic]

  private let modules: [ModuleSyntax]
  private let latest = LatestAnalysis()

  /// Reads the file at `path` and all that it imports.
  ///
  /// - Throws: a ``LoadError`` if the file cannot be read; whatever else is wrong is in
  ///   ``diagnostics``.
  public init(path: String) throws(LoadError) {
    var loader = ModuleLoader()
    try loader.load(path)
    self.path = path
    self.catalog = loader.catalog
    self.modules = loader.modules
    self.diagnostics = loader.diagnostics
  }

  /// The name that reports show: the last part of the module's path, or of the file's name.
  public var name: String {
    if let name = modules.first?.path.last?.text { return name }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".race") ? String(file.dropLast(".race".count)) : file
  }

  /// The module's whole path, such as `direct_migration.buffer_migrate_page`; the ``name`` if none is
  /// declared.
  public var modulePath: String {
    let path = modules.first?.path.map(\.text).joined(separator: ".") ?? ""
    return path.isEmpty ? name : path
  }

  /// Whether the text or the imports have errors, so that nothing can be checked.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Checks names, types and rules under `configuration`; nil if there are errors.
  public func analyze(_ configuration: Configuration) -> (Program?, [Diagnostic]) {
    if hasErrors { return (nil, []) }
    if let known = latest.analysis.withLock({ $0 }), known.configuration == configuration {
      return (known.program, known.diagnostics)
    }
    let (result, found) = Phases.analyze(modules, configuration: configuration)
    let program = found.contains { $0.severity == .error } ? nil : result
    latest.analysis.withLock {
      $0 = .init(configuration: configuration, program: program, diagnostics: found)
    }
    return (program, found)
  }

  /// Turns one check of `program` into a system; nil if there are errors.
  public func system(_ program: Program, check: Int) -> (TransitionSystem?, [Diagnostic]) {
    let (system, found) = Phases.lower(program, check: check, catalog: catalog)
    return (found.contains { $0.severity == .error } ? nil : system, found)
  }
}

/// What came of the latest analysis of a model: the next is mostly asked for under the same configuration.
private final class LatestAnalysis: Sendable {
  struct Analysis {
    let configuration: Configuration
    let program: Program?
    let diagnostics: [Diagnostic]
  }

  let analysis = Mutex<Analysis?>(nil)
}
