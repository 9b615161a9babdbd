#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import Semantics

/// The folder with the stored counterexamples of models: a folder for each module, and in it two files for
/// each row that expects a violation, the schedule and its diagram.
public struct CounterexampleFolder: Hashable, Sendable {
  /// What the folder is called beside `Models`.
  static let usualName = "Counterexamples"

  /// Its path, as messages show it.
  public let path: String

  /// Creates the description of the folder at `path`, which need not be there.
  public init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The folder for the model at `path`, if nobody names another one.
  public init(besideModel path: String) {
    let folder = Self.home(ofModel: path)
    let whole = folder == "/" ? "/\(Self.usualName)" : "\(folder)/\(Self.usualName)"
    self.init(path: FileAccess.shown(whole))
  }

  /// Whether the folder is there.
  public var exists: Bool { FileAccess.kind(of: path) == .folder }

  // MARK: - Names

  /// Returns the name of a row's files, without their endings: the check, then what is switched on.
  static func name(
    check: String, bugs: [String], options: [(name: String, value: String)]
  ) -> String {
    let with =
      bugs.sorted().map(safe) + options.map { safe($0.name) + "=" + safe($0.value) }.sorted()
    return safe(check) + (with.isEmpty ? "" : "." + with.joined(separator: "+"))
  }

  /// Returns the name of a run's files, without their endings.
  public static func name(of run: CheckRun) -> String {
    name(
      check: run.check, bugs: Array(run.configuration.bugs),
      options: run.configuration.options.map { ($0.key, $0.value) })
  }

  /// Returns the path of a counterexample's file.
  public func path(of stored: StoredCounterexample, ending: String = "json") -> String {
    "\(path)/\(Self.folderName(ofModule: stored.module))/\(stored.name).\(ending)"
  }

  /// Returns the path of a counterexample's file from the folder on that holds this one.
  ///
  /// Diagrams show it: it is the same wherever the tool runs.
  public func portablePath(of stored: StoredCounterexample) -> String {
    let own = FileAccess.absolute(path).split(separator: "/").last.map(String.init)
    let folder = CounterexampleFolder(path: own ?? Self.usualName)
    return folder.path(of: stored)
  }

  /// The folder of a module is called like the last part of its path.
  private static func folderName(ofModule module: String) -> String {
    safe(module.split(separator: ".").last.map(String.init) ?? module)
  }

  /// Returns `word` with everything that could mean something to a file system or a shell as `%` and
  /// two digits.
  private static func safe(_ word: String) -> String {
    word.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        String(UnicodeScalar(byte))
      default:
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  // MARK: - Places

  /// Returns the path of a model from the folder on that holds `Models`, or else from its own folder on.
  static func storedPath(ofModel path: String) -> String {
    let home = home(ofModel: path)
    let whole = FileAccess.absolute(path)
    return String(whole.dropFirst(home == "/" ? 1 : home.count + 1))
  }

  /// Returns the folder that holds the `Models` in which a model lies; without one, the nearest folder
  /// above that has counterexamples; without any, the model's own folder.
  private static func home(ofModel path: String) -> String {
    let own = FileAccess.folder(of: FileAccess.absolute(path))
    var folder = own
    while !folder.isEmpty && folder != "/" {
      if folder.hasSuffix("/Models") { return FileAccess.folder(of: folder) }
      if FileAccess.kind(of: "\(folder)/\(usualName)") == .folder { return folder }
      folder = FileAccess.folder(of: folder)
    }
    return own
  }

  /// Returns the path of the model that the counterexample at `path` belongs to; nil if it is nowhere.
  ///
  /// The stored path may begin in any folder above the file, nearest first, and last in the current one.
  public static func model(of stored: StoredCounterexample, at path: String) -> String? {
    var folder = FileAccess.folder(of: FileAccess.absolute(path))
    while !folder.isEmpty {
      let candidate = (folder == "/" ? "" : folder) + "/" + stored.model
      if FileAccess.isFile(candidate) { return FileAccess.shown(candidate) }
      if folder == "/" { break }
      folder = FileAccess.folder(of: folder)
    }
    return FileAccess.isFile(stored.model) ? stored.model : nil
  }

  /// Returns the paths of all `.json` files in the folders of modules, in order.
  public func files() -> [String] {
    Self.names(in: path).flatMap { Self.files(in: "\(path)/\($0)") }
  }

  /// Returns the paths of all `.json` files in the folder of a module, in order.
  ///
  /// Another module with the same last part in its name has its files there too.
  public func files(ofModule module: String) -> [String] {
    Self.files(in: "\(path)/\(Self.folderName(ofModule: module))")
  }

  /// Returns the paths of the counterexamples below a folder, in order; nil if `path` is none.
  public static func files(below path: String) -> [String]? {
    guard FileAccess.kind(of: path) == .folder else { return nil }
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    return files(in: folder) + CounterexampleFolder(path: folder).files()
  }

  private static func files(in folder: String) -> [String] {
    names(in: folder).filter { $0.hasSuffix(".json") }.map { "\(folder)/\($0)" }
      // Whoever opens a pipe may wait for ever.
      .filter { FileAccess.kind(of: $0) != .other }
  }

  /// Whether the model of a counterexample in this folder would lie below one of `paths`.
  public func home(of stored: StoredCounterexample, liesBelow paths: [String]) -> Bool {
    let home = FileAccess.folder(of: FileAccess.absolute(path))
    let model = (home == "/" ? "" : home) + "/" + stored.model
    return paths.contains { path in
      let path = FileAccess.absolute(path)
      return model.hasPrefix(path.hasSuffix("/") ? path : path + "/")
    }
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Makes the folder if it is not there, so that nobody searches for hours and then cannot write.
  ///
  /// - Throws: `unwritable` with the system's reason.
  public func prepare() throws(LoadError) {
    try FileAccess.makeFolder(path)
    do {
      try FileAccess.checkWritable("\(path)/counterexample")
    } catch {
      guard case .unwritable(_, let reason) = error else { throw error }
      throw .unwritable(path: path, reason: reason)
    }
  }

  /// Writes a counterexample and its diagram, each at one stroke; returns whether anything is new.
  ///
  /// - Throws: `unwritable` with the system's reason; no file is left half-written.
  public func store(
    _ stored: StoredCounterexample, diagram: String
  ) throws(LoadError) -> Bool {
    let file = path(of: stored)
    let folder = FileAccess.folder(of: file)
    if FileAccess.kind(of: folder) == nil { try FileAccess.makeFolder(folder) }
    var isNew = false
    for (text, path) in [(diagram, path(of: stored, ending: "txt")), (stored.render(), file)] {
      // What is the same already stays untouched, so that a read-only folder with nothing new is no error.
      if let known = try? FileAccess.read(path), known == Array(text.utf8) { continue }
      try FileAccess.write(text, to: path)
      isNew = true
    }
    return isNew
  }

  /// Removes the counterexample at `path` and its diagram.
  ///
  /// - Throws: `unwritable` with the system's reason.
  public static func remove(_ path: String) throws(LoadError) {
    try FileAccess.remove(path)
    let diagram = path.dropLast("json".count) + "txt"
    if FileAccess.isFile(String(diagram)) { try FileAccess.remove(String(diagram)) }
  }
}
