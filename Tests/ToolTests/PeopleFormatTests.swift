import TestSupport
import Testing

/// The formats that people read: `changelog`, `lockdep` and `steps`.
@Suite struct PeopleFormatTests {
  private static let runs = [
    ("changelog", "counter.race --bug C01", "format-changelog.txt"),
    ("lockdep", "counter.race --bug C01", "format-lockdep.txt"),
    ("lockdep", "locks.race", "format-lockdep-deadlock.txt"),
    ("steps", "counter.race --bug C01", "format-steps.txt"),
  ]

  @Test("a violation in each of them is as expected", arguments: runs)
  func violation(_ format: String, _ line: String, _ golden: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let run = try ToolRun(["check"] + words + ["--format", format], in: ToolRun.golden)
    #expect(run.status == 1)
    try expectGolden(run.output, "Golden/\(golden)")
  }

  @Test("lines fit, and a splat says what it is and invents nothing", arguments: runs)
  func shape(_ format: String, _ line: String, _ golden: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let text = try ToolRun(["check"] + words + ["--format", format], in: ToolRun.golden).output
    for line in text.split(separator: "\n") where !line.contains("replay:") {
      #expect(line.count <= 75, "\(line)")
    }
    if format == "lockdep" {
      #expect(text.hasPrefix("[model trace, not a kernel log]\n"))
      for invented in ["0x", "ffff", "pid", "PID", "Comm:", "[ "] {
        #expect(!text.contains(invented), "\(invented)")
      }
    }
  }

  @Test("what holds is one sentence", arguments: ["changelog", "lockdep", "steps"])
  func holds(_ format: String) throws {
    let run = try ToolRun(["check", "counter.race", "--format", format], in: ToolRun.golden)
    #expect(run.status == 0)
    #expect(run.output.contains("it holds:"))
  }

  @Test("the fewest preemptions need whole states", arguments: ["--compact", "--bitstate=1M"])
  func conflicts(_ option: String) throws {
    let run = try ToolRun(
      ["check", "counter.race", "--fewest-switches", option], in: ToolRun.golden)
    #expect(run.status == 64)
    #expect(run.error.contains("'--fewest-switches' and '\(option.prefix { $0 != "=" })'"))
  }

  @Test("the fewest preemptions are found again by the command that the report gives")
  func fewestSwitches() throws {
    let run = try ToolRun(
      ["check", "counter.race", "--bug", "C01", "--fewest-switches"], in: ToolRun.golden)
    #expect(run.status == 1)
    #expect(run.output.contains("none with fewer preemptions exists"))
    #expect(run.output.contains("--bug C01 --fewest-switches\n"))
  }
}
