internal import Foundation

extension FileAccess {
  /// Replaces the contents of the file at `path` at one stroke: a reader sees the old text or the new.
  ///
  /// The file keeps its permissions, and a symbolic link stays one.
  ///
  /// - Throws: `unreadable` with the system's reason if it cannot be done; then the file is as it was.
  public static func replace(_ path: String, with text: String) throws(LoadError) {
    let target = identity(of: path)
    let folder = (target as NSString).deletingLastPathComponent
    let temporary =
      "\(folder)/.\((target as NSString).lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)"
    do {
      let old = try FileManager.default.attributesOfItem(atPath: target)
      try Data(text.utf8).write(to: URL(filePath: temporary), options: .withoutOverwriting)
      if let permissions = old[.posixPermissions] {
        try FileManager.default.setAttributes(
          [.posixPermissions: permissions], ofItemAtPath: temporary)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw .unreadable(path: path, reason: "it cannot be replaced (\(error.localizedDescription))")
    }
    if rename(temporary, target) != 0 {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(atPath: temporary)
      throw .unreadable(path: path, reason: reason)
    }
  }

  /// Writes `text` to `path`: a file is replaced at one stroke or made, anything else is written to.
  ///
  /// - Throws: `directory`, or `unwritable` with the system's reason; then a file is as it was.
  public static func write(_ text: String, to path: String) throws(LoadError) {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if isDirectory.boolValue { throw .unwritable(path: path, reason: "it is a folder") }
    do {
      let type = try? FileManager.default.attributesOfItem(atPath: identity(of: path))[.type]
      if exists, type as? FileAttributeType != .typeRegular {
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        try handle.write(contentsOf: Data(text.utf8))
      } else {
        try Data(text.utf8).write(to: URL(filePath: identity(of: path)), options: .atomic)
      }
    } catch {
      let folder = (identity(of: path) as NSString).deletingLastPathComponent
      let isThere = FileManager.default.fileExists(atPath: folder)
      throw .unwritable(
        path: path, reason: isThere ? error.localizedDescription : "there is no such folder")
    }
  }

  /// Returns all of standard input.
  public static func readStandardInput() throws(LoadError) -> [UInt8] {
    try read(.standardInput, path: "<stdin>")
  }
}
