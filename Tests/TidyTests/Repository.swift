import Foundation

/// The files of the repository, for tests that read them.
enum Repository {
  /// Its folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A text file.
  struct File: CustomStringConvertible, Sendable {
    /// The path from the root on.
    let path: String
    /// The lines, without newlines.
    let lines: [String]

    var description: String { path }
    /// The first two parts of the path: `Sources/Machine`.
    var folder: String { path.split(separator: "/").prefix(2).joined(separator: "/") }
  }

  /// Returns the files below `folder` whose names end in one of `endings`.
  static func files(in folder: String, ending endings: String...) -> [File] {
    let url = root.appending(path: folder)
    let paths = FileManager.default.enumerator(atPath: url.path())?.allObjects ?? []
    return paths.compactMap { $0 as? String }.sorted()
      .filter { path in endings.contains { path.hasSuffix($0) } }
      .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") && $0 != ".ci" } }
      .compactMap { path in read(folder.isEmpty ? path : folder + "/" + path) }
  }

  /// All Swift files.
  static let swift = files(in: "Sources", ending: ".swift") + files(in: "Tests", ending: ".swift")

  /// All files that are written by hand.
  static let texts =
    swift + files(in: "docs", ending: ".md") + files(in: "Models", ending: ".race")
    + ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Package.swift", ".ci/run"].compactMap(read)

  /// Returns the file at a path from the root on.
  static func read(_ path: String) -> File? {
    guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else {
      return nil
    }
    return File(
      path: path,
      lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}
