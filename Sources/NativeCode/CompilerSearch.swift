#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds a C compiler.
package struct CompilerSearch: Sendable {
  /// The compiler to use and no other, as an option or the environment names it: a path, or a name to
  /// look for in ``searchPath``.
  package var explicit: String?
  /// The folders to look into, separated by colons.
  package var searchPath: String

  /// Creates a search; the caller knows the environment.
  package init(explicit: String? = nil, searchPath: String) {
    self.explicit = explicit
    self.searchPath = searchPath
  }

  /// Returns the path of the compiler.
  ///
  /// The order is: what was asked for; the clang of the toolchain whose libraries this program runs
  /// with; the clang beside `swift`; `clang`; `cc`. The toolchain's own comes first because any other
  /// package may have put an older one into the system's folders.
  package func find() throws(NativeError) -> String {
    if let explicit, !explicit.isEmpty {
      let path = explicit.contains("/") ? explicit : find(explicit)
      guard let path, ProgramSearch.isExecutable(path) else {
        throw .missingCompiler(path: explicit)
      }
      return path
    }
    if let path = Self.besideRuntime(), ProgramSearch.isExecutable(path) { return path }
    if let swift = find("swift").flatMap(Self.resolve) {
      let path = Self.folder(of: swift) + "/clang"
      if ProgramSearch.isExecutable(path) { return path }
    }
    if let path = find("clang") ?? find("cc") { return path }
    throw .noCompiler
  }

  /// Returns what tells one compiler from another: where its file really is, its size and its time.
  static func identity(of path: String) -> String {
    let real = resolve(path) ?? path
    var status = stat()
    guard unsafe stat(real, &status) == 0 else { return real }
    return "\(real) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  private func find(_ name: String) -> String? { ProgramSearch.find(name, in: searchPath) }

  private static func resolve(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Returns where clang is if the Swift library that runs us belongs to a toolchain: in `bin`, if the
  /// library is in `lib/swift/linux`.
  private static func besideRuntime() -> String? {
    guard let maps = PrivateFiles.readStream("/proc/self/maps") else { return nil }
    let text = String(decoding: maps, as: UTF8.self)
    guard let line = text.split(separator: "\n").first(where: { $0.hasSuffix("/libswiftCore.so") }),
      let start = line.firstIndex(of: "/"), let library = resolve(String(line[start...]))
    else { return nil }
    let parts = library.split(separator: "/")
    guard parts.count > 4, parts[parts.count - 4] == "lib", parts[parts.count - 3] == "swift"
    else { return nil }
    return "/" + parts.dropLast(4).joined(separator: "/") + "/bin/clang"
  }
}
