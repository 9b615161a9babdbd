#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

internal import SourceText

/// Makes a library of C units, without waiting: it is polled until the library is there.
///
/// The units are compiled at the same time, each by a process of its own, and then linked.
package final class NativeCompiler {
  /// How far the compilation is.
  package enum Progress {
    /// Compilers run.
    case running
    /// The library is loaded.
    case done(NativeLibrary)
    /// There will be no library.
    case failed(NativeError)
  }

  private static let flags = [
    "-w", "-fwrapv", "-fno-strict-aliasing", "-ffreestanding", "-nostdlib", "-fPIC",
  ]

  private let settings: NativeSettings
  private let optimization: Int
  private let compiler: String
  private let key: String
  private let cache: NativeCache?
  private let folder: String
  private let unitCount: Int
  private var waiting: [[String]] = []
  private var running: [ChildProcess] = []
  private var isLinking = false
  private let begin: ContinuousClock.Instant
  private var progress: Progress = .running

  /// The compiler that is used.
  package var compilerPath: String { compiler }
  /// What is wrong with the cache; nil if it can be used, or if there is to be none.
  package private(set) var remark: String?
  /// Whether the library was there already.
  package private(set) var isCached = false

  /// Takes the library from the cache, or begins to compile the units.
  ///
  /// - Throws: ``NativeError`` if no compiler can be started.
  package init(_ units: [String], settings: NativeSettings) throws(NativeError) {
    self.settings = settings
    begin = ContinuousClock.now
    compiler = try settings.compiler.find()
    optimization = settings.optimization
    key = Self.key(units, compiler, optimization)
    cache = settings.cacheFolder.flatMap { NativeCache($0) }
    if cache == nil, let folder = settings.cacheFolder {
      remark = NativeError.unusableCache(path: folder).message
    }
    unitCount = units.count
    if let path = cache?.library(key),
      case .success(let library) = NativeLibrary.load(path, key: key)
    {
      folder = ""
      isCached = true
      progress = .done(library)
      return
    }
    let folder =
      cache?.temporaryFolder()
      ?? PrivateFiles.makeTemporaryFolder(in: settings.temporaryFolder)
    guard let folder else { throw .unwritable(path: settings.temporaryFolder, code: errno) }
    self.folder = folder
    try start(units)
  }

  deinit { cleanUp() }

  /// Whether the cache has a library of the units, as far as one can tell without loading it.
  package static func isCached(_ units: [String], settings: NativeSettings) -> Bool {
    guard let compiler = try? settings.compiler.find(),
      let cache = settings.cacheFolder.flatMap({ NativeCache($0) })
    else { return false }
    return cache.library(key(units, compiler, settings.optimization)) != nil
  }

  /// Returns how far things are, and does what has to be done now.
  package func poll() -> Progress {
    guard case .running = progress else { return progress }
    do {
      try advance()
    } catch {
      progress = .failed(error)
    }
    if case .running = progress {} else { cleanUp() }
    return progress
  }

  /// Waits until the library is there or cannot be made.
  package func wait() -> Progress {
    while case .running = poll() { usleep(1_000) }
    return progress
  }

  private func start(_ units: [String]) throws(NativeError) {
    var marked = units
    // The library names its key, so that no other can be taken for it.
    marked[0] += "const char pagerace_key[] = \"\(key)\";\n"
    for (index, unit) in marked.enumerated() {
      let code = PrivateFiles.write(Array(unit.utf8), to: "\(folder)/\(index).c")
      if code != 0 {
        cleanUp()
        throw .unwritable(path: folder, code: code)
      }
      let source = "\(folder)/\(index).c"
      waiting.append(
        Self.flags + ["-O\(optimization)"]
          + (unitCount == 1
            ? ["-shared", source, "-o", library] : ["-c", source, "-o", "\(folder)/\(index).o"]))
    }
    isLinking = unitCount == 1
    do {
      try startWaiting()
    } catch {
      cleanUp()
      throw error
    }
  }

  private var library: String { folder + "/library.so" }

  private func startWaiting() throws(NativeError) {
    // A compiler that is not in the user's path still needs the system's linker.
    let path = settings.compiler.searchPath + ":/usr/bin:/bin"
    let environment = ["PATH=" + path, "LC_ALL=C", "TMPDIR=" + folder]
    while running.count < max(1, settings.parallelCount), let arguments = waiting.popLast() {
      running.append(try ChildProcess(compiler, arguments, environment: environment))
    }
  }

  private func advance() throws(NativeError) {
    for child in running {
      child.poll()
      if let status = child.status, status != 0 {
        throw .compilerFailed(compiler: compiler, status: status, output: child.firstLine)
      }
    }
    if ContinuousClock.now - begin > .seconds(settings.timeoutSeconds) {
      throw .timeout(compiler: compiler, seconds: settings.timeoutSeconds)
    }
    if PrivateFiles.size(of: library) > PrivateFiles.sizeLimit {
      throw .invalidLibrary(compiler: compiler, reason: "it is too large")
    }
    running.removeAll { $0.status != nil }
    try startWaiting()
    if !running.isEmpty { return }
    if isLinking { return try finish() }
    isLinking = true
    let objects = (0..<unitCount).map { "\(folder)/\($0).o" }
    waiting.append(["-nostdlib", "-shared"] + objects + ["-o", library])
    try startWaiting()
  }

  /// Stores the library in the cache and loads it.
  private func finish() throws(NativeError) {
    _ = unsafe chmod(library, 0o700)
    guard let bytes = PrivateFiles.read(library), !bytes.isEmpty else {
      throw .invalidLibrary(compiler: compiler, reason: "there is no library")
    }
    // Loaded from where it was made first: what cannot be loaded does not get into the cache.
    switch NativeLibrary.load(library, key: key) {
    case .failure(let reason):
      throw .invalidLibrary(compiler: compiler, reason: reason.text)
    case .success(let library):
      _ = cache?.store(bytes, key)
      progress = .done(library)
    }
  }

  private func cleanUp() {
    for child in running { child.kill() }
    running = []
    waiting = []
    if !folder.isEmpty { PrivateFiles.removeFolder(folder) }
  }

  private static func key(
    _ units: [String], _ compiler: String, _ optimization: Int
  ) -> String {
    var hash = ContentHash()
    hash.add("pagerace native code 1")
    hash.add(CompilerSearch.identity(of: compiler))
    for flag in flags + ["-O\(optimization)"] { hash.add(flag) }
    for unit in units { hash.add(unit) }
    return hash.finish()
  }
}
