import Foundation
import TestSupport
import Testing

/// Which checks of which models are run.
@Suite struct SelectionTests {
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    let scenario = "scenario s { task t { skip } }\n"
    try scratch.write(
      "module a\nbug A01 slip \"It slips.\"\n\(scenario)violation slipped \"BUG\"\n"
        + "scenario bad { task t { ghost require !slip else slipped } }\n"
        + "check small = bad { expect pass\n A01 expect slipped }\n"
        + "check large big = s { expect pass }\n", to: "a.race")
    try scratch.write("module b\n\(scenario)check other = s { expect pass }\n", to: "b.race")
    try scratch.write("module c\n\(scenario)check large huge = s { expect pass }\n", to: "c.race")
    return scratch
  }

  @Test("large checks are run when they are named or asked for")
  func large() throws {
    let scratch = try scratch()
    let plain = try ToolRun("check", "a.race", in: scratch.folder)
    #expect(!plain.output.contains("big"))
    #expect(plain.error.contains("left out, being large: big; see --large"), "\(plain.error)")
    let named = try ToolRun("check", "a.race", "--check", "big", in: scratch.folder)
    #expect(named.output.contains("a \u{B7} big"))
    let all = try ToolRun("check", "a.race", "--large", in: scratch.folder)
    #expect(all.output.contains("a \u{B7} big"))
    #expect(all.output.contains("a \u{B7} small"))
    #expect(try ToolRun("test", "a.race", in: scratch.folder).output.contains("1 large check left"))
    #expect(try ToolRun("test", "--large", "a.race", in: scratch.folder).output.contains("3 rows"))
  }

  @Test("a run that explores nothing proves nothing")
  func nothing() throws {
    #expect(try ToolRun("check", "c.race", in: scratch().folder).status == 3)
    #expect(try ToolRun("test", "c.race", in: scratch().folder).status == 3)
    #expect(try ToolRun("test", "c.race", "b.race", in: scratch().folder).status == 0)
    let library = try Scratch()
    try library.write("module d\nvar x: bool\n", to: "d.race")
    #expect(try ToolRun("test", "d.race", in: library.folder).status == 0)
  }

  @Test("of several models those are checked that have what is asked for")
  func several() throws {
    let scratch = try scratch()
    let bug = try ToolRun("check", "b.race", "a.race", "--bug", "A01", in: scratch.folder)
    #expect(bug.status == 1)
    #expect(bug.output.contains("a \u{B7} small with A01"))
    #expect(bug.error.contains("left out, lacking what is asked for: b.race"))
    let check = try ToolRun("check", "b.race", "a.race", "--check", "other", in: scratch.folder)
    #expect(check.status == 0)
    #expect(check.output.contains("b \u{B7} other"))
    let none = try ToolRun("check", "b.race", "a.race", "--bug", "X99", in: scratch.folder)
    #expect(none.status == 2)
    #expect(none.error == "pagerace: error: 'b.race' has no bug 'X99'\n")
    let missing = try ToolRun("check", "nowhere.race", "b.race", in: scratch.folder)
    #expect(missing.status == 2)
    #expect(missing.output.contains("b \u{B7} other"))
  }

  @Test("a bug can be given by its name, and several at once")
  func names() throws {
    let golden = ToolRun.golden
    let ids = try ToolRun("check", "counter.race", "--bug", "C01,C02", in: golden)
    let names = try ToolRun(
      "check", "counter.race", "--bug", "load_and_store", "--bug=C02", in: golden)
    #expect(ids.output == names.output)
    #expect(ids.output.contains("with C01, C02"))
    #expect(try ToolRun("check", "counter.race", "--bug", "C01,", in: golden).status == 64)
  }

  @Test("with a bug that has no row, every command looks at the system that is checked")
  func noRow() throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      module a
      bug A01 slip "It slips."
      bug A02 trip "It trips."
      option tasks: 1..8 = 1 "how many tasks there are"
      violation slipped "BUG"
      var done: 0..8
      scenario s {
          task t[tasks] { atomic { done += 1 } }
          task other { ghost require !slip && !trip else slipped }
      }
      check two = s with tasks = 5 {
          expect pass
          A01 with tasks = 3 expect slipped
      }

      """, to: "a.race")
    let expected = [("A01", 3), ("A02", 5)]
    for (bug, count) in expected {
      let words = ["a.race", "--check", "two", "--bug", bug]
      let checked = try ToolRun(["check"] + words, in: scratch.folder)
      #expect(checked.output.contains("with \(bug), tasks = \(count)"), "\(checked.transcript)")
      let exported = try ToolRun(["export", "--promela"] + words, in: scratch.folder)
      let processes = exported.output.matches(of: /(?m)^(active )?proctype/).count
      #expect(processes == count + 1, "\(exported.transcript)")
      let steps = try ToolRun(["steps"] + words, in: scratch.folder)
      #expect(steps.output.contains("t[\(count - 1)]"), "\(steps.transcript)")
      #expect(!steps.output.contains("t[\(count)]"))
      let layout = try ToolRun(["layout"] + words, in: scratch.folder)
      #expect(layout.output.contains("t[\(count - 1)] at"), "\(layout.transcript)")
      #expect(!layout.output.contains("t[\(count)] at"))
    }
  }
}
