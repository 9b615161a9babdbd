import Execution
import Exploration
import Machine
import NativeCode
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// What happens when compiler or cache are not what they should be.
@Suite struct HostileTests {
  private let system = TinySystems.philosophers(3)

  /// A folder that is removed when the test ends.
  private final class Folder {
    let path: String

    init() throws {
      var template = Array("/tmp/pagerace-test-XXXXXX".utf8CString)
      path = try template.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
          throw EngineMissing()
        }
        return String(cString: made)
      }
    }

    deinit {
      chmod(path, 0o700)
      for file in files { unlink(path + "/" + file) }
      rmdir(path)
    }

    /// The names of the files in it.
    var files: [String] {
      var names: [String] = []
      guard let folder = opendir(path) else { return [] }
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
      }
      closedir(folder)
      return names.sorted()
    }

    /// Writes an executable file and returns its path.
    func script(_ text: String) throws -> String {
      let file = path + "/cc.sh"
      try ExecutableScript.write(text, to: file)
      return file
    }

    func mode(_ file: String) -> mode_t {
      var status = stat()
      return lstat(path + "/" + file, &status) == 0 ? status.st_mode & 0o777 : 0
    }
  }

  /// Runs a search with the given settings and says what it said about native code.
  private func search(
    _ settings: NativeSettings, limits: SearchLimits = SearchLimits()
  ) throws -> SearchResult {
    let search = Search(
      system, limits: limits, engine: .native { NativeEngineSource($0, settings: settings) })
    let result = try search.run()
    // Whatever happens, the answer is right.
    #expect(result.statistics.states == 27)
    return result
  }

  @Test(
    "a compiler that does not exist leaves the search to the evaluator, with a line that says so")
  func missing() throws {
    for path in ["/nonexistent/cc", "no-such-compiler", "/tmp"] {
      let result = try search(testSettings(explicit: path))
      #expect(!result.usedNativeCode)
      #expect(
        result.notice
          == "there is no compiler at '\(path)'; the evaluator goes on without native code")
    }
    var settings = testSettings()
    settings.compiler.searchPath = ""
    // The toolchain that runs the tests may have a compiler beside its library.
    #expect(try search(settings).statistics.states == 27)
  }

  @Test(
    "compilers that fail, print without end or write garbage lead to a line and to the evaluator")
  func failing() throws {
    let folder = try Folder()
    let scripts = [
      ("exit 1", "failed with status 1"),
      ("echo 'bad\u{1B}[31m things' >&2; exit 3", "failed with status 3: bad?[31m things"),
      ("kill -SEGV $$", "failed with status 139"),
      ("exit 0", "there is no library"),
      ("for a; do :; done; echo garbage > \"$a\"", "it cannot be loaded"),
      ("for a; do :; done; : > \"$a\"", "there is no library"),
      ("for a; do :; done; ln -s /etc/passwd \"$a\"", "there is no library"),
      ("yes | head -c 3000000; exit 4", "failed with status 4: y"),
    ]
    for (text, reason) in scripts {
      let compiler = try folder.script(text)
      let result = try search(testSettings(explicit: compiler))
      #expect(!result.usedNativeCode)
      #expect(result.notice?.contains(reason) == true, "\(text): \(result.notice ?? "")")
    }
    #expect(try search(testSettings(explicit: "/bin/false")).usedNativeCode == false)
  }

  @Test("a library with other code in it is refused")
  func foreign() throws {
    let folder = try Folder()
    let compiler = try folder.script(
      """
      for a; do :; done
      cd "$(dirname "$a")" && echo 'int pagerace_expand, pagerace_judge, pagerace_news;' > x.c
      exec cc -shared -fPIC x.c -o "$a"
      """)
    let result = try search(testSettings(explicit: compiler))
    #expect(!result.usedNativeCode)
    #expect(result.notice?.contains("not a library with this model's code") == true)
  }

  @Test("a compiler that hangs is stopped, with what it has started")
  func hanging() throws {
    let folder = try Folder()
    let compiler = try folder.script("sleep 61 & echo $! > \"$0.pid\"; sleep 62")
    var settings = testSettings(explicit: compiler)
    settings.timeoutSeconds = 1
    let result = try search(settings)
    #expect(result.notice?.contains("did not finish within 1 s") == true)
    let pid = try #require(Self.number(in: compiler + ".pid"))
    usleep(50_000)
    // Gone, or dead and waiting to be collected by init.
    let isAlive = kill(pid, 0) == 0 && !Self.isDead(pid)
    #expect(!isAlive)
  }

  @Test("a search that is done does not wait for its compiler")
  func abandoned() throws {
    let folder = try Folder()
    let settings = testSettings(explicit: try folder.script("sleep 60"))
    let search = Search(
      TinySystems.philosophers(10),
      engine: .automatic { NativeEngineSource($0, settings: settings) })
    let result = try search.run()
    #expect(result.statistics.states == 59_049)
    #expect(!result.usedNativeCode && result.notice == nil)
    #expect(result.statistics.elapsed < .seconds(30))
  }

  @Test("a cache is private, is used again, and holds nothing else")
  func cache() throws {
    let folder = try Folder()
    let path = folder.path + "/cache"
    defer {
      for file in (try? Self.files(path)) ?? [] { unlink(path + "/" + file) }
      rmdir(path)
    }
    for isCached in [false, true] {
      var emitter = CEmitter(system)
      let units = emitter.emit() ?? []
      let compiler = try NativeCompiler(units, settings: testSettings(cache: path))
      guard case .done = compiler.wait() else { throw EngineMissing() }
      #expect(compiler.isCached == isCached)
    }
    #expect(folder.mode("cache") == 0o700)
    let files = try Self.files(path)
    #expect(files.count == 2)
    for file in files {
      let mode = folder.mode("cache/" + file)
      #expect(mode & 0o077 == 0)
    }
  }

  @Test("cached files that are not what they were are compiled anew")
  func tampered() throws {
    let folder = try Folder()
    let settings = testSettings(cache: folder.path)
    #expect(try search(settings).usedNativeCode)
    let library = try #require(folder.files.first { $0.hasSuffix(".so") })
    let path = folder.path + "/" + library
    let damages: [(String, () -> Void)] = [
      ("truncated", { truncate(path, 1000) }),
      ("empty", { truncate(path, 0) }),
      ("changed", { Self.damage(path) }),
      ("readable by others", { chmod(path, 0o755) }),
      ("without a hash", { unlink(path + ".sha256") }),
      ("with another hash", { Self.damage(path + ".sha256") }),
      ("gone", { unlink(path) }),
      (
        "a link",
        {
          rename(path, path + ".moved")
          symlink(path + ".moved", path)
        }
      ),
    ]
    for (name, damage) in damages {
      damage()
      var emitter = CEmitter(system)
      let units = emitter.emit() ?? []
      let compiler = try NativeCompiler(units, settings: settings)
      guard case .done = compiler.wait() else { throw EngineMissing() }
      #expect(!compiler.isCached, "a library that is \(name)")
      let again = try NativeCompiler(units, settings: settings)
      #expect(again.isCached, "after a library that was \(name)")
    }
  }

  @Test("a cache that cannot be used is done without")
  func unusableCache() throws {
    let folder = try Folder()
    chmod(folder.path, 0o755)
    #expect(try search(testSettings(cache: folder.path)).usedNativeCode)
    #expect(folder.files.isEmpty)
    for path in ["/proc/pagerace", "/dev/null", "/dev/null/cache", ""] {
      let result = try search(testSettings(cache: path))
      #expect(result.usedNativeCode)
      #expect(result.notice?.contains("native code is not kept, because '\(path)'") == true)
    }
    var settings = testSettings()
    settings.temporaryFolder = "/nonexistent"
    let result = try search(settings)
    #expect(result.notice?.contains("cannot write '/nonexistent'") == true)
  }

  @Test("several searches fill a cache at once")
  func concurrentFill() async throws {
    let folder = try Folder()
    let settings = testSettings(cache: folder.path)
    let system = system
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let search = Search(
            system, engine: .native { NativeEngineSource($0, settings: settings) })
          let result = try search.run()
          return result.usedNativeCode && result.statistics.states == 27
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(folder.files.count == 2)
  }

  private static func files(_ path: String) throws -> [String] {
    guard let folder = opendir(path) else { throw EngineMissing() }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Changes a byte in the middle of a file.
  private static func damage(_ path: String) {
    guard let stream = fopen(path, "r+") else { return }
    fseek(stream, 0, SEEK_END)
    let middle = ftell(stream) / 2
    fseek(stream, middle, SEEK_SET)
    let byte = fgetc(stream)
    fseek(stream, middle, SEEK_SET)
    fputc(byte ^ 0x20, stream)
    fclose(stream)
  }

  private static func number(in path: String) -> pid_t? {
    guard let stream = fopen(path, "r") else { return nil }
    defer { fclose(stream) }
    var line = [CChar](repeating: 0, count: 32)
    guard fgets(&line, 32, stream) != nil else { return nil }
    let end = line.firstIndex(of: 0) ?? line.endIndex
    return pid_t(
      String(decoding: line[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        .filter(\.isNumber))
  }

  private static func isDead(_ pid: pid_t) -> Bool {
    guard let stream = fopen("/proc/\(pid)/stat", "r") else { return true }
    defer { fclose(stream) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, 256, stream) != nil else { return true }
    let end = line.firstIndex(of: 0) ?? line.endIndex
    return String(decoding: line[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .contains(") Z ")
  }
}
