import Exploration
import Foundation
import Machine
import Reports
import SourceText
import TestSupport
import Testing

/// What single formats promise, on systems made by hand.
@Suite struct FormatTests {
  private let context = ReportContext(
    command: "test", toolVersion: "1.2.3",
    pages: [ViolationPage(name: "deadlock", summary: "Nothing happens.", text: "Nothing at all.")])

  private func renderer(_ format: String) throws -> any ReportRenderer {
    try #require(ReportFormat.named(format)).renderer(context)
  }

  private func render(
    _ format: String, _ runs: [ReportedRun], models: [RejectedModel] = [], status: Int32 = 1
  ) throws -> String {
    var renderer = try renderer(format)
    for run in runs { renderer.add(run) }
    for model in models { renderer.add(model) }
    return renderer.render(exitStatus: status)
  }

  private func run(
    _ script: ScriptedSystem, expecting name: String? = nil, limits: SearchLimits = SearchLimits()
  ) throws -> ReportedRun {
    let system = script.build()
    let result = try Search(system, limits: limits).run()
    return ReportedRun(
      RunDescription(model: "toy", path: "Models/toy.race", check: system.name),
      ending: .finished(system, result), catalog: script.catalog,
      expectation: name.map { name in
        var isMet = false
        switch result.verdict {
        case .holds: isMet = name == "pass"
        case .violated(let finding): isMet = finding.violation == name
        case .inconclusive, .vacuous: break
        }
        return .init(name: name, isMet: isMet)
      })
  }

  private func ended(_ ending: ReportedRun.Ending) -> ReportedRun {
    ReportedRun(
      RunDescription(model: "toy", path: "Models/toy.race", check: "c"), ending: ending,
      catalog: Scripts.deadlock().catalog)
  }

