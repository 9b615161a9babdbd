import Foundation
import TestSupport
import Testing

/// Whole runs on one small model, from the command line to the last line of output.
@Suite struct WholeRunTests {
  @Test(
    "a whole run says what it always says",
    arguments: [
      ("check counter.race", "check-holds.txt"),
      ("check counter.race --bug C01", "check-violated.txt"),
      ("check counter.race --bug forget_to_put --check two --states", "check-states.txt"),
      ("check counter.race --check two -D limit=1 --json", "check-json.txt"),
      ("check counter.race --check two --max-states 3", "check-inconclusive.txt"),
      ("check locks.race --format sarif", "format-sarif.txt"),
      ("check locks.race --format junit", "format-junit.txt"),
      ("check locks.race --format mermaid", "format-mermaid.txt"),
      ("check locks.race --format dot", "format-dot.txt"),
      ("check locks.race --format itf", "format-itf.txt"),
      ("check locks.race --format trace-events", "format-trace-events.txt"),
      ("test counter.race", "test.txt"),
      ("test wrong.race", "test-different.txt"),
      ("test counter.race --max-states 3", "test-inconclusive.txt"),
      ("test counter.race --json", "test-json.txt"),
      ("steps counter.race --check two", "steps.txt"),
      ("layout counter.race --check two", "layout.txt"),
      ("explain unknown-module", "explain-page.txt"),
      ("explain use_after_free", "explain-violation.txt"),
      ("check mistake.race", "mistake.txt"),
      ("check mistake.race --diagnostics json", "mistake-json.txt"),
      ("format --check counter.race mistake.race", "format-check.txt"),
    ])
  func transcript(_ line: String, _ golden: String) throws {
    let words = line.split(separator: " ").map(String.init)
    try expectGolden(try ToolRun(words, in: ToolRun.golden).transcript, "Golden/\(golden)")
  }

