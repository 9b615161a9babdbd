import Foundation
import TestSupport
import Testing

/// `pagerace replay`, with files as they should be and as they should not.
@Suite struct ReplayCommandTests {
  /// A folder with a model and its stored counterexamples.
  private func recorded() throws -> Scratch {
    let scratch = try Scratch()
    let text = try String(
      contentsOf: ToolRun.golden.appending(path: "counter.race"), encoding: .utf8)
    try scratch.write(text, to: "Models/counter.race")
    _ = try ToolRun("test", "Models", "--record", in: scratch.folder)
    return scratch
  }

  private let file = "Counterexamples/counter/two.C02.json"

  @Test("every answer has its exit status")
  func statuses() throws {
    let scratch = try recorded()
    let model = scratch.folder.appending(path: "Models/counter.race")
    let text = try String(contentsOf: model, encoding: .utf8)
    let same = try ToolRun("replay", file, in: scratch.folder)
    try expectGolden(same.transcript, "Golden/replay-same.txt")
    for (edit, status, answer) in [
      ("put_page(shared)", 0, "now passes: all 2 steps can be taken, and nothing is wrong"),
      (
        "if !forget_to_put { put_page(shared) } else { shared.count = 7 }", 1,
        "fails differently: few"
      ),
      ("await shared.count == 3", 1, "fails differently: deadlock"),
    ] {
      try scratch.write(
        text.replacing("if !forget_to_put { put_page(shared) }", with: edit)
          .replacing("limit: 1..7 = 7", with: "limit: 1..7 = 6"), to: "Models/counter.race")
      let run = try ToolRun("replay", file, in: scratch.folder)
      #expect(run.status == status, "\(run.transcript)")
      #expect(run.output.contains(answer), "\(run.transcript)")
      #expect(run.output.contains("the model has changed since it was recorded"))
    }
    try scratch.write(
      text.replacing(
        "        get_page(shared)",
        with: "        await shared.count == 3\n        get_page(shared)"),
      to: "Models/counter.race")
    let stuck = try ToolRun("replay", file, in: scratch.folder)
    #expect(stuck.status == 1 || stuck.status == 3, "\(stuck.transcript)")
    try scratch.write(
      text.replacing("task user[2]", with: "task tester[2]"), to: "Models/counter.race")
    let gone = try ToolRun("replay", file, in: scratch.folder)
    #expect(gone.status == 3, "\(gone.transcript)")
    #expect(gone.output.contains("there is no task 'user[1]' any more"), "\(gone.output)")
  }

  @Test("the model is found from any folder, through links, and where the user says it is")
  func places() throws {
    let scratch = try recorded()
    let inside = scratch.folder.appending(path: "Counterexamples/counter")
    #expect(try ToolRun("replay", "two.C01.json", in: inside).status == 1)
    let absolute = scratch.folder.appending(path: file).path()
    #expect(try ToolRun("replay", absolute).status == 1)
    let link = try ToolRun(
      script: "ln -s \(file) link.json; \"$PAGERACE\" replay link.json", in: scratch.folder)
    #expect(link.status == 1, "\(link.transcript)")
    let moved = try ToolRun(
      script: """
        mkdir elsewhere; mv Models/counter.race elsewhere
        "$PAGERACE" replay \(file); echo "status $?"
        "$PAGERACE" replay \(file) --model elsewhere/counter.race
        """, in: scratch.folder)
    #expect(moved.output.hasPrefix("status 2\n"), "\(moved.transcript)")
    #expect(moved.error.contains("there is no 'Models/counter.race' in a folder above it"))
    #expect(moved.status == 1)
  }

  @Test("several files give a line each, and the worst decides")
  func several() throws {
    let scratch = try recorded()
    let run = try ToolRun("replay", "Counterexamples", "nowhere.json", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.output.split(separator: "\n").count { $0.hasPrefix("Counterexamples/") } == 2)
    #expect(!run.output.contains("CPU0"))
    #expect(run.error == "pagerace: error: there is no file 'nowhere.json'\n")
    let empty = try Scratch()
    #expect(try ToolRun("replay", ".", in: empty.folder).status == 2)
  }

