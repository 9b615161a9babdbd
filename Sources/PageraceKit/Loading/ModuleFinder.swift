#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import SourceText

/// Finds the file of an imported module.
///
/// `import kernel.page` means a file `kernel/page.race`. It is looked for in every folder above the
/// importing file, nearest first, each time also in that folder's `Models`, and last in `Models` of
/// the current folder.
/// A folder or file may have `-` in its name where the module's path has `_`.
struct ModuleFinder {
  /// The current folder, from the root on.
  let currentFolder: String

  init() { currentFolder = FileManager.default.currentDirectoryPath }

  /// What a search for a module found.
  enum Answer {
    /// The path of its file, as messages show it.
    case found(String)
    /// It is in none of these folders; the modules that exist there are given too.
    case unknown(tried: [String], modules: [String])
  }

  /// Looks for `module` on behalf of the file `importer`.
  func find(_ module: [String], from importer: String) -> Answer {
    let folders = folders(for: importer)
    for folder in folders {
      for path in Self.candidates(for: module) where FileAccess.isFile(folder + "/" + path) {
        return .found(shown(folder + "/" + path))
      }
    }
    let existing = folders.filter { $0.hasSuffix("/Models") }
      .flatMap { FileAccess.walk($0, limit: 500).found }
    let neighbours = folders.prefix(1).flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        .filter { $0.hasSuffix(".race") }
    }
    return .unknown(
      tried: folders.map(shown), modules: (existing + neighbours).map(Self.moduleName(of:)))
  }

  /// The folders in which modules imported by `importer` may lie, in order.
  private func folders(for importer: String) -> [String] {
    var folders: [String] = []
    var folder = FileAccess.folder(of: FileAccess.absolute(importer))
    while true {
      folders.append(folder)
      folders.append(folder == "/" ? "/Models" : folder + "/Models")
      if folder == "/" || folder.isEmpty { break }
      folder = FileAccess.folder(of: folder)
    }
    let last = currentFolder + "/Models"
    return (folders + (folders.contains(last) ? [] : [last]))
      .filter { FileAccess.kind(of: $0) != nil }
  }

  /// The relative paths that a module may have: with each `_` as it is, and as `-`.
  private static func candidates(for module: [String]) -> [String] {
    var paths = [""]
    for part in module {
      let dashed = part.replacing("_", with: "-")
      let spellings = dashed == part ? [part] : [part, dashed]
      paths = paths.flatMap { path in
        spellings.map { path.isEmpty ? $0 : path + "/" + $0 }
      }
      if paths.count > 64 { paths.removeLast(paths.count - 64) }
    }
    return paths.map { $0 + ".race" }
  }

  /// The path of the module in the file at a relative path.
  private static func moduleName(of path: String) -> String {
    String(path.dropLast(".race".count)).replacing("/", with: ".").replacing("-", with: "_")
  }

  /// How messages show an absolute path.
  private func shown(_ path: String) -> String { FileAccess.shown(path, in: currentFolder) }
}