  @Test("all rules and violations are listed")
  func explanations() throws {
    let run = try ToolRun("explain")
    #expect(run.status == 0)
    for name in ["unknown-module", "unreached-statement", "deadlock", "use_after_free"] {
      #expect(run.output.contains("\n  \(name) "))
    }
    for line in run.output.split(separator: "\n") { #expect(line.count < 80, "\(line)") }
  }

  @Test("every verdict has its exit status")
  func statuses() throws {
    let golden = ToolRun.golden
    #expect(try ToolRun("check", "counter.race", in: golden).status == 0)
    #expect(try ToolRun("check", "counter.race", "--bug", "C01", in: golden).status == 1)
    #expect(try ToolRun("check", "mistake.race", in: golden).status == 2)
    #expect(try ToolRun("check", "counter.race", "--max-states", "3", in: golden).status == 3)
    #expect(try ToolRun("check", "vacuous.race", in: golden).status == 4)
    #expect(try ToolRun("check", "vacuous.race", "counter.race", in: golden).status == 4)
    #expect(try ToolRun("check", "vacuous.race", "mistake.race", in: golden).status == 2)
    #expect(try ToolRun("test", "vacuous.race", in: golden).status == 4)
    #expect(try ToolRun("test", "wrong.race", in: golden).status == 1)
    #expect(try ToolRun("test", "wrong.race", "mistake.race", in: golden).status == 2)
  }

  @Test("colours are for terminals, unless somebody insists")
  func colours() throws {
    let golden = ToolRun.golden
    let plain = try ToolRun("check", "counter.race", in: golden)
    #expect(!plain.output.contains("\u{1B}"))
    let always = try ToolRun("check", "counter.race", "--color", "always", in: golden)
    #expect(always.output.contains("\u{1B}[32;1m"))
    #expect(always.output.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.output)
  }

  @Test("the same run twice prints the same")
  func deterministic() throws {
    let words = ["test", "counter.race", "wrong.race", "--json"]
    let first = try ToolRun(words, in: ToolRun.golden)
    #expect(try ToolRun(words, in: ToolRun.golden).output == first.output)
    // Two processes hash with different seeds; a page has most tables.
    let page = ["check", "counter.race", "--bug", "C01", "--format", "html"]
    let html = try ToolRun(page, in: ToolRun.golden)
    #expect(html.output.hasSuffix("</html>\n"))
    #expect(try ToolRun(page, in: ToolRun.golden).output == html.output)
  }

  @Test("a folder is searched, and no file is tested twice")
  func folders() throws {
    let scratch = try Scratch()
    let model = "module a\nscenario s { task t { skip } }\ncheck c = s { expect pass }\n"
    for path in ["b/z.race", "b/a.race", "a.race", ".hidden/h.race", "b/note.txt"] {
      try scratch.write(model, to: path)
    }
    let run = try ToolRun("test", ".", "b/z.race", "./b", in: scratch.folder)
    let paths = run.output.split(separator: "\n").filter { $0.hasSuffix(".race") }
    #expect(paths == ["a.race", "b/a.race", "b/z.race"], "\(run.transcript)")
    #expect(run.status == 0)
  }

  @Test("an interruption ends the search and says what was covered")
  func interruption() throws {
    let run = try ToolRun("check", "endless.race", in: ToolRun.golden) { process in
      Thread.sleep(forTimeInterval: 1.5)
      kill(process, SIGINT)
    }
    #expect(run.status == 3, "\(run.transcript)")
    #expect(run.output.contains("the search was interrupted, so nothing is proved"))
    #expect(run.output.contains(" states, "))
  }

  @Test("a reader that goes away is no reason to complain, nor to leave other files out")
  func closedPipe() throws {
    let scratch = try Scratch()
    let run = try ToolRun(
      script: """
        {
          sleep 1
          "$PAGERACE" check "\(ToolRun.golden.path())/counter.race" --bug C01 --json --output x.json
          echo $? >status
        } | true
        cat status; head -c 1 x.json
        """, in: scratch.folder)
    #expect(run.output == "1\n{", "\(run.transcript)")
    #expect(run.error == "")
  }

  @Test("a reader that makes its pipe fail instead of wait gets everything")
  func hastyPipe() throws {
    let pipe = Pipe()
    let writing = pipe.fileHandleForWriting
    #expect(fcntl(writing.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)
    // As small as pipes get, by F_SETPIPE_SZ.
    #expect(fcntl(writing.fileDescriptor, 1031, 4096) == 4096)
    let words = ["check", "counter.race", "--bug", "C01", "--format", "html"]
    let process = Process()
    process.executableURL = ToolRun.executable
    process.arguments = words
    process.currentDirectoryURL = ToolRun.golden
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    try writing.close()
    // Time enough to fill the pipe.
    Thread.sleep(forTimeInterval: 1)
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    let whole = try ToolRun(words, in: ToolRun.golden).output
    #expect(whole.utf8.count > 16_000)
    #expect(String(decoding: data, as: UTF8.self) == whole)
  }

  @Test("a result that gets lost is no success")
  func fullDisk() throws {
    let run = try ToolRun(script: #""$PAGERACE" explain >/dev/full"#)
    #expect(run.status == 70)
    #expect(run.error.contains("cannot write to standard output"))
    #expect(try ToolRun(script: #""$PAGERACE" explain >&-"#).status == 70)
  }

  /// A million states, the last of which are violations: too many for small limits of memory.
  private func wide() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(
      """
      module wide
      var total: 0..40
      scenario s {
          task runner[10] {
              atomic total += 1
              atomic total += 1
              atomic total += 1
          }
          invariant few { total < 21 }
      }
      check c = s { expect few }

      """, to: "wide.race")
    return scratch
  }

  @Test("a field for which the system has no memory ends the search before it begins")
  func refusedField() throws {
    let run = try ToolRun(
      script: #"ulimit -v 1000000; exec "$PAGERACE" check wide.race --bitstate 2G"#,
      in: try wide().folder)
    #expect(run.status == 3, "\(run.transcript.prefix(2_000))")
    #expect(run.output.contains("the system has no more memory to give"), "\(run.output)")
  }

  #if os(Linux) && !DEBUG
  @Test("memory that the system refuses after the search does not cost the violation")
  func refusedMemory() throws {
    let scratch = try wide()
    // Somewhere among these limits the search itself fits, and what comes after it does not. Under the
    // smallest ones the program may not even start.
    for kilobytes in stride(from: 58_000, through: 90_000, by: 4_000) {
      let run = try ToolRun(
        script: """
          ulimit -v \(kilobytes)
          exec "$PAGERACE" check wide.race --engine evaluator --workers 1
          """, in: scratch.folder)
      let isTrapped = run.status == 128 + SIGILL || run.status == 128 + SIGTRAP
      #expect(!isTrapped, "\(kilobytes): \(run.transcript.prefix(2_000))")
      #expect(kilobytes < 90_000 || run.status == 1)
    }
  }
  #endif
}
