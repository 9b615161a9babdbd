#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds programs as a shell does, but never in the folder in which we run.
package enum ProgramSearch {
  /// Returns the path of the first program with this name in `searchPath`, folders with colons between them.
  package static func find(_ name: String, in searchPath: String) -> String? {
    searchPath.split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
      .first(where: isExecutable)
  }

  /// Whether there is a file at `path` that we may run.
  package static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFREG && PrivateFiles.isAccessible(path, X_OK)
  }
}
