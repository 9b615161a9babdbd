#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Reading and finding model files.
public enum FileAccess {
  /// The size above which a file is refused: no model comes near, and a device never ends.
  public static let limitBytes = 32 << 20

  /// Returns the contents of the file at `path`.
  ///
  /// Pipes and devices are read too, up to the limit, so that `<(generator)` works in a shell.
  ///
  /// - Throws: every case of ``LoadError`` but `noModels`.
  public static func read(_ path: String) throws(LoadError) -> [UInt8] {
    guard let kind = kind(of: path) else { throw .missing(path: path) }
    if kind == .folder { throw .directory(path: path) }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path: path, reason: reason(errno)) }
    defer { _ = close(file) }
    return try read(file, path: path)
  }

  /// Returns what an open file gives until its end.
  static func read(_ file: Int32, path: String) throws(LoadError) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limitBytes {
      let count = systemRead(file, &part, part.count)
      if count < 0 { throw .unreadable(path: path, reason: reason(errno)) }
      if count == 0 { return bytes }
      bytes += part[..<count]
    }
    throw .tooLarge(path: path, limitBytes: limitBytes)
  }

  /// Returns the model files that `paths` name, none of them twice.
  ///
  /// Files are taken as they are; folders stand for all `.race` files below them, in the order of
  /// their paths.
  ///
  /// - Throws: `missing`, `noModels`, and `unreadable` for a folder.
  public static func models(in paths: [String]) throws(LoadError) -> [String] {
    var found: [String] = []
    for path in paths {
      guard let kind = kind(of: path) else { throw .missing(path: path) }
      guard kind == .folder else {
        found.append(path)
        continue
      }
      let below = try raceFiles(below: path)
      if below.isEmpty { throw .noModels(path: path) }
      let folder = path.hasSuffix("/") ? path : path + "/"
      found += below.map { path == "." ? $0 : folder + $0 }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert(identity(of: $0)).inserted }
  }

  /// Returns the paths, relative to `folder`, of the `.race` files below it, in order.
  ///
  /// Hidden folders are left out.
  ///
  /// - Throws: `unreadable` for a folder that cannot be looked into, so that nobody believes that all models
  ///   below it were seen.
  static func raceFiles(below folder: String) throws(LoadError) -> [String] {
    let (found, trouble) = walk(folder, limit: .max)
    if let trouble { throw trouble }
    return found
  }

  /// Returns what ``raceFiles(below:)`` would, but no more than about `limit` paths, and what could not be
  /// read.
  static func walk(_ folder: String, limit: Int) -> (found: [String], trouble: LoadError?) {
    var found: [String] = []
    var trouble: LoadError?
    var pending = [""]
    while let below = pending.popLast(), found.count < limit {
      let path = below.isEmpty ? folder : folder + "/" + below.dropLast()
      // Without the right to go in, a folder below would look like a file.
      let code = access(path, R_OK | X_OK) == 0 ? 0 : errno
      guard code == 0, let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        let words = code == 0 ? "it cannot be listed" : reason(code)
        trouble = trouble ?? .unreadable(path: path, reason: words)
        continue
      }
      for name in names where !name.hasPrefix(".") {
        let path = below + name
        if name.hasSuffix(".race") { found.append(path) }
        switch kind(of: folder + "/" + path, followsLinks: false) {
        case .folder: pending.append(path + "/")
        case .file, .other: break
        // What has just gone is no trouble.
        case nil where errno == ENOENT: break
        case nil:
          trouble = trouble ?? .unreadable(path: folder + "/" + path, reason: reason(errno))
        }
      }
    }
    found.sort { $0.split(separator: "/").lexicographicallyPrecedes($1.split(separator: "/")) }
    return (found, trouble)
  }

  /// What can be at a path.
  enum Kind { case file, folder, other }

  /// Returns what is at `path`, or at the end of the links that begin there; nil if there is nothing.
  static func kind(of path: String, followsLinks: Bool = true) -> Kind? {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Returns whether something that is no folder is at `path`.
  static func isFile(_ path: String) -> Bool {
    kind(of: path).map { $0 != .folder } ?? false
  }

  /// Returns the folder that `path` lies in, without a slash at its end; nothing for a mere name.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns what the system says about one of its error numbers.
  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Returns a path that is the same for all paths of one file.
  static func identity(of path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
  }

  /// Returns how messages show an absolute path: from the current folder on if it lies there.
  static func shown(
    _ path: String, in currentFolder: String = FileManager.default.currentDirectoryPath
  ) -> String {
    if path == currentFolder { return "." }
    let prefix = currentFolder == "/" ? "/" : currentFolder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// Returns how a file in the folder of `origin` names the file at `path`.
  ///
  /// If `origin` is nil, it is a file in the current folder.
  public static func path(_ path: String, from origin: String?) -> String {
    let start = absolute(origin.map { folder(of: absolute($0)) } ?? ".").split(separator: "/")
    let end = absolute(path).split(separator: "/")
    let common = zip(start, end).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: start.count - common)
    return (up + end.dropFirst(common).map(String.init)).joined(separator: "/")
  }

  /// Returns `path` from the root on, without `.` and `..`.
  package static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }
}

/// The system's function, whose name means something else in ``FileAccess``.
private let systemRead = read