  @Test("a format is found by its name, and each has a name of its own")
  func names() {
    let names = ReportFormat.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(ReportFormat.named(name)?.name == name) }
    #expect(ReportFormat.named("xml") == nil)
  }

  @Test("what was expected is no result, and everything else is")
  func expectations() throws {
    let met = try render("sarif", [try run(Scripts.deadlock(), expecting: "deadlock")])
    #expect(met.contains("\"results\" : []"))
    let other = try render("sarif", [try run(Scripts.deadlock(), expecting: "reference_leaked")])
    #expect(other.contains("\"ruleId\" : \"deadlock\""))
    #expect(other.contains("expected reference_leaked, but deadlock: nothing can happen"))
    #expect(other.contains("Nothing happens.\\n\\nNothing at all."))
    let holds = try run(Scripts.lostWrite(), expecting: "pass", limits: SearchLimits(maxStates: 3))
    let stopped = try render("sarif", [holds])
    #expect(stopped.contains("\"results\" : []"))
    #expect(stopped.contains("the limit of 3 states was reached, so nothing is proved"))

    let junit = try render(
      "junit",
      [
        try run(Scripts.deadlock(), expecting: "deadlock"),
        try run(Scripts.deadlock(), expecting: "pass"), holds,
      ])
    #expect(junit.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""))
    #expect(junit.contains("message=\"expected pass, but deadlock: nothing can happen"))
  }

  @Test("an expected violation that is not found is a result and a failure")
  func unexpectedPass() throws {
    var script = ScriptedSystem("fine")
    let flag = script.variable("flag", 0...1)
    script.process("only", lines: [.step("flag = 1", .assign(Place(flag), .constant(1)))])
    let run = try run(script, expecting: "deadlock")
    #expect(try render("sarif", [run]).contains("\"ruleId\" : \"unexpected_pass\""))
    let junit = try render("junit", [run])
    #expect(junit.contains("message=\"expected deadlock, but nothing is violated\""))
  }

  @Test("what could not be run is an error or skipped, and a notification")
  func otherEndings() throws {
    let span = SourceSpan(file: FileID(0), 0, 6)
    let diagnostic = Diagnostic(rule: "some-rule", message: "it is '{wrong}'", span: span)
    let runs = [
      ended(.rejected([diagnostic])), ended(.contradiction("the trace does not replay")),
      ended(.notRun("interrupted")),
    ]
    let model = RejectedModel(
      path: "none.race", reason: "there is no file", diagnostics: [], catalog: SourceCatalog())
    let junit = try render("junit", runs, models: [model], status: 70)
    #expect(junit.contains("tests=\"3\" failures=\"0\" errors=\"2\" skipped=\"1\""))
    #expect(junit.contains("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""))
    #expect(junit.contains("Models/toy.race:1: it is &#39;{wrong}&#39; [some-rule]"))
    let sarif = try render("sarif", runs, models: [model], status: 70)
    #expect(sarif.contains("\"executionSuccessful\" : false"))
    #expect(sarif.contains("it is '{{wrong}}' [some-rule]"))
    #expect(sarif.contains("internal error: the trace does not replay"))
    #expect(sarif.contains("not run: interrupted"))
    #expect(sarif.contains("none.race: there is no file"))
    for format in ReportFormat.all {
      #expect(try render(format.name, runs, models: [model]).hasSuffix("\n"))
      #expect(try render(format.name, []).hasSuffix("\n"))
    }
  }

  @Test("columns of SARIF count UTF-16 units, where ours count bytes")
  func columns() throws {
    var catalog = SourceCatalog()
    // Before the word stand 7 characters: 12 bytes, 8 UTF-16 units.
    let file = catalog.add(SourceFile(path: "a.race", text: "line\n\u{E9}\u{1F512} abc word\n"))
    let span = SourceSpan(file: file, 5 + 11, 5 + 15)
    #expect(catalog.text(of: span) == "word")
    let run = ReportedRun(
      RunDescription(model: "a", path: "a.race", check: "c"),
      ending: .rejected([Diagnostic(rule: "r", message: "m", span: span)]), catalog: catalog)
    let text = try render("sarif", [run])
    #expect(text.contains("\"startColumn\" : 9,\n"))
    #expect(text.contains("\"endColumn\" : 13,\n"))
  }

  @Test("long traces are cut at the stated size, and the document says so")
  func cuts() throws {
    let dot = try render("dot", [try run(Scripts.straight(140))])
    #expect(dot.matches(of: #/\n    s1_\d+ \[label="\d+"/#).count == 100)
    #expect(dot.contains("the first 41 states left out"))
    let mermaid = try render("mermaid", [try run(Scripts.straight(70))])
    #expect(mermaid.matches(of: #/Note over p0: page0\.index = /#).count == 60)
    #expect(mermaid.contains("the first 10 lines left out"))
    // What stands beside the states that are drawn is not cut for the sake of those that are not.
    let beside = try render("dot", [try run(Scripts.straight(240, isAlone: false))])
    #expect(beside.ranges(of: "[style=dashed").count == 99)
    #expect(!beside.contains("of the steps beside it only"))
    let short = try render("dot", [try run(Scripts.deadlock())])
    #expect(!short.contains("left out"))
  }

  @Test("a graph has all steps of each state of the trace, as the naive checker counts them")
  func neighbourhood() throws {
    var compared = 0
    for seed in 0..<80 as Range<UInt64> {
      let system = RandomSystem.make(seed: seed)
      let result = try Search(system).run()
      guard case .violated(let finding) = result.verdict else { continue }
      var catalog = SourceCatalog()
      _ = catalog.add(SourceFile(path: "test.race", text: ""))
      let run = ReportedRun(
        RunDescription(model: "random", path: "test.race", check: system.name),
        ending: .finished(system, result), catalog: catalog)
      let text = try render("dot", [run])
      if text.contains("of the steps beside it only") { continue }
      let checker = NaiveChecker(system)
      let states = [finding.trace.initialValues] + finding.trace.entries.dropLast().map(\.values)
      for (number, state) in states.enumerated() where !finding.trace.entries.isEmpty {
        let edges = text.components(separatedBy: "    s1_\(number) -> ").count - 1
        #expect(edges == checker.moveCount(in: state), "seed \(seed), state \(number)")
        compared += 1
      }
    }
    #expect(compared > 50)
  }
}
