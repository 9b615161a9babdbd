import Exploration
import Foundation
import Machine
import Reports
import SourceText
import TestSupport
import Testing

/// The page, read as a text; `BrowserTests` of the tool look at it in a browser.
@Suite struct HTMLReportTests {
  private static let context = ReportContext(command: "check", toolVersion: "0.0.0")

  private func description(_ check: String, model: String = "toy") -> RunDescription {
    RunDescription(model: model, path: "Models/toy.race", check: check)
  }

  private func run(
    _ script: ScriptedSystem, limits: SearchLimits = SearchLimits(),
    expectation: ReportedRun.Expectation? = nil
  ) throws -> ReportedRun {
    let system = script.build()
    let result = try Search(system, limits: limits).run()
    return ReportedRun(
      description(system.name), ending: .finished(system, result), catalog: script.catalog,
      expectation: expectation)
  }

  private func page(_ runs: ReportedRun..., models: [RejectedModel] = []) throws -> String {
    var renderer = try #require(ReportFormat.named("html")).renderer(Self.context)
    for run in runs { renderer.add(run) }
    for model in models { renderer.add(model) }
    return renderer.render(exitStatus: 1)
  }

  /// What the script of a page gets to read of the first trace.
  private func data(in page: String) throws -> [String: Any] {
    let start = try #require(page.firstRange(of: "class=\"trace-data\">")).upperBound
    let end = try #require(page[start...].firstRange(of: "</script>")).lowerBound
    let object = try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8))
    return try #require(object as? [String: Any])
  }

  @Test("no text of a model becomes a tag, wherever it stands")
  func hostile() throws {
    let evil =
      "</script><script>alert(1)</script><!-- \u{2028}\u{2029} ' \" onload=x & <img src=x> ]]>"
    var script = ScriptedSystem("check " + evil)
    let count = script.variable("page0." + evil, 0...3)
    let lock = script.lock("lock0." + evil)
    let owned = script.variable("first owns " + evil, -1...3, role: .ledger(ProcessID(0)))
    let failure = script.failure("violation " + evil, "BUG: " + evil, DisplayText("text " + evil))
    script.process(
      "task " + evil,
      lines: [
        .take(lock, "take " + evil, in: ["function " + evil], by: 0),
        .step(
          "step " + evil, in: ["function " + evil], .assign(Place(count), .constant(2)),
          .assign(Place(owned), .constant(1))),
      ])
    script.process(
      "other " + evil,
      lines: [
        .step("look " + evil, .require(.variable(count, is: 0), failure, value: nil))
      ])
    let page = try page(
      run(script),
      ReportedRun(
        description("bad " + evil, model: evil), ending: .contradiction(evil),
        catalog: SourceCatalog()),
      models: [
        RejectedModel(path: evil, reason: evil, diagnostics: [], catalog: SourceCatalog())
      ])
    #expect(page.ranges(of: "<script").count == 2)
    #expect(page.ranges(of: "</script").count == 2)
    #expect(!page.contains("<!--") && !page.contains("<img") && !page.contains(" onload=x &amp; <"))
    #expect(page.contains("&lt;img src=x&gt;"))
    #expect(page.replacing("<wbr>", with: "").ranges(of: "alert(1)").count > 20)

    // What cannot be seen is written out.
    let shown = evil.replacing("\u{2028}", with: "\\u{2028}")
      .replacing("\u{2029}", with: "\\u{2029}")
    let data = try data(in: page)
    let steps = try #require(data["steps"] as? [[String: Any]])
    #expect(
      steps.map { $0["text"] as? String } == ["take " + shown, "step " + shown, "look " + shown])
    #expect(data["violation"] as? String == "violation " + shown)
    let start = try #require(page.firstRange(of: "class=\"trace-data\">")).upperBound
    let end = try #require(page[start...].firstRange(of: "</script>")).lowerBound
    #expect(!page[start..<end].contains { "<>&\u{2028}\u{2029}".contains($0) })
  }

  @Test("a page names no place outside")
  func selfContained() throws {
    let first = try page(run(Scripts.lostWrite()), run(Scripts.deadlock()))
    for word in ["http:", "https:", "//cdn", "url(", "@import", " src=", "srcset"] {
      #expect(!first.contains(word), "\(word)")
    }
    #expect(first.hasSuffix("</html>\n"))
  }

  @Test("a step knows where it stands in the diagrams, what it changes and what else there was")
  func steps() throws {
    // Longer than what is shown whole.
    let page = try page(run(Scripts.lostWrite(idle: 25)))
    let data = try data(in: page)
    let steps = try #require(data["steps"] as? [[String: Any]])
    let rows = try #require(data["rows"] as? [[[Int]]])
    #expect(rows.count == 2 && rows.allSatisfy { $0.count == steps.count + 1 })
    // Steps come one after the other, so their rows do; each step has its own where none is left out.
    for list in rows {
      #expect(list.map { $0[0] } == list.map { $0[0] }.sorted())
      #expect(list.allSatisfy { $0[0] <= $0[1] })
    }
    #expect(Set(rows[1]).count >= steps.count)
    #expect(page.contains(/\u{22EF} \d+ steps/))

    let states = try #require(data["initial"] as? [Any])
    let keys = try #require(data["keys"] as? [[String: String]])
    #expect(states.count == keys.count)
    let ways = try #require(data["ways"] as? [[[String: Any]]])
    #expect(ways.count == steps.count + 1)
    #expect(
      ways.joined().contains { ($0["sentence"] as? String)?.contains("same violation") == true })
    #expect(
      ways.joined().contains { ($0["sentence"] as? String)?.contains("nothing goes wrong") == true }
    )
  }

  @Test("a verdict without a trace says what was explored, and has no player")
  func withoutTrace() throws {
    let limited = try page(run(Scripts.lostWrite(), limits: SearchLimits(maxStates: 5)))
    #expect(limited.contains("? inconclusive") && limited.contains("nothing is proved"))
    #expect(!limited.contains("class=\"player\""))

    let system = TinySystems.philosophers(3)
    let result = try Search(system).run()
    let holds = try page(
      ReportedRun(
        description("three"), ending: .finished(system, result), catalog: SourceCatalog()))
    #expect(holds.contains("\u{2713} holds") && holds.contains("every state visited"))
    #expect(holds.contains("<dt>States</dt><dd>27</dd>"))
  }

  @Test("what comes out as expected takes a row, and what could not be run says why")
  func several() throws {
    let met = try run(
      Scripts.deadlock(), expectation: ReportedRun.Expectation(name: "deadlock", isMet: true))
    let failed = try run(
      Scripts.leak(), expectation: ReportedRun.Expectation(name: "pass", isMet: false))
    let skipped = ReportedRun(
      description("late"), ending: .notRun("interrupted"), catalog: SourceCatalog())
    let page = try page(met, failed, skipped)
    #expect(page.contains("3 runs"))
    #expect(page.ranges(of: "class=\"player\"").count == 1)
    #expect(page.contains("as expected") && page.contains("expected pass"))
    #expect(page.contains("not run: interrupted"))
    #expect(try self.page(skipped).contains("not run: interrupted"))
    #expect(try self.page().contains("Nothing was run"))
  }

  // MARK: Colours

  /// The colours that a scheme gives to names, as red, green and blue.
  private func colors(_ css: Substring) -> [String: [Double]] {
    var colors: [String: [Double]] = [:]
    for match in css.matches(of: /--([a-z0-9-]+): #([0-9a-f]{6});/) {
      guard let number = Int(match.2, radix: 16) else { continue }
      colors[String(match.1)] = [16, 8, 0].map { Double(number >> $0 & 255) / 255 }
    }
    return colors
  }

  /// The contrast of two colours, as WCAG 2 defines it.
  private func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let luminance = { (color: [Double]) in
      zip(color, [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
        let value = part.0 <= 0.04045 ? part.0 / 12.92 : pow((part.0 + 0.055) / 1.055, 2.4)
        return sum + value * part.1
      }
    }
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test("every text can be read on every ground, in the light and in the dark")
  func contrasts() throws {
    let page = try page(run(Scripts.deadlock()))
    let dark = try #require(page.firstRange(of: "prefers-color-scheme: dark"))
    let end = try #require(page[dark.upperBound...].firstRange(of: ".c0 {"))
    let schemes = [
      colors(page[..<dark.lowerBound]), colors(page[dark.upperBound..<end.lowerBound]),
    ]
    let texts = ["ink", "soft", "good", "bad", "doubtful", "link"] + (0...5).map { "c\($0)" }
    for (index, scheme) in schemes.enumerated() {
      for ground in ["ground", "card", "tint", "now", "changed"] {
        for text in texts {
          let value = contrast(try #require(scheme[text]), try #require(scheme[ground]))
          #expect(value >= 4.5, "\(text) on \(ground) in scheme \(index): \(value)")
        }
      }
    }
  }
}
