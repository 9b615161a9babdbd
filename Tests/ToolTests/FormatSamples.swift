import Foundation
import TestSupport
import Testing

/// A run whose results were written in every format, in a folder of its own.
struct FormatSample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let folder: URL
  let status: Int32

  /// The formats, with the names of the files that they are in.
  static let files = [
    "changelog": "r.txt", "lockdep": "r.lockdep.txt", "steps": "r.steps.txt",
    "text": "r.text.txt", "json": "r.json", "sarif": "r.sarif", "junit": "r.xml",
    "mermaid": "r.mmd", "dot": "r.dot", "itf": "r.itf.json", "trace-events": "r.trace.json",
  ]

  /// A file name that would like to be something else.
  static let hostileName = "we<i>rd & \"q\" ';%%{0}\u{E9}.race"

  /// What is checked, as the words of a command line.
  private static let lines: [[String]] = [
    ["counter.race", "--bug", "C01"],
    ["counter.race", "--bug", "C02"],
    ["counter.race"],
    ["counter.race", "--max-states", "3"],
    ["locks.race"],
    ["vacuous.race", "mistake.race", "missing.race"],
    [hostileName],
  ]

  /// All samples; they are made once.
  static let all: [FormatSample] = lines.compactMap { line in
    do {
      return try FormatSample(line)
    } catch {
      Issue.record(error, "\(line)")
      return nil
    }
  }

  /// The sample of the hostile model.
  static var hostile: FormatSample? { all.first { $0.testDescription.contains("rd & ") } }

  init(_ line: [String], options: [String] = []) throws {
    let scratch = try Scratch()
    for path in ["counter", "locks", "vacuous", "mistake", "hostile"].map({ "\($0).race" }) {
      let name = path == "hostile.race" ? Self.hostileName : path
      try scratch.write(try Data(contentsOf: ToolRun.golden.appending(path: path)), to: name)
    }
    let outputs = Self.files.sorted { $0.key < $1.key }
      .flatMap { ["--format", $0.key, "--output", $0.value] }
    let run = try ToolRun(["check"] + line + options + outputs, in: scratch.folder)
    testDescription = line.joined(separator: " ")
    folder = scratch.folder
    status = run.status
  }

  /// Returns the text of the document in a format.
  func text(_ format: String) throws -> String {
    let name = try #require(Self.files[format])
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Returns a document that is JSON.
  func json(_ format: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text(format).utf8))
    return try #require(value as? [String: Any])
  }

  /// The violations of the documented JSON.
  func violations() throws -> [[String: Any]] {
    let runs = try #require(try json("json")["runs"] as? [[String: Any]])
    return runs.compactMap { $0["violation"] as? [String: Any] }
  }
}
