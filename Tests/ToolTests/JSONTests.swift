import Foundation
import TestSupport
import Testing

@Suite struct JSONTests {
  /// Returns the keys of all objects in a JSON value; those of states are names of the model.
  private func keys(of value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: []) { found, entry in
      found.insert(entry.key)
      if !["initialState", "finalState"].contains(entry.key) {
        found.formUnion(keys(of: entry.value))
      }
    }
  }

  @Test(
    "the page on formats names every key",
    arguments: [
      "check counter.race --bug C01 --json --stats",
      "check counter.race --json --max-states 3",
      "check vacuous.race --json",
      "test counter.race wrong.race --json",
    ])
  func documented(_ line: String) throws {
    let page = try String(
      contentsOf: ToolRun.golden.appending(path: "../../../docs/formats.md"), encoding: .utf8)
    let words = line.split(separator: " ").map(String.init)
    let run = try ToolRun(words, in: ToolRun.golden)
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    for key in keys(of: document) { #expect(page.contains("`\(key)`"), "\(key)") }
    let status = (document as? [String: Any])?["exitStatus"] as? Int
    #expect(status == Int(run.status))
  }

  @Test("a model with errors gives a document without runs")
  func rejected() throws {
    let run = try ToolRun("check", "mistake.race", "--json", in: ToolRun.golden)
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect((document?["runs"] as? [Any])?.isEmpty == true)
    #expect(document?["exitStatus"] as? Int == 2)
  }

  @Test("diagnostics are one object a line")
  func diagnostics() throws {
    let run = try ToolRun(
      "check", "mistake.race", "--diagnostics", "json", in: ToolRun.golden)
    let lines = run.error.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["rule"] is String)
      #expect(object?["place"] is [String: Any])
    }
  }
}
