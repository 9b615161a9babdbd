internal import SourceText
internal import Syntax

/// Reads and parses a file and all that it imports, each file once.
///
/// The imports of a module are loaded before the module that follows it is looked at, in source order, so
/// the numbering of files is the same in every run.
struct ModuleLoader {
  /// All files read so far.
  private(set) var catalog = SourceCatalog()
  /// The modules in the order of their files; the first is the one that was asked for.
  private(set) var modules: [ModuleSyntax] = []
  /// What is wrong with the files and their imports.
  private(set) var diagnostics: [Diagnostic] = []

  private let finder = ModuleFinder()
  /// The index in `modules` of each file that was read, by identity.
  private var known: [String: Int] = [:]
  /// The files being loaded, from the root to the current one, and the imports between them.
  private var chain: [(identity: String, name: String)] = []
  private var chainImports: [ImportSyntax] = []

  /// Loads the file at `path`.
  ///
  /// - Throws: a ``LoadError`` if that file cannot be read. An imported file that cannot be read is
  ///   a diagnostic.
  mutating func load(_ path: String) throws(LoadError) {
    let identity = FileAccess.identity(of: path)
    let file = SourceFile(path: path, bytes: try FileAccess.read(path))
    let id = catalog.add(file)
    let (module, found) = Phases.parse(file, as: id)
    known[identity] = modules.count
    modules.append(module)
    diagnostics += found
    chain.append((identity, Self.name(of: module, path: path)))
    for item in module.imports { follow(item, from: path) }
    chain.removeLast()
  }

  private mutating func follow(_ item: ImportSyntax, from importer: String) {
    switch finder.find(item.path.map(\.text), from: importer) {
    case .unknown(let tried, let modules):
      diagnostics.append(.unknownModule(item, tried: tried, modules: modules))
    case .found(let path):
      let identity = FileAccess.identity(of: path)
      if let start = chain.firstIndex(where: { $0.identity == identity }) {
        diagnostics.append(
          .importCycle(
            item, through: chain[start...].map(\.name), imports: Array(chainImports[start...])))
      } else if known[identity] == nil {
        chainImports.append(item)
        loadImported(item, at: path)
        chainImports.removeLast()
      }
    }
  }

  private mutating func loadImported(_ item: ImportSyntax, at path: String) {
    let index = modules.count
    do {
      try load(path)
    } catch {
      diagnostics.append(.unreadableModule(item, error))
      return
    }
    let declared = modules[index].path
    if let first = declared.first, let last = declared.last,
      declared.map(\.text) != item.path.map(\.text)
    {
      diagnostics.append(
        .moduleMismatch(
          declared: declared.map(\.text).joined(separator: "."), at: first.span.union(last.span),
          imported: item))
    }
  }

  private static func name(of module: ModuleSyntax, path: String) -> String {
    module.path.isEmpty ? path : module.path.map(\.text).joined(separator: ".")
  }
}
