import Foundation
import TestSupport
import Testing

@Suite struct HelpTests {
  static let commands = [
    "check", "test", "replay", "steps", "layout", "crosscheck", "export", "explain", "format",
    "catalogue", "bench",
  ]

  @Test("the help of the tool lists its commands")
  func overview() throws {
    let run = try ToolRun("--help")
    try expectGolden(run.output, "Golden/help.txt")
    #expect(run.status == 0)
    #expect(run.error == "")
    #expect(try ToolRun("help").output == run.output)
    #expect(try ToolRun("-h").output == run.output)
  }

  @Test("every command has its help", arguments: commands)
  func command(_ name: String) throws {
    let run = try ToolRun(name, "--help")
    try expectGolden(run.output, "Golden/help-\(name).txt")
    #expect(run.status == 0)
    #expect(try ToolRun("help", name).output == run.output)
    for line in run.output.split(separator: "\n") { #expect(line.count < 80, "\(line)") }
  }

  @Test("the help wins over whatever else is wrong")
  func helpFirst() throws {
    #expect(try ToolRun("check", "--help", "--json", "--json").status == 0)
    #expect(try ToolRun("steps", "a", "b", "c", "-h").status == 0)
  }

  @Test("the version is one line")
  func version() throws {
    let run = try ToolRun("--version")
    #expect(run.output.wholeMatch(of: /pagerace \d+\.\d+\.\d+\n/) != nil)
    #expect(run.status == 0)
  }

  @Test("nothing at all is a mistake, and shows the help")
  func nothing() throws {
    let run = try ToolRun()
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.error.hasPrefix("OVERVIEW:"))
  }
}
