import Foundation
import TestSupport
import Testing

/// `--format` and `--output` of `pagerace check`.
@Suite struct OutputTests {
  /// A folder with the model, so that output files have a place.
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    let model = try Data(contentsOf: ToolRun.golden.appending(path: "counter.race"))
    try scratch.write(model, to: "counter.race")
    return scratch
  }

  private func check(_ line: String, in scratch: Scratch) throws -> ToolRun {
    let words = ["check", "counter.race"] + line.split(separator: " ").map(String.init)
    return try ToolRun(words, in: scratch.folder)
  }

  private func text(_ path: String, in scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appending(path: path), encoding: .utf8)
  }

  @Test("an output belongs to the format before it, and the text stays where it was")
  func pairs() throws {
    let scratch = try scratch()
    let plain = try check("--bug C01", in: scratch)
    let json = try check("--bug C01 --json", in: scratch)
    #expect(try check("--bug C01 --format json", in: scratch).output == json.output)
    #expect(try check("--bug C01 --format json --output -", in: scratch).output == json.output)

    let both = try check(
      "--bug C01 --format json --output a.json --format=text --output=a.txt", in: scratch)
    #expect(both.status == 1)
    #expect(both.output == plain.output)
    #expect(try text("a.json", in: scratch) == json.output)
    #expect(plain.output.hasPrefix(try text("a.txt", in: scratch)))

    let mixed = try check("--bug C01 --json --format text --output b.txt", in: scratch)
    #expect(mixed.output == json.output)
    #expect(try text("b.txt", in: scratch) == text("a.txt", in: scratch))
    _ = try check("--bug C01 --output c.txt", in: scratch)
    #expect(try text("c.txt", in: scratch) == text("a.txt", in: scratch))
  }

  @Test("whole states go where the text goes")
  func states() throws {
    let scratch = try scratch()
    let run = try check("--bug C01 --json --states --format text --output a.txt", in: scratch)
    #expect(run.status == 1)
    #expect(try text("a.txt", in: scratch).contains("After step 1"))
  }

  @Test(
    "what cannot be meant is refused before anything is explored",
    arguments: [
      ("--format xml", "'xml' is no value for '--format'; expected text, changelog"),
      ("--output a --format json", "'--output a' has to follow the '--format' that it belongs to"),
      ("--output a --json", "'--output a' has to follow the '--format' that it belongs to"),
      ("--json --output a --output b", "'--output b' follows a format that has an '--output'"),
      ("--output a --output b", "'--output b' follows a format that has an '--output' already"),
      ("--json --format text", "'json' and 'text' cannot both go to standard output"),
      ("--json --output a --format text --output ./a", "cannot both go to './a'"),
      ("--format json --states", "'--format' and '--states' cannot be used together"),
    ])
  func mistakes(_ line: String, _ message: String) throws {
    let scratch = try scratch()
    let run = try check(line, in: scratch)
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.error.contains(message), "\(run.error)")
    #expect(try contents(of: scratch) == ["counter.race"])
  }

  private func contents(of scratch: Scratch) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path()).sorted()
  }

  @Test(
    "a place that cannot be written is named before anything is explored",
    arguments: [
      ("nowhere/a.json", "there is no such folder"), (".", "it is a folder"),
      ("counter.race/a.json", "there is no such folder"),
    ])
  func unwritable(_ path: String, _ reason: String) throws {
    let scratch = try scratch()
    let run = try check("--format json --output \(path)", in: scratch)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.error == "pagerace: error: cannot write '\(path)': \(reason)\n")
  }

  @Test("a disk that is full is no success, and nothing half-written is left")
  func full() throws {
    let scratch = try scratch()
    try scratch.write("old", to: "a.json")
    // No file may grow beyond this limit, which fails like a full disk, in the middle of the document.
    let run = try ToolRun(
      script: """
        trap '' XFSZ; ulimit -f 1
        exec "$PAGERACE" check counter.race --bug C01 --engine evaluator --json --output a.json \
          2>/dev/null >/dev/null
        """, in: scratch.folder)
    #expect(run.status == 70)
    #expect(try text("a.json", in: scratch) == "old")
    #expect(try contents(of: scratch) == ["a.json", "counter.race"])

    if FileManager.default.fileExists(atPath: "/dev/full") {
      let device = try check("--json --output /dev/full", in: scratch)
      #expect(device.status == 70)
      #expect(device.error.contains("cannot write '/dev/full': No space left on device"))
    }
  }

  @Test("a temporary file that was left behind is in nobody's way")
  func leftovers() throws {
    let scratch = try scratch()
    // The shell becomes the tool and keeps its number.
    let run = try ToolRun(
      script: """
        touch .pagerace-$$-0 .pagerace-$$-1
        exec "$PAGERACE" check counter.race --bug C01 --json --output a.json
        """, in: scratch.folder)
    #expect(run.status == 1)
    #expect(try text("a.json", in: scratch).hasPrefix("{"))
    #expect(try contents(of: scratch).count == 4)
  }

  @Test("models that cannot be checked still give a document")
  func rejected() throws {
    let scratch = try scratch()
    try scratch.write("module broken\nscenario {\n", to: "broken.race")
    let run = try ToolRun(
      "check", "broken.race", "missing.race", "--output", "a.txt", in: scratch.folder)
    #expect(run.status == 2)
    let text = try text("a.txt", in: scratch)
    #expect(text.contains("broken.race\n  the model has errors\n"))
    #expect(text.contains("missing.race\n  there is no file 'missing.race'\n"))
  }
}
