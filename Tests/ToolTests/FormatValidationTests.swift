import Foundation
import TestSupport
import Testing

/// Every format, judged by a program that is not ours.
///
/// Each judge is also shown something wrong, which it has to refuse.
@Suite struct FormatValidationTests {
  private func document(_ format: String) -> String { FormatSample.files[format] ?? "" }

  @Test(
    "the JSON formats fit the schemas that are published for them",
    .enabled(if: Outside.python != nil, Outside.noPython))
  func schemas() throws {
    let python = try #require(Outside.python)
    let judge = [python, Outside.file("validate.py"), "--closed"]
    let schemas = [
      ("json", Outside.reportSchema), ("itf", Outside.file("itf.schema.json")),
      ("trace-events", Outside.file("trace-events.schema.json")),
    ]
    let pairs = FormatSample.all.flatMap { sample in
      schemas.flatMap { [$0.1, sample.folder.appending(path: document($0.0)).path()] }
    }
    let scratch = try Scratch()
    let run = try Outside.run(judge + pairs, in: scratch.folder)
    #expect(run.status == 0, "\(run.output)\(run.error)")

    var wrong: [String] = []
    for (format, schema) in schemas {
      let sample = try #require(FormatSample.all.first)
      var broken = try sample.json(format)
      let list = ["json": "runs", "itf": "states", "trace-events": "traceEvents"][format] ?? ""
      var items = try #require(broken[list] as? [[String: Any]])
      items[0]["bugs"] = 1.5
      items[0]["ph"] = "?"
      broken[list] = items
      let path = try scratch.write(try JSONSerialization.data(withJSONObject: broken), to: format)
      wrong += [schema, path.path()]
    }
    let refusal = try Outside.run(judge + wrong, in: scratch.folder)
    #expect(refusal.status == 1)
    for (format, _) in schemas { #expect(refusal.output.contains("/\(format): "), "\(format)") }
  }

  @Test(
    "SARIF fits the schema of OASIS",
    .enabled(if: Outside.python != nil, Outside.noPython),
    .enabled(if: Outside.sarifSchema != nil, Outside.noSchema))
  func sarifSchema() throws {
    let judge = [try #require(Outside.python), Outside.file("validate.py")]
    let schema = try #require(Outside.sarifSchema)
    let pairs = FormatSample.all.flatMap {
      [schema, $0.folder.appending(path: document("sarif")).path()]
    }
    let scratch = try Scratch()
    let run = try Outside.run(judge + pairs, in: scratch.folder)
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = try scratch.write("{\"version\": \"2.1.0\", \"runs\": [{}]}", to: "wrong")
    #expect(try Outside.run(judge + [schema, wrong.path()], in: scratch.folder).status == 1)
  }

  @Test(
    "SARIF has the names that the object model generated from the schema has",
    .enabled(if: Outside.sarifPython != nil, Outside.noSarifPython))
  func sarifNames() throws {
    let judge = [try #require(Outside.sarifPython), Outside.file("sarif_names.py")]
    let scratch = try Scratch()
    let paths = FormatSample.all.map { $0.folder.appending(path: document("sarif")).path() }
    let run = try Outside.run(judge + paths, in: scratch.folder)
    #expect(run.status == 0, "\(run.output)\(run.error)")
    try scratch.write("{\"version\": \"2.1.0\"}", to: "lacking")
    let added = "{\"runs\": [{\"tool\": {\"driver\": {\"name\": \"x\", \"y\": 1}}}]}"
    try scratch.write(added, to: "added")
    let refusal = try Outside.run(judge + ["lacking", "added"], in: scratch.folder)
    #expect(refusal.status == 1)
    #expect(refusal.output.contains("lacking: a SarifLog needs 'runs'"))
    #expect(refusal.output.contains("a ToolComponent has no 'y'"))
  }

  @Test(
    "JUnit XML fits the schema of Jenkins",
    .enabled(if: Outside.hasXMLLint, Outside.noXMLLint))
  func junit() throws {
    let judge = ["xmllint", "--noout", "--schema", Outside.file("junit-10.xsd")]
    let scratch = try Scratch()
    let paths = FormatSample.all.map { $0.folder.appending(path: document("junit")).path() }
    let run = try Outside.run(judge + paths, in: scratch.folder)
    #expect(run.status == 0, "\(run.error)")
    try scratch.write("<testsuites><testsuite/></testsuites>", to: "wrong")
    #expect(try Outside.run(judge + ["wrong"], in: scratch.folder).status != 0)
  }

  @Test("Graphviz draws every graph", .enabled(if: Outside.hasDot, Outside.noDot))
  func dot() throws {
    let scratch = try Scratch()
    let paths = FormatSample.all.map { $0.folder.appending(path: document("dot")).path() }
    let run = try Outside.run(["dot", "-Tdot"] + paths, in: scratch.folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error == "")
    #expect(run.output.components(separatedBy: "digraph pagerace").count == paths.count + 1)
    try scratch.write("digraph pagerace { a [label=\"\"\"] }", to: "wrong")
    #expect(try Outside.run(["dot", "-Tdot", "wrong"], in: scratch.folder).status != 0)
  }

  /// No tool for Mermaid can be had without a browser: this is its grammar as far as we use it.
  @Test("a Mermaid diagram has only lines that the grammar of sequence diagrams knows")
  func mermaid() throws {
    let text = ##"(?:[^#;%<>:{}&"\\`$@^~]|#[0-9]+;|<br/>)*"##
    let line = try Regex(
      "    (?:%% .*|title \(text)|participant p[0-9]* as \(text)"
        + "|Note over p[0-9]*(?:,p[0-9]+)?: \(text))")
    for sample in FormatSample.all {
      let lines = try sample.text("mermaid").split(separator: "\n")
      #expect(lines.first == "sequenceDiagram")
      let declared = Set(
        lines.compactMap { $0.firstMatch(of: #/participant (p[0-9]*) as/#)?.output.1 })
      for own in lines.dropFirst() {
        #expect(own.wholeMatch(of: line) != nil, "\(own)")
        if let used = own.firstMatch(of: #/Note over (p[0-9]*)(?:,(p[0-9]+))?:/#)?.output {
          #expect(declared.contains(used.1) && used.2.map { declared.contains($0) } != false)
        }
      }
    }
    for wrong in ["    Note over p0: a;b", "    title a: b", "    end", "Note over p0: a"] {
      #expect(wrong.wholeMatch(of: line) == nil, "\(wrong)")
    }
  }
}
