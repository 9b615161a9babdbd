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

  /// Returns all of standard input.
  public static func readStandardInput() throws(LoadError) -> [UInt8] {
    try read(.standardInput, path: "<stdin>")
  }
}
