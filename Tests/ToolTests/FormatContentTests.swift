import Foundation
import TestSupport
import Testing

/// What the formats say, compared with the documented JSON of the same run.
@Suite struct FormatContentTests {
  /// The samples with counterexamples.
  private func violated() throws -> [(FormatSample, [String: Any])] {
    let found = try FormatSample.all.flatMap { sample in
      try sample.violations().prefix(1).map { (sample, $0) }
    }
    #expect(found.count == 4)
    return found
  }

  @Test("SARIF has a result a violation, and each step on the thread flow of its CPU")
  func sarif() throws {
    for sample in FormatSample.all {
      let runs = try #require(try sample.json("sarif")["runs"] as? [[String: Any]])
      let results = try #require(runs.first?["results"] as? [[String: Any]])
      let invocations = try #require(runs.first?["invocations"] as? [[String: Any]])
      #expect(invocations.first?["exitCode"] as? Int == Int(sample.status))
      let violations = try sample.violations()
      let failed = results.filter { $0["level"] as? String == "error" }
      #expect(failed.map { $0["ruleId"] as? String } == violations.map { $0["name"] as? String })
      for (result, violation) in zip(failed, violations) {
        try expectFlows(of: result, fit: violation)
      }
    }
  }

  private func expectFlows(of result: [String: Any], fit violation: [String: Any]) throws {
    let steps = try #require(violation["steps"] as? [[String: Any]])
    let flows = try #require((result["codeFlows"] as? [[String: Any]])?.first)
    let threads = try #require(flows["threadFlows"] as? [[String: Any]])
    var cpus: [Int: String] = [:]
    for thread in threads {
      for location in try #require(thread["locations"] as? [[String: Any]]) {
        let order = try #require(location["executionOrder"] as? Int)
        if order > steps.count { continue }
        #expect(cpus[order] == nil)
        cpus[order] = thread["id"] as? String
      }
    }
    #expect(steps.enumerated().allSatisfy { cpus[$0 + 1] == $1["cpu"] as? String })
    #expect(cpus.count == steps.count)
  }

  @Test("an ITF trace has a state before the first step and after each, with every variable")
  func itf() throws {
    for (sample, violation) in try violated() {
      let trace = try sample.json("itf")
      let names = try #require(trace["vars"] as? [String])
      let states = try #require(trace["states"] as? [[String: Any]])
      let steps = try #require(violation["steps"] as? [[String: Any]])
      #expect(states.count == steps.count + 1)
      for state in states { #expect(Set(state.keys) == Set(names + ["#meta"])) }
      let final = try #require(violation["finalState"] as? [String: [String: String]])
      let last = try #require(states.last)
      for (owner, fields) in final where owner.hasPrefix("page") {
        for (name, value) in fields {
          let number = (last["\(owner).\(name)"] as? [String: String])?["#bigint"]
          #expect((number ?? last["\(owner).\(name)"] as? String) == value, "\(owner).\(name)")
        }
      }
    }
  }

  @Test("trace events have a slice for each step, locks that open and close, and counters")
  func traceEvents() throws {
    for (sample, violation) in try violated() {
      let events = try #require(try sample.json("trace-events")["traceEvents"] as? [[String: Any]])
      let slices = events.filter { $0["ph"] as? String == "X" }
      let steps = try #require(violation["steps"] as? [[String: Any]])
      #expect(slices.map { $0["ts"] as? Int } == steps.map { $0["number"] as? Int })
      #expect(slices.map { $0["name"] as? String } == steps.map { $0["text"] as? String })
      var open: [String: Int] = [:]
      for event in events {
        guard let phase = event["ph"] as? String, let id = event["id"] as? String else { continue }
        let time = try #require(event["ts"] as? Int)
        if phase == "b" {
          #expect(open[id] == nil)
          open[id] = time
        }
        if phase == "e" {
          let start = open.removeValue(forKey: id)
          #expect(start.map { $0 < time } == true)
        }
      }
      #expect(open.isEmpty)
    }
    let locks = try #require(FormatSample.all.first { $0.testDescription == "locks.race" })
    let text = try locks.text("trace-events")
    #expect(text.components(separatedBy: "\"ph\" : \"b\"").count == 3)
    #expect(text.components(separatedBy: "\"heldAtEnd\" : true").count == 3)
    #expect(text.contains("\"name\" : \"page0.count\""))
  }

  @Test("JUnit tells violations from limits and from models that cannot be checked")
  func junit() throws {
    var texts: [String: String] = [:]
    for sample in FormatSample.all { texts[sample.testDescription] = try sample.text("junit") }
    let failure = try #require(texts["counter.race --bug C01"])
    #expect(failure.contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""))
    #expect(failure.contains("<failure type=\"out_of_range\" message=\"BUG: "))
    let passed = try #require(texts["counter.race"])
    #expect(passed.contains("tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"0\""))
    let stopped = try #require(texts["counter.race --max-states 3"])
    #expect(stopped.contains("tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"2\""))
    #expect(stopped.contains("<skipped message=\"the limit of 3 states was reached"))
    let mixed = try #require(texts["vacuous.race mistake.race missing.race"])
    #expect(mixed.contains("<failure type=\"vacuous\""))
    #expect(mixed.components(separatedBy: "<error type=\"rejected\"").count == 3)
    #expect(mixed.contains("mistake.race:8: error: "))
  }

  @Test("text of a model stays text in every format")
  func hostile() throws {
    let sample = try #require(FormatSample.hostile)
    #expect(sample.status == 1)
    for format in FormatSample.files.keys {
      let text = try sample.text(format)
      for scalar in text.unicodeScalars where scalar != "\n" {
        #expect(scalar.value >= 0x20 && scalar.value != 0x7f, "\(format): \(scalar.value)")
      }
      #expect(text.contains("\u{E9}\u{65E5}\u{672C}"), "\(format)")
    }
    for format in ["junit", "mermaid"] {
      #expect(!(try sample.text(format).contains("<script>")), "\(format)")
      #expect(!(try sample.text(format).contains("]]>")), "\(format)")
    }
    let violation = try #require(try sample.violations().first)
    let headline = try #require(violation["headline"] as? String)
    #expect(headline.hasPrefix("</script><script>alert(\"1\")</script> ]]> --> & 'q' {0} [a](b)"))
    let uri = "we%3Ci%3Erd%20%26%20%22q%22%20%27%3B%25%25%7B0%7D%C3%A9.race"
    #expect(try sample.text("sarif").contains("\"uri\" : \"\(uri)\""))
  }

  @Test("the same run gives the same bytes, whatever the number of threads")
  func stability() throws {
    let line = ["counter.race", "--bug", "C01"]
    let first = try FormatSample(line, options: ["--workers", "1"])
    let second = try FormatSample(line, options: ["--workers", "3"])
    for format in FormatSample.files.keys {
      #expect(try first.text(format) == second.text(format), "\(format)")
    }
  }

  @Test("what holds one counterexample says which it leaves out")
  func omissions() throws {
    let run = try ToolRun(
      "check", "locks.race", "hostile.race", "--format", "itf", in: ToolRun.golden)
    #expect(
      run.error.contains("note: itf: a file holds one counterexample; that of 'c' is left out"))
    let trace = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect((trace?["#meta"] as? [String: Any])?["violation"] as? String == "deadlock")
  }
}
