import Foundation
import Machine
import TestSupport
import Testing

/// What values are called, and how texts of models come out.
@Suite struct NameTests {
  /// A system in which the bit that is a lock and its holder have one name, as in models.
  private func twins() -> ScriptedSystem {
    var script = ScriptedSystem("twins")
    let bit = script.variable("page0.flags.locked", 0...1, format: .boolean)
    let holder = script.variable("page0.flags.locked", 0...2, format: .process, role: .bookkeeping)
    script.process(
      "locker",
      lines: [
        .step(
          "lock_page(page0)", .assign(Place(bit), .constant(1)),
          .assign(Place(holder), .constant(1)))
      ])
    script.property("free", .finally, [("!page0.flags.locked", .variable(bit, is: 0))])
    return script
  }

  @Test("a locked bit and its holder have names of their own in every format")
  func holder() throws {
    let report = try ModelReport(twins())
    let object = try JSONSerialization.jsonObject(with: Data(report.text("json").utf8))
    let runs = try #require((object as? [String: Any])?["runs"] as? [[String: Any]])
    let violation = try #require(runs.first?["violation"] as? [String: Any])
    let state = try #require(violation["finalState"] as? [String: [String: String]])
    #expect(
      state["page0"] == ["flags.locked": "true", "flags.locked.holder": "locker"])
    #expect(
      try report.text("html").contains("{\"name\":\"flags.locked.holder\",\"owner\":\"page0\"}"))
    #expect(try report.text("itf").contains("\"page0.flags.locked.holder\" : \"locker\""))
    #expect(try report.text("steps").contains("page0.flags.locked.holder nil -> locker"))
  }

  @Test("locals of one name say whose they are where there are several")
  func locals() throws {
    let report = try ModelReport(
      """
      module m
      var n: 0..7 = 1
      var total: 0..7 = 2
      fn inner(value: 0..7) {
          n = value
          total = value
      }
      scenario s {
          task a {
              let value = n
              let own = total
              inner(own)
              n = value + own
          }
          task b { n = 1; total = 1 }
          finally zero { n == 0 }
      }
      check c = s { expect zero }
      """)
    let steps = try report.text("steps")
    // The task's own ones need no word.
    #expect(steps.contains("a.value = ") && steps.contains("a.own = "))
    #expect(!steps.contains("a.n = "))
  }

  @Test("locals of functions that call each other say whose they are if they have one name")
  func nestedLocals() throws {
    let report = try ModelReport(
      """
      module m
      violation bad "bad"
      var n: 0..3
      var total: 0..7
      fn inner(value: 0..3) {
          choose more in 1..2
          total = value
          require total == n || more == 2 else bad
      }
      fn outer(value: 0..3) {
          var mine: 0..3 = 0
          mine = 3 - value
          inner(mine)
          total = value + mine
      }
      scenario s {
          task a {
              var given: 0..3 = 0
              choose chosen in 2..3
              given = chosen
              outer(given)
          }
          task b { n = 1; total = 1 }
      }
      check c = s { expect bad }
      """)
    let states = try report.text("html")
    #expect(states.contains("{\"name\":\"outer.value\",\"owner\":\"a\"}"))
    #expect(states.contains("{\"name\":\"more\",\"owner\":\"a\"}"))
  }

  @Test("a command with spaces in a path comes out as words that are whole")
  func command() throws {
    let path = "Models with a rather long name of  folder and another quite long one/lp 3.race"
    let lines = try ModelReport(twins(), path: path).lines("changelog")
    let start = try #require(lines.firstIndex { $0.contains("pagerace check") })
    let command = lines[start...].map { $0.hasSuffix(" \\") ? String($0.dropLast(2)) : $0 }
    #expect(command.contains { $0.hasSuffix("'\(path)'") })
    #expect(lines[start...].dropLast().allSatisfy { $0.hasSuffix(" \\") })
  }

  @Test(
    "no text of a model or path gives a command to a terminal",
    arguments: ["text", "steps", "lockdep", "changelog", "mermaid"])
  func commands(_ format: String) throws {
    let evil = "a\u{1b}[31m\u{9b}b\u{200b}c\u{202e}d\u{ad}e\u{61c}f\u{e0041}"
    let text = try ModelReport(twins(), path: "\(evil).race", title: evil).text(format)
    let hidden = text.unicodeScalars.filter { scalar in
      scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
    }
    #expect(hidden.isEmpty)
    #expect(text.contains("a\\u{1b}[31m") || format == "mermaid")
  }

  @Test("a splat and a text report name the same step as the origin of a value")
  func origin() throws {
    var script = ScriptedSystem("again")
    let flag = script.variable("page0.locked", 0...1, initially: 1)
    let bad = script.failure("bad_unlock", "BUG: not locked", DisplayText("was not locked"))
    script.process("first", lines: [.step("unlock(page0)", .assign(Place(flag), .constant(0)))])
    script.process(
      "second",
      lines: [
        .step(
          "unlock(page0)", .assign(Place(flag), .constant(0)),
          .require(.variable(flag, is: 1), bad, value: nil))
      ])
    let report = try ModelReport(script)
    let text = try report.text()
    let origin = try #require(text.firstMatch(of: /page0\.locked is 0, since step (\d)/)).1
    #expect(try report.text("lockdep").contains("page0.locked made 0 by"))
    #expect(try report.text("lockdep").contains("in step \(origin):"))
  }
}
