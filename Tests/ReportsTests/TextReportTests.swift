import Exploration
import Machine
import Reports
import SourceText
import TestSupport
import Testing

/// Returns the report of a script's search.
private func report(
  _ script: ScriptedSystem, bugs: [String] = [], options: [RunDescription.Setting] = [],
  limits: SearchLimits = SearchLimits(), style: TextReport.Style = .init()
) throws -> String {
  let system = script.build()
  let run = RunDescription(
    model: "toy", path: "Models/toy.race", check: system.name, bugs: bugs, options: options)
  let result = try Search(system, limits: limits).run()
  return TextReport(run, system: system, result: result, catalog: script.catalog, style: style)
    .render()
}

@Suite struct TextReportTests {
  @Test("a failure shows the columns, the locks, the reason and the command that repeats it")
  func failure() throws {
    let text = try report(Scripts.sleepInAtomic(), bugs: ["B16"])
    try expectGolden(text, "Golden/sleep-in-atomic.txt")
  }

  @Test("a lost write shows the false part and who wrote what, and leaves idle steps out")
  func falseProperty() throws {
    try expectGolden(try report(Scripts.lostWrite(idle: 24)), "Golden/lost-write.txt")
  }

  @Test("where nobody has written what is wrong, it shows what sent the task that way")
  func influence() throws {
    try expectGolden(try report(Scripts.lostTag()), "Golden/lost-tag.txt")
  }

  @Test("whole states can be shown after each step")
  func states() throws {
    let style = TextReport.Style(showsStates: true)
    try expectGolden(
      try report(Scripts.lostWrite(idle: 1), style: style), "Golden/lost-write-states.txt")
  }

  @Test("a deadlock shows what each task waits for")
  func deadlock() throws {
    try expectGolden(try report(Scripts.deadlock()), "Golden/deadlock.txt")
  }

  @Test("a leaked reference shows the ledger")
  func leak() throws {
    try expectGolden(try report(Scripts.leak()), "Golden/leak.txt")
  }

  @Test("more tasks than fit beside each other are named in front of their lines")
  func crowd() throws {
    try expectGolden(try report(Scripts.crowd()), "Golden/crowd.txt")
  }

  @Test("a narrow terminal gets no columns")
  func narrow() throws {
    let style = TextReport.Style(width: 50)
    try expectGolden(try report(Scripts.lostWrite(), style: style), "Golden/lost-write-narrow.txt")
  }

  @Test("what holds says what was explored")
  func holds() throws {
    let system = TinySystems.philosophers(3)
    let run = RunDescription(
      model: "philosophers", path: "p.race", check: "three",
      options: [.init(name: "seats", value: "3")])
    let result = try Search(system).run()
    let text = TextReport(run, system: system, result: result, catalog: SourceCatalog()).render()
    try expectGolden(text, "Golden/holds.txt")
  }

  @Test("a limit says that nothing is proved")
  func inconclusive() throws {
    let limits = SearchLimits(maxStates: 5)
    try expectGolden(
      try report(Scripts.lostWrite(), limits: limits), "Golden/inconclusive.txt")
  }

  @Test("a vacuous check says what was never reached")
  func vacuous() throws {
    var script = ScriptedSystem("idle")
    let flag = script.variable("flag", 0...1)
    script.process("only", lines: [.step("flag = 0", .assign(Place(flag), .constant(0)))])
    script.property("flag_is_set", .reachable, [("flag == 1", .variable(flag, is: 1))])
    try expectGolden(try report(script), "Golden/vacuous.txt")
  }

  @Test(
    "no line is wider than asked for",
    arguments: [50, 55, 60, 66, 75], [0, 1, 2, 3, 4])
  func width(width: Int, number: Int) throws {
    let scripts = [
      Scripts.sleepInAtomic(), Scripts.lostWrite(), Scripts.deadlock(), Scripts.leak(),
      Scripts.crowd(),
    ]
    let text = try report(scripts[number], style: TextReport.Style(width: width, showsStates: true))
    for line in text.split(separator: "\n") where !line.contains("replay:") {
      #expect(line.count <= width, "\(line)")
    }
  }
}
