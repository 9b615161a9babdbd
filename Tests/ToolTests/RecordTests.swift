import Foundation
import TestSupport
import Testing

/// `pagerace test --record`, and `pagerace test` with what it has stored.
@Suite struct RecordTests {
  /// A small model with its mistakes, in a folder `Models` of its own.
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    let text = try String(
      contentsOf: ToolRun.golden.appending(path: "counter.race"), encoding: .utf8)
    try scratch.write(
      text.replacing(
        "check limited = counting with limit = 2 { expect pass }",
        with: """
          check limited = counting with limit = 2 {
              expect pass
              with limit = 1 expect few
              C01, C02 with limit = 7 expect none_left
          }
          """), to: "Models/a/counter.race")
    return scratch
  }

  private func contents(of scratch: Scratch) throws -> [String: String] {
    let folder = scratch.folder.appending(path: "Counterexamples")
    let names = FileManager.default.enumerator(atPath: folder.path())?.allObjects as? [String] ?? []
    var contents: [String: String] = [:]
    for name in names where name.contains(".") {
      contents[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    return contents
  }

  @Test(
    "each violation that is expected gets two files, which say the same wherever they are written")
  func record() throws {
    let scratch = try scratch()
    let run = try ToolRun("test", "Models", "--record", in: scratch.folder)
    #expect(run.status == 0, "\(run.transcript)")
    #expect(
      run.output.contains(
        "counterexamples: 4 recorded (4 new or changed, 0 removed), 4 fail the same way"),
      "\(run.output)")
    let files = try contents(of: scratch)
    let names = ["limited.C01+C02+limit=7", "limited.limit=1", "two.C01", "two.C02"]
    #expect(files.keys.sorted() == names.flatMap { ["counter/\($0).json", "counter/\($0).txt"] })
    try expectGolden(files["counter/two.C01.json"] ?? "", "Golden/stored.json")
    try expectGolden(files["counter/two.C01.txt"] ?? "", "Golden/stored.txt")

    let inside = scratch.folder.appending(path: "Models/a")
    for words in [["--workers", "1", "--engine", "evaluator"], ["--jobs", "3"]] {
      let again = try ToolRun(["test", "counter.race", "--record"] + words, in: inside)
      #expect(
        again.output.contains("4 recorded (0 new or changed, 0 removed)"), "\(again.transcript)")
    }
    #expect(try contents(of: scratch) == files)
  }

  @Test("the last line of a diagram is a command that works")
  func replayLine() throws {
    let scratch = try scratch()
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    for (name, text) in try contents(of: scratch) where name.hasSuffix(".txt") {
      let last = try #require(text.split(separator: "\n").last)
      let command = try #require(last.wholeMatch(of: #/  replay:  pagerace (.*)/#)).1
      let run = try ToolRun(script: "\"$PAGERACE\" \(command)", in: scratch.folder)
      #expect(run.status == 1, "\(run.transcript)")
      #expect(run.output.contains("still fails"))
      // It is the same diagram, but a replay proves nothing of its length.
      let diagram = try #require(text.split(separator: "  Why:").first)
      #expect(run.output.contains(diagram), "\(run.output)")
      #expect(run.output.contains(", as recorded."), "\(run.output)")
    }
  }

  @Test("what does not fail as it did is unexpected")
  func changed() throws {
    let scratch = try scratch()
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    let model = scratch.folder.appending(path: "Models/a/counter.race")
    let text = try String(contentsOf: model, encoding: .utf8)
    let mended = text.replacing("if !forget_to_put { put_page(shared) }", with: "put_page(shared)")
    try scratch.write(mended, to: "Models/a/counter.race")
    let run = try ToolRun("test", "Models", in: scratch.folder)
    #expect(run.status == 1)
    #expect(
      run.output.contains(
        "  REPLAY   two with C02                         now passes: all 2 steps can be taken"),
      "\(run.output)")
    #expect(run.output.contains("counterexamples: 2 fail the same way, 2 do not"), "\(run.output)")
  }

  @Test("what belongs to no row is named, and removed when one records")
  func stale() throws {
    let scratch = try scratch()
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    let model = scratch.folder.appending(path: "Models/a/counter.race")
    let text = try String(contentsOf: model, encoding: .utf8)
    try scratch.write(
      text.replacing("    with limit = 1 expect few\n", with: "").replacing(
        "check two", with: "check both"),
      to: "Models/a/counter.race")
    try scratch.write(
      text.replacing("module counter", with: "module other"), to: "Models/b/other.race")
    _ = try ToolRun("test", "Models/b", "--record", in: scratch.folder)
    try FileManager.default.removeItem(at: scratch.folder.appending(path: "Models/b"))

    let run = try ToolRun("test", "Models", in: scratch.folder)
    #expect(run.status == 1)
    for line in [
      "  STALE    Counterexamples/counter/limited.limit=1.json no row of 'limited' asks for it any more",
      "  STALE    Counterexamples/counter/two.C01.json there is no check 'two' any more",
      "  STALE    Counterexamples/other/two.C01.json   its model 'Models/b/other.race' is gone",
      "counterexamples: 1 fails the same way, 7 belong to no row any more, 2",
    ] { #expect(run.output.contains(line), "\(run.output)") }
    // Nobody asked about the rest of the folder.
    let part = try ToolRun("test", "Models/a", in: scratch.folder)
    #expect(!part.output.contains("other.race"))

    let record = try ToolRun("test", "Models", "--record", in: scratch.folder)
    #expect(record.status == 0, "\(record.transcript)")
    #expect(
      record.output.contains("3 recorded (3 new or changed, 7 removed), 3 fail the same way"),
      "\(record.output)")
    #expect(try contents(of: scratch).keys.allSatisfy { $0.hasPrefix("counter/") })
    #expect(try ToolRun("test", "Models", in: scratch.folder).status == 0)
  }

  @Test("another folder can be named, and nothing is stored where nobody asks")
  func otherFolder() throws {
    let scratch = try scratch()
    #expect(try ToolRun("test", "Models", in: scratch.folder).status == 0)
    #expect(try contents(of: scratch).isEmpty)
    let run = try ToolRun(
      "test", "Models", "--record", "--counterexamples", "kept/here", in: scratch.folder)
    #expect(run.status == 0, "\(run.transcript)")
    let file = "kept/here/counter/two.C02.json"
    #expect(try ToolRun("replay", file, in: scratch.folder).status == 1)
    let all = try ToolRun("replay", "kept/here", in: scratch.folder)
    #expect(
      all.output.split(separator: "\n").count { $0.contains("still fails") } == 4, "\(all.output)")
  }

  @Test("a file that cannot be written is said to be so, and nothing is left half-written")
  func unwritable() throws {
    let scratch = try scratch()
    let nowhere = try ToolRun(
      "test", "Models", "--record", "--counterexamples", "/proc/nowhere", in: scratch.folder)
    #expect(nowhere.status == 2, "\(nowhere.transcript)")
    #expect(nowhere.error.contains("cannot write '/proc/nowhere"), "\(nowhere.error)")
    let full = try ToolRun(
      script: """
        mkdir -p Counterexamples/counter && ln -s /dev/full Counterexamples/counter/two.C01.json
        "$PAGERACE" test Models --record
        """, in: scratch.folder)
    #expect(full.status == 70, "\(full.transcript)")
    #expect(
      full.error.contains("cannot write 'Counterexamples/counter/two.C01.json'"), "\(full.error)")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: scratch.folder.appending(path: "Counterexamples/counter").path())
    // Hidden files included, nothing is there that was not finished.
    #expect(names.allSatisfy { $0.hasSuffix(".json") || $0.hasSuffix(".txt") }, "\(names)")
  }

  @Test("a search that may miss shorter traces records nothing")
  func inexact() throws {
    #expect(try ToolRun("test", "a.race", "--record", "--compact").status == 64)
    let scratch = try scratch()
    let run = try ToolRun("test", "Models", "--record", "--max-states", "3", in: scratch.folder)
    #expect(run.status == 3)
    #expect(try contents(of: scratch).isEmpty)
  }

  @Test("a module with another name, a folder that is not there, and files that are gone are named")
  func lost() throws {
    let scratch = try scratch()
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    let mistyped = try ToolRun(
      "test", "Models", "--counterexamples", "Counterexample", in: scratch.folder)
    #expect(mistyped.status == 2)
    #expect(mistyped.error.contains("cannot read 'Counterexample': there is no such folder"))
    for name in try contents(of: scratch).keys where name.hasSuffix(".json") {
      try FileManager.default.removeItem(
        at: scratch.folder.appending(path: "Counterexamples/\(name)"))
    }
    let empty = try ToolRun("test", "Models", in: scratch.folder)
    #expect(empty.output.contains("counterexamples: 4 violations not stored"), "\(empty.output)")
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    let model = scratch.folder.appending(path: "Models/a/counter.race")
    let text = try String(contentsOf: model, encoding: .utf8)
    try scratch.write(
      text.replacing("module counter", with: "module tally"), to: "Models/a/counter.race")
    let renamed = try ToolRun("test", "Models", in: scratch.folder)
    #expect(renamed.status == 1)
    #expect(
      renamed.output.contains("its model 'Models/a/counter.race' is the module 'tally' now"),
      "\(renamed.output)")
  }

  @Test("when the time is over, what was not replayed is counted")
  func outOfTime() throws {
    let scratch = try scratch()
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    let run = try ToolRun("test", "Models", "--time-limit", "1ms", in: scratch.folder)
    #expect(run.status == 3)
    #expect(run.output.contains("counterexamples: 4 not replayed"), "\(run.output)")
  }

  @Test("a trace with more preemptions than another one may have does not replace what is stored")
  func unsettled() throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      module deep
      var total: 0..40
      scenario s {
          task runner[7] {
              atomic total += 1
              atomic total += 1
              atomic total += 1
          }
          invariant few { total < 14 }
      }
      check c = s { expect few }

      """, to: "Models/deep.race")
    let words = ["test", "Models", "--record", "--workers", "1", "--engine", "evaluator"]
    #expect(try ToolRun(words, in: scratch.folder).status == 0)
    let files = try contents(of: scratch)
    #expect(files.count == 2)
    var statuses: Set<Int32> = []
    for limit in stride(from: 200, through: 400, by: 25) {
      let run = try ToolRun(words + ["--max-memory", "\(limit)K"], in: scratch.folder)
      #expect(try contents(of: scratch) == files, "\(limit)")
      // The row comes out as expected, but there was no memory to look for the best trace.
      let isUnsettled = run.error.contains("is not recorded: a limit was reached before")
      if isUnsettled { #expect(run.status == 3) }
      statuses.insert(isUnsettled ? -1 : run.status)
    }
    #expect(statuses == [-1, 0, 3])
  }

  @Test("an interruption leaves whole files behind, and says what was not run")
  func interruption() throws {
    let scratch = try scratch()
    let endless = try String(
      contentsOf: ToolRun.golden.appending(path: "endless.race"), encoding: .utf8)
    try scratch.write(endless, to: "Models/b/endless.race")
    try scratch.write(
      try String(
        contentsOf: scratch.folder.appending(path: "Models/a/counter.race"), encoding: .utf8
      )
      .replacing("module counter", with: "module last"), to: "Models/c/last.race")
    let run = try ToolRun("test", "Models", "--record", in: scratch.folder) { process in
      let deadline = Date.now + 20
      let last = scratch.folder.appending(
        path: "Counterexamples/counter/limited.C01+C02+limit=7.json")
      while !FileManager.default.fileExists(atPath: last.path()), Date.now < deadline {
        Thread.sleep(forTimeInterval: 0.05)
      }
      Thread.sleep(forTimeInterval: 0.3)
      kill(process, SIGINT)
    }
    #expect(run.status == 3, "\(run.transcript)")
    #expect(run.output.contains("6 rows not run"), "\(run.output)")
    #expect(try contents(of: scratch).count == 8)
    for (name, text) in try contents(of: scratch) where name.hasSuffix(".json") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }
  }
}
