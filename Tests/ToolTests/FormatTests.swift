import Foundation
import TestSupport
import Testing

@Suite struct FormatTests {
  private let untidy = "module   a\nconst N=1\n"
  private let tidy = "module a\nconst N = 1\n"

  @Test("a model is replaced by its tidy form and keeps its permissions")
  func inPlace() throws {
    let scratch = try Scratch()
    let url = try scratch.write(untidy, to: "a.race")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: url.path())
    #expect(
      try ToolRun("format", "--check", "a.race", in: scratch.folder).transcript == """
        a.race
        --- exit status 1

        """)
    #expect(try String(contentsOf: url, encoding: .utf8) == untidy)
    #expect(try ToolRun("format", "a.race", in: scratch.folder).transcript == "--- exit status 0\n")
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(text.filter { $0 != "\n" } == tidy.filter { $0 != "\n" })
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path())
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try ToolRun("format", "--check", "a.race", in: scratch.folder).status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path())
    #expect(left == ["a.race"])
  }

  @Test("a symbolic link stays one")
  func link() throws {
    let scratch = try Scratch()
    try scratch.write(untidy, to: "real/a.race")
    let link = scratch.folder.appending(path: "link.race")
    try FileManager.default.createSymbolicLink(
      atPath: link.path(), withDestinationPath: "real/a.race")
    #expect(try ToolRun("format", "link.race", in: scratch.folder).status == 0)
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: link.path())
    #expect(target == "real/a.race")
    #expect(try String(contentsOf: link, encoding: .utf8).hasPrefix("module a\n"))
  }

  @Test("standard input goes to standard output")
  func pipe() throws {
    let run = try ToolRun("format", "-", input: untidy)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("module a\n"))
    #expect(try ToolRun("format", "-", input: run.output).output == run.output)
    #expect(try ToolRun("format", "-", input: "module {{{").status == 2)
  }

  @Test("a model with errors is left alone, and the others are formatted")
  func errors() throws {
    let scratch = try Scratch()
    let broken = "module a\nfn   f( {\n"
    let url = try scratch.write(broken, to: "broken.race")
    let other = try scratch.write(untidy, to: "other.race")
    let run = try ToolRun("format", ".", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains("broken.race:2:"))
    #expect(try String(contentsOf: url, encoding: .utf8) == broken)
    #expect(try String(contentsOf: other, encoding: .utf8).hasPrefix("module a\n"))
  }
}
