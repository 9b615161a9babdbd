import Machine
import Reports
import TestSupport
import Testing

/// Which lines a diagram has, and where its arrow points, on models given as text.
@Suite struct DiagramRowTests {
  @Test("a look at the length of a list is a line if it is what fails")
  func failingQuestion() throws {
    let lines = try ModelReport(
      """
      module m
      violation bad "queue is not empty"
      var q: list of 0..3 up to 2
      scenario s {
          task a {
              let n = q.count()
              require n == 0 else bad
          }
          task b { q.push(2) }
      }
      check c = s { expect bad }
      """
    ).lines()
    #expect(lines.contains { $0.contains("CPU0 (a)") && $0.contains("CPU1 (b)") })
    #expect(lines.contains { $0.hasPrefix("  q.count()") && $0.contains("<- n is 1") })
    #expect(!lines.contains { $0.contains("takes steps too") })
  }

  @Test("a look at the length of a list is a line if a window opens there")
  func racyQuestion() throws {
    let lines = try ModelReport(
      """
      module m
      var q: list of 0..3 up to 4
      var total: 0..7
      fn put() {
          let n = q.count()
          total = n + 1
          q.push(1)
      }
      scenario s {
          task a { put() }
          task b { put() }
          finally good { total == 2 }
      }
      check c = s { expect good }
      """
    ).lines()
    #expect(lines.contains { $0.contains("Window: a saw q as [] in step 1") })
    #expect(lines.contains { $0.hasPrefix("    q.count()") })
  }

  @Test("an arrow points at nobody if there is no step, and the report says what there is")
  func withoutSteps() throws {
    let report = try ModelReport(
      """
      module m
      var n: 0..9
      var m: 0..9
      scenario s {
          task a { n = 1; n = 2 }
          task b { m = 1; m = 2 }
          invariant small { n < 2 }
      }
      check c = s { expect small }
      """)
    let lines = try report.lines()
    #expect(lines.contains("  n = 2"))
    #expect(!lines.contains { $0.contains("<-") })
    #expect(lines.contains { $0.contains("0 steps: it comes about before any other could") })
    #expect(
      lines.contains("       n is 2, since before the first step (a, model0.race:5: n = 2)"))
    let steps = try report.lines("steps")
    #expect(steps.contains("  0  a, before the first step"))
    #expect(steps.contains { $0.hasSuffix("model0.race:5: n = 2") })
  }

  @Test("what a task does without a line is not what another one did before the first step")
  func beginnings() throws {
    let text = try ModelReport(
      """
      module m
      var own: 0..9
      var n: 0..9
      ghost var promised: 0..1
      scenario s {
          task a { own = 1; n = 1 }
          task b { ghost promised = 1; n = 2 }
          finally kept { promised == 0 && own == 0 }
      }
      check c = s { expect kept }
      """
    ).text()
    #expect(text.contains("promised is 1, from the start"))
    #expect(text.contains("own is 1, since before the first step (a, model0.race:6: own = 1)"))
  }

  @Test("who waits at a choice waits for what its condition reads")
  func waitingAtChoice() throws {
    let report = try ModelReport(
      """
      module m
      var n: 0..9
      scenario s {
          task a { n = 1; await n == 2 }
          task d { choose x in 1..3 where n == 5 && x > 1; n = 0 }
      }
      check c = s { expect deadlock }
      """)
    let text = try report.text()
    let own = try #require(text.firstRange(of: "d waits at"))
    #expect(text[own.upperBound...].contains("n is 1, since step"))
    #expect(try report.text("html").contains("\"kind\":\"waits\",\"path\":[],\"process\":1"))
  }

  // MARK: Width

  /// Two tasks with long names that do something with a long name deep inside of calls.
  private func deep(name: String, object: String, depth: Int) -> ScriptedSystem {
    var script = ScriptedSystem("deep")
    let flag = script.variable("\(object).flag", 0...3)
    let calls = (0..<depth).map { "function_\($0)" }
    for index in 0..<2 {
      script.process(
        "\(name)_\(index)",
        lines: [
          .step(
            "set(\(object).flag)", in: calls,
            .assign(Place(flag), .binary(.add, .variable(flag), .constant(1))))
        ])
    }
    script.property(
      "few", .invariant, [("flag < 2", .binary(.less, .variable(flag), .constant(2)))])
    return script
  }

  @Test(
    "no line is wider than 75 columns, however long names are and however deep calls",
    arguments: [1, 12, 30, 60], [0, 3, 9])
  func width(length: Int, depth: Int) throws {
    for object in [6, 30, 44, 90] {
      let script = deep(
        name: String(repeating: "n", count: length), object: String(repeating: "o", count: object),
        depth: depth)
      let lines = try ModelReport(script).lines()
      let start = try #require(lines.firstIndex { $0.contains("----") || $0.contains("set(") })
      let end = try #require(lines.firstIndex { $0.contains("Why:") })
      for line in lines[start..<end] { #expect(line.count <= 75, "\(line)") }
      // Nothing of a text gets lost, even if a word has to be cut.
      let all = lines[start..<end].joined().filter { $0 != " " }
      #expect(all.contains("set(" + String(repeating: "o", count: object) + ".flag)"))
    }
  }

  @Test("only words that are longer than a line are cut, behind a sign if there is one")
  func cutWords() {
    let lines = { (text: String) in
      TextWrapping.lines(of: text, width: 8, indent: 2, isCut: true)
    }
    #expect(lines("take(ab) it") == ["take(ab)", "  it"])
    #expect(lines("ab cdefghijkl m") == ["ab", "  cdefgh", "  ijkl m"])
    #expect(lines("abcd(efghij)") == ["abcd(", "  efghij", "  )"])
    #expect(lines("") == [])
  }

  @Test("tasks whose names are cut differ all the same")
  func longNames() throws {
    let script = deep(name: String(repeating: "n", count: 60), object: "page0", depth: 0)
    let lines = try ModelReport(script).lines().filter { $0.hasPrefix("  n") }
    #expect(lines.count == 2)
    #expect(Set(lines.map { $0.prefix(24) }).count == 2)
  }
}