  @Test(
    "a damaged file gets a clear error",
    arguments: [
      ("", "is damaged: it is not valid JSON"),
      ("{", "is damaged: it is not valid JSON"),
      ("[]", "is damaged: it is not an object"),
      (#"{"format": "pagerace-counterexample", "version": 1.5}"#, "is damaged: a number in it is"),
      ("{}", "is no stored counterexample of pagerace"),
      (#"{"format": "pagerace-report", "version": 1}"#, "is no stored counterexample of pagerace"),
      (#"{"format": "pagerace-counterexample", "version": 9}"#, "has version 9 of the format"),
      (#"{"format": "pagerace-counterexample", "version": 1}"#, "is damaged: there is no '"),
      (#"{"format": "pagerace-counterexample", "version": "1"}"#, "is damaged: 'version' is not"),
    ])
  func damaged(text: String, message: String) throws {
    let scratch = try Scratch()
    try scratch.write(text, to: "Counterexamples/a/b.json")
    let run = try ToolRun("replay", "Counterexamples/a/b.json", in: scratch.folder)
    #expect(run.status == 2, "\(run.transcript)")
    #expect(run.output == "")
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test("a file that was cut off anywhere is refused, and 'test' says so")
  func truncated() throws {
    let scratch = try recorded()
    let whole = try Data(contentsOf: scratch.folder.appending(path: file))
    for length in [1, whole.count / 3, whole.count - 3] {
      try scratch.write(whole.prefix(length), to: file)
      #expect(try ToolRun("replay", file, in: scratch.folder).status == 2)
    }
    let run = try ToolRun("test", "Models", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains("'\(file)' is damaged"), "\(run.error)")
    #expect(
      run.output.contains("counterexamples: 1 fails the same way, 1 cannot be read"),
      "\(run.output)")
    // Recording mends it.
    #expect(try ToolRun("test", "Models", "--record", in: scratch.folder).status == 0)
    #expect(try Data(contentsOf: scratch.folder.appending(path: file)) == whole)
  }

  @Test("what no recording contains is refused before anything is opened or printed")
  func forged() throws {
    let scratch = try recorded()
    let text = try String(contentsOf: scratch.folder.appending(path: file), encoding: .utf8)
    for (old, new, status, message) in [
      (
        "\"Models/counter.race\"", "\"../../../etc/passwd\"", 2,
        "'model' is not the path of a model"
      ),
      ("\"Models/counter.race\"", "\"/etc/x.race\"", 2, "'model' is not the path of a model"),
      ("\"task\":\"user[1]\"", "\"task\":\"\\u001b[31m\"", 2, "characters that cannot be shown"),
      ("\"task\":\"user[1]\"", "\"task\":7", 2, "'steps[0].task' is not what it should be"),
      ("\"check\" : \"two\"", "\"check\" : \"three\"", 2, "has no check 'three' any more"),
      ("\"C02\"", "\"C09\"", 2, "has no bug 'C09' any more"),
      (
        "\"options\" : []", "\"options\" : [{\"name\":\"speed\",\"value\":\"1\"}]", 2,
        "has no option 'speed'"
      ),
      ("\"options\" : []", "\"options\" : [{\"name\":\"limit\",\"value\":\"99\"}]", 2, "limit"),
      (
        "\"initialChoices\" : []", "\"initialChoices\" : [9223372036854775807]", 3,
        "not feasible at the start"
      ),
      ("\"initialChoices\" : []", "\"initialChoices\" : [-1]", 3, "at the start"),
    ] {
      #expect(text.contains(old), "\(old)")
      try scratch.write(text.replacing(old, with: new), to: file)
      let run = try ToolRun("replay", file, in: scratch.folder)
      #expect(run.status == status, "\(run.transcript)")
      #expect(
        (run.error + run.output).contains(
          message.replacing("not feasible", with: "no longer feasible")),
        "\(run.transcript)")
    }
  }

  @Test("a file of many megabytes is refused")
  func huge() throws {
    let scratch = try Scratch()
    try scratch.write(Data(repeating: 0x20, count: 9 << 20), to: "a.json")
    let run = try ToolRun("replay", "a.json", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains("is larger than 8 MiB"), "\(run.error)")
    #expect(try ToolRun("replay", "/dev/zero").status == 2)
  }
}
