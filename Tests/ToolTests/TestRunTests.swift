import Foundation
import TestSupport
import Testing

/// `pagerace test` as a CI system runs it: several rows at a time, within a time, with reports in files.
@Suite struct TestRunTests {
  /// A folder with models that hold, differ, have errors and never end.
  private func scratch(_ names: String...) throws -> Scratch {
    let scratch = try Scratch()
    for name in names {
      try scratch.write(
        try Data(contentsOf: ToolRun.golden.appending(path: "\(name).race")),
        to: "Models/\(name).race")
    }
    return scratch
  }

  @Test("the number of jobs changes nothing that is printed or written")
  func jobs() throws {
    let scratch = try scratch("counter", "wrong", "mistake", "vacuous", "hostile", "locks")
    let words = ["test", "Models", "--junit", "out.xml", "--sarif", "out.sarif"]
    var results: Set<[String]> = []
    for jobs in ["1", "2", "7"] {
      let run = try ToolRun(words + ["--jobs", jobs], in: scratch.folder)
      results.insert(
        [run.transcript]
          + (try ["out.xml", "out.sarif"].map {
            try String(contentsOf: scratch.folder.appending(path: $0), encoding: .utf8)
          }))
    }
    #expect(results.count == 1)
    let all = try #require(results.first)
    #expect(all[0].hasSuffix("--- exit status 2\n"))
    #expect(!all[0].contains("\u{1B}"))
    #expect(all[1].contains("<testcase name=\"two with C02\""))
    #expect(all[2].contains("\"2.1.0\""))
  }

  @Test("what there was no time for is said, counted, and never holds", arguments: ["1", "3"])
  func timeLimit(jobs: String) throws {
    let scratch = try scratch("counter", "endless", "wrong")
    let run = try ToolRun(
      "test", "Models/endless.race", "Models/wrong.race", "--time-limit", "300ms", "--jobs", jobs,
      "--junit", "out.xml", in: scratch.folder)
    #expect(run.status == 3 || run.status == 1 && jobs == "3", "\(run.transcript)")
    #expect(
      run.output.contains(
        "  stopped  long                                 expected pass, but the time limit of 0.3 s was reached"
      ),
      "\(run.output)")
    #expect(run.output.contains("not proved: "))
    let report = try String(contentsOf: scratch.folder.appending(path: "out.xml"), encoding: .utf8)
    #expect(
      report.contains(
        "<skipped message=\"the time limit of 0.3 s was reached, so nothing is proved\"/>"))
    if jobs == "1" {
      #expect(
        run.output.contains(
          "  not run  two with C01                         the time limit of the whole run was reached"
        ),
        "\(run.output)")
      #expect(
        run.output.contains("5 rows of 3 checks in 2 models: 1 stopped by a limit, 4 not run"))
      #expect(report.contains("<skipped message=\"the time limit of the whole run was reached\"/>"))
    }
  }

  @Test("the summary says what was proved, and what was not")
  func summary() throws {
    let scratch = try scratch("counter")
    let run = try ToolRun("test", "Models", in: scratch.folder)
    #expect(
      run.output.hasSuffix(
        """
        4 rows of 2 checks in 1 model: 4 as expected
        proved: 2 rows pass within the bounds of the scenarios: 18 states, all visited,
          compared whole, no reduction
        found: 2 rows show the violation expected, each in the fewest steps

        """), "\(run.output)")
    let inexact = try ToolRun("test", "Models", "--compact", in: scratch.folder)
    #expect(inexact.status == 3)
    #expect(!inexact.output.contains("\nproved: "))
    #expect(!inexact.output.contains("fewest"))
    #expect(inexact.output.contains("not proved: 2 rows stopped by a limit"))
  }

  @Test("a row that differs ends with the command that shows it again")
  func again() throws {
    let scratch = try scratch("wrong")
    let run = try ToolRun("test", "Models", in: scratch.folder)
    let line = try #require(run.output.firstMatch(of: #/  replay:  pagerace (.*)\n/#)).1
    let again = try ToolRun(script: "\"$PAGERACE\" \(line)", in: scratch.folder)
    #expect(again.status == 1)
    #expect(run.output.contains(again.output))
    // What passes although it should not has no diagram, but a command.
    let text = try String(
      contentsOf: scratch.folder.appending(path: "Models/wrong.race"), encoding: .utf8)
    try scratch.write(
      text.replacing(
        "check limited = counting with limit = 2 { expect pass }",
        with: "check limited = counting with limit = 2 { expect few }"), to: "Models/wrong.race")
    let pass = try ToolRun("test", "Models", in: scratch.folder)
    #expect(
      pass.output.contains(
        "  replay:  pagerace check Models/wrong.race --check limited -D limit=2\n"),
      "\(pass.output)")
  }

  @Test("a report that cannot be written is said to be so")
  func unwritable() throws {
    let scratch = try scratch("counter")
    let nowhere = try ToolRun("test", "Models", "--junit", "no/such/out.xml", in: scratch.folder)
    #expect(nowhere.status == 2)
    #expect(nowhere.output == "")
    let full = try ToolRun("test", "Models", "--sarif", "/dev/full", in: scratch.folder)
    #expect(full.status == 70)
    #expect(full.error.contains("cannot write '/dev/full'"))
    #expect(try ToolRun("test", "Models", "--jobs", "0", in: scratch.folder).status == 64)
    #expect(try ToolRun("test", "Models", "--time-limit", "soon", in: scratch.folder).status == 64)
  }

  @Test("an interruption ends all jobs, and the reports are written")
  func interruption() throws {
    let scratch = try scratch("counter", "endless", "wrong")
    let run = try ToolRun(
      "test", "Models", "--jobs", "2", "--workers", "1", "--junit", "out.xml", in: scratch.folder
    ) { process in
      Thread.sleep(forTimeInterval: 1)
      kill(process, SIGINT)
    }
    #expect([1, 3].contains(run.status), "\(run.transcript)")
    let report = try String(contentsOf: scratch.folder.appending(path: "out.xml"), encoding: .utf8)
    #expect(report.hasSuffix("</testsuites>\n"))
    #expect(
      report.contains("<skipped message=\"the search was interrupted, so nothing is proved\"/>"))
  }
}
