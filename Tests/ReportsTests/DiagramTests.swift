import Exploration
import Machine
import Reports
import SourceText
import TestSupport
import Testing

/// Returns the text report of a script's search.
private func report(_ script: ScriptedSystem, _ method: SearchMethod = SearchMethod()) throws
  -> String
{
  let system = script.build()
  let run = RunDescription(model: "toy", path: "Models/toy.race", check: system.name)
  let result = try Search(system, method: method).run()
  return TextReport(run, system: system, result: result, catalog: script.catalog).render()
}

@Suite struct DiagramTests {
  @Test("a value that was seen and changed before it was used is a window")
  func window() throws {
    try expectGolden(try report(Scripts.lostUpdate()), "Golden/lost-update.txt")
  }

  @Test("an enum with its fields is one value, and so is a list")
  func aggregates() throws {
    try expectGolden(try report(Scripts.unmapping()), "Golden/unmapping.txt")
  }

  @Test("turns of a loop that look the same are shown once")
  func repetition() throws {
    try expectGolden(try report(Scripts.flipping(times: 14)), "Golden/flipping.txt")
  }

  @Test("who writes nothing that matters has no column")
  func bystander() throws {
    let text = try report(Scripts.lostUpdate(bystander: 26))
    #expect(text.contains("idler takes steps too, but no value above comes from them."))
    #expect(!text.contains("(idler)"))
  }

  @Test("the fewest preemptions are claimed as far as they are proved")
  func fewestSwitches() throws {
    let text = try report(Scripts.lostUpdate(), SearchMethod(order: .fewestSwitches))
    #expect(text.contains("4 steps, 1 preemption: none with fewer preemptions exists"))
  }
}
