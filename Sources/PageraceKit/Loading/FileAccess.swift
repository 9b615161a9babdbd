internal import Foundation

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
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .missing(path: path)
    }
    if isDirectory.boolValue { throw .directory(path: path) }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { try? handle.close() }
    return try read(handle, path: path)
  }

  /// Returns what `handle` gives until its end.
  static func read(_ handle: FileHandle, path: String) throws(LoadError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
        bytes.append(contentsOf: part)
        if bytes.count > limitBytes { break }
      }
    } catch {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    if bytes.count > limitBytes { throw .tooLarge(path: path, limitBytes: limitBytes) }
    return bytes
  }

  /// Returns the model files that `paths` name, none of them twice.
  ///
  /// Files are taken as they are; folders stand for all `.race` files below them, in the order of
  /// their paths.
  ///
  /// - Throws: `missing` and `noModels`.
  public static func models(in paths: [String]) throws(LoadError) -> [String] {
    var found: [String] = []
    for path in paths {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw .missing(path: path)
      }
      guard isDirectory.boolValue else {
        found.append(path)
        continue
      }
      let below = raceFiles(below: path)
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
  static func raceFiles(below folder: String, limit: Int = 10_000) -> [String] {
    guard let all = FileManager.default.enumerator(atPath: folder) else { return [] }
    var found: [String] = []
    for case let path as String in all where found.count < limit {
      if path.split(separator: "/").last?.hasPrefix(".") == true {
        all.skipDescendants()
      } else if path.hasSuffix(".race") {
        found.append(path)
      }
    }
    return found.sorted {
      $0.split(separator: "/").lexicographicallyPrecedes($1.split(separator: "/"))
    }
  }

  /// Returns whether a file (and not a folder) is at `path`.
  static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue
  }

  /// Returns a path that is the same for all paths of one file.
  static func identity(of path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
  }

  /// Returns `path` from the root on, without `.` and `..`.
  static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }
}
