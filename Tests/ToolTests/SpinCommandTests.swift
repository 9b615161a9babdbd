import Foundation
import TestSupport
import Testing

/// `export` and `crosscheck`, where they need no SPIN.
@Suite struct SpinCommandTests {
  private static let model = """
    module m
    scenario s { task t { skip } }
    check one = s { expect pass }
    check two = s { expect pass }

    """

  @Test("a model goes to standard output, or to a file that it replaces")
  func export() throws {
    let scratch = try Scratch()
    try scratch.write(Self.model, to: "m.race")
    let run = try ToolRun("export", "--promela", "m.race", "--check", "one", in: scratch.folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.hasPrefix("/* m.race: one\n"))
    try scratch.write("old", to: "out.pml")
    let written = try ToolRun(
      "export", "--promela", "m.race", "--check", "one", "--output", "out.pml", in: scratch.folder)
    #expect(written.status == 0 && written.output == "")
    let text = try String(contentsOf: scratch.folder.appending(path: "out.pml"), encoding: .utf8)
    #expect(text == run.output)
  }

  @Test("what cannot be exported is refused with a reason")
  func mistakes() throws {
    let scratch = try Scratch()
    try scratch.write(Self.model, to: "m.race")
    #expect(try ToolRun("export", "m.race", in: scratch.folder).status == 64)
    let several = try ToolRun("export", "--promela", "m.race", in: scratch.folder)
    #expect(several.status == 2)
    #expect(several.error.contains("choose one with --check: one, two"), "\(several.error)")
    let lost = try ToolRun(
      "export", "--promela", "m.race", "--check", "one", "--output", "no/out", in: scratch.folder)
    #expect(lost.status == 2)
    #expect(lost.error.contains("cannot write 'no/out'"), "\(lost.error)")
  }

  @Test("no result takes the place of the model")
  func sameFile() throws {
    let scratch = try Scratch()
    let url = try scratch.write(Self.model, to: "m.race")
    let lines = [
      "export --promela m.race --check one --output ./m.race", "check m.race --output m.race",
      "check m.race --json --output m.race", "test . --junit m.race",
    ]
    for line in lines {
      let run = try ToolRun(line.split(separator: " ").map(String.init), in: scratch.folder)
      #expect(run.status == 2, "\(line): \(run.transcript)")
      #expect(run.error.contains("it is the model '"), "\(line): \(run.error)")
      #expect(try String(contentsOf: url, encoding: .utf8) == Self.model)
    }
  }

  @Test("a result that gets lost is no success")
  func lost() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let scratch = try Scratch()
    try scratch.write(Self.model, to: "m.race")
    let run = try ToolRun(
      "export", "--promela", "m.race", "--check", "one", "--output", "/dev/full",
      in: scratch.folder)
    #expect(run.status == 70, "\(run.transcript)")
  }

  @Test("without SPIN the comparison says how to get it, and proves nothing")
  func missing() throws {
    let scratch = try Scratch()
    try scratch.write(Self.model, to: "m.race")
    let run = try ToolRun(
      "crosscheck", "m.race", in: scratch.folder, environment: ["PATH": "/nowhere"])
    #expect(run.status == 3)
    #expect(run.output == "")
    #expect(run.error.contains("apt-get install spin"), "\(run.error)")
  }
}
