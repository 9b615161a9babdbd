import Foundation
import TestSupport
import Testing

/// What machines get to read of stored counterexamples that fail otherwise, and of what was not run.
@Suite struct ProblemTests {
  private let model = """
    module counter
    bug C01 loads "The number is read and written in two steps."
    var n: 0..3
    fn add() {
        unless loads { atomic n += 1 } else { n += 1 }
    }
    scenario two {
        task left { add() }
        task right { add() }
        finally both { n == 2 }
    }
    check adding = two {
        expect pass
        C01 expect both
    }

    """

  private func object(_ scratch: Scratch, _ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: scratch.folder.appending(path: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("a stored counterexample that fails no more is a result, a failure and a problem")
  func stored() throws {
    let scratch = try Scratch()
    try scratch.write(model, to: "Models/counter.race")
    #expect(try ToolRun("test", "Models", "--record", in: scratch.folder).status == 0)
    try scratch.write(
      model.replacing("else { n += 1 }", with: "else { atomic n += 1 }"),
      to: "Models/counter.race")
    let run = try ToolRun(
      "test", scratch.folder.appending(path: "Models").path, "--sarif", "out.sarif", "--junit",
      "out.xml", "--format", "json", "--output", "out.json", in: scratch.folder)
    #expect(run.status == 1, "\(run.transcript)")

    let sarif = try object(scratch, "out.sarif")
    let runs = try #require(sarif["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    #expect(
      results.map { $0["ruleId"] as? String } == ["unexpected_pass", "stored_counterexample"])
    let lines = results.map { result in
      let place = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"]
      return ((place as? [String: Any])?["region"] as? [String: Any])?["startLine"] as? Int
    }
    #expect(lines == [14, 14])
    // What lies below the current folder is named from there on.
    let artifacts = try #require(runs.first?["artifacts"] as? [[String: Any]])
    let uris = artifacts.compactMap { ($0["location"] as? [String: Any])?["uri"] as? String }
    #expect(uris.contains("Models/counter.race"))
    #expect(!uris.contains { $0.hasPrefix("file:") })

    let junit = try String(contentsOf: scratch.folder.appending(path: "out.xml"), encoding: .utf8)
    #expect(junit.contains("failures=\"2\" errors=\"0\""), "\(junit)")
    #expect(junit.contains("type=\"stored_counterexample\""))

    let report = try object(scratch, "out.json")
    let problems = try #require(report["problems"] as? [[String: Any]])
    #expect(problems.map { $0["kind"] as? String } == ["stored-counterexample"])
    #expect(problems.first?["file"] as? String == "Counterexamples/counter/adding.C01.json")
  }

  @Test("what was not run, or has errors, is a problem in JSON")
  func notRun() throws {
    let scratch = try Scratch()
    try scratch.write(model, to: "Models/counter.race")
    try scratch.write("module broken\nvar x\n", to: "Models/broken.race")
    let run = try ToolRun("test", "Models", "--time-limit", "1ms", "--json", in: scratch.folder)
    let data = Data(run.output.utf8)
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let problems = try #require(report["problems"] as? [[String: Any]])
    #expect(problems.contains { $0["kind"] as? String == "model" })
    let late = problems.filter { $0["kind"] as? String == "not-run" }
    let ended = try #require(report["runs"] as? [[String: Any]])
    #expect(late.count + ended.count == 2)
    #expect(late.allSatisfy { ($0["reason"] as? String)?.hasPrefix("not run: ") == true })
  }
}
