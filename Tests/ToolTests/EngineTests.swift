import Foundation
import TestSupport
import Testing

/// Native code from the command line: what is said when it cannot be had, and that nothing else
/// changes.
@Suite struct EngineTests {
  private func check(
    _ words: String..., environment: [String: String] = [:]
  ) throws -> ToolRun {
    try ToolRun(
      command: ["check", "counter.race"] + words, in: ToolRun.golden, environment: environment)
  }

  /// Writes a compiler that is a shell script.
  private func compiler(_ text: String, in scratch: Scratch) throws -> String {
    let file = scratch.folder.appending(path: "cc").path()
    try ExecutableScript.write(text, to: file)
    return file
  }

  private func files(in folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path()))?.sorted() ?? []
  }

  private func date(of file: URL) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: file.path())[.modificationDate] as? Date
  }

  @Test(
    "an engine changes nothing in what is printed",
    arguments: ["--json", "--states", "--bug=C01", "--max-states=3"])
  func sameOutput(option: String) throws {
    let expected = try check(option, "--engine", "evaluator")
    for engine in ["auto", "native"] {
      let run = try check(option, "--engine", engine)
      #expect(run.output == expected.output)
      #expect(run.status == expected.status)
      #expect(run.error == expected.error)
    }
    let measured = try check("--stats", "--json", "--engine", "native")
    #expect(measured.output.contains(#""engine" : "native""#), "\(measured.output)")
  }

  @Test(
    "a compiler that is of no use is told once, and the answer is the same",
    arguments: [
      ("", "there is no compiler at"),
      ("exit 0", "there is no library"),
      ("exit 3", "failed with status 3"),
      ("for a; do :; done; echo garbage > $a", "it cannot be loaded"),
    ])
  func uselessCompiler(script: String, reason: String) throws {
    let scratch = try Scratch()
    let path = script.isEmpty ? "/no/such/cc" : try compiler(script, in: scratch)
    let expected = try check("--engine", "evaluator")
    let run = try check("--engine", "native", environment: ["PAGERACE_CC": path])
    #expect(run.output == expected.output)
    #expect(run.status == 0)
    #expect(run.error.contains(reason), "\(run.error)")
    // The model has two checks.
    #expect(run.error.split(separator: "\n").count == 1, "\(run.error)")
  }

  @Test("a cache that is not the user's alone is told, and not used")
  func openCache() throws {
    let scratch = try Scratch()
    let folder = scratch.folder.appending(path: "cache")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: folder.path())
    let run = try check("--engine", "native", environment: ["PAGERACE_CACHE": folder.path()])
    #expect(run.error.contains("native code is not kept"))
    #expect(run.error.split(separator: "\n").count == 1)
    #expect(run.status == 0)
    #expect(files(in: folder).isEmpty)
  }

  @Test("what is kept, is kept where nobody else can look, and is used again")
  func cache() throws {
    let scratch = try Scratch()
    let folder = scratch.folder.appending(path: "caches/pagerace")
    let environment = [
      "PAGERACE_CACHE": "", "XDG_CACHE_HOME": scratch.folder.appending(path: "caches").path(),
    ]
    #expect(try check("--engine", "native", environment: environment).error == "")
    let kept = files(in: folder)
    #expect(!kept.isEmpty)
    for path in [folder.path()] + kept.map({ folder.appending(path: $0).path() }) {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect((mode ?? 0o777) & 0o077 == 0, "\(path)")
    }
    // What is compiled anew is another file of the same name.
    let dates = try kept.map { try date(of: folder.appending(path: $0)) }
    #expect(try check("--engine", "native", environment: environment).error == "")
    #expect(files(in: folder) == kept)
    #expect(try kept.map { try date(of: folder.appending(path: $0)) } == dates)
  }

  @Test("an interruption while a compiler runs leaves nothing behind", arguments: [SIGINT, SIGHUP])
  func interruption(signal: Int32) throws {
    let scratch = try Scratch()
    let cache = scratch.folder.appending(path: "cache")
    let hanging = try compiler("echo $$ > \"$0.pid\"; sleep 60", in: scratch)
    let run = try ToolRun(
      command: ["check", "endless.race", "--engine", "native"], in: ToolRun.golden,
      environment: ["PAGERACE_CC": hanging, "PAGERACE_CACHE": cache.path()]
    ) { process in
      let deadline = Date.now + 30
      while Date.now < deadline, !FileManager.default.fileExists(atPath: hanging + ".pid") {
        Thread.sleep(forTimeInterval: 0.02)
      }
      kill(process, signal)
    }
    #expect(run.status == 3, "\(run.transcript)")
    let text = try String(contentsOfFile: hanging + ".pid", encoding: .utf8)
    let compiler = try #require(Int32(text.filter(\.isNumber)))
    #expect(kill(compiler, 0) == -1)
    #expect(files(in: cache).isEmpty)
  }

  @Test("a caller that ignores the end of its children does not keep us from ours")
  func ignoredChildren() throws {
    let run = try ToolRun(
      script: """
        trap '' CHLD
        export PAGERACE_CACHE="$PWD/cache"
        exec "$PAGERACE" check "\(ToolRun.golden.path())/endless.race" --engine native --max-states 1000
        """, in: try Scratch().folder)
    #expect(run.status == 3)
    #expect(!run.error.contains("failed with status"), "\(run.error)")
  }
}
