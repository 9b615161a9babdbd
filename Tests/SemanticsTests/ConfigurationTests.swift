import Semantics
import SourceText
import TestSupport
import Testing

/// Bugs and options are constants of the program.
@Suite struct ConfigurationTests {
  private let model = """
    module m
    enum mode { fast, slow }
    bug B01 no_check "the check is left out"
    option passes: 1..10 = 3
    option how: mode = fast
    option quick: bool = true
    var x: 0..3
    fn f() {
      if x == 1 unless no_check { x = 2 }
      unless no_check { x = 3 }
    }
    scenario s { task t { f() } }
    check c = s with passes = 4 {
      expect pass
      B01 with how = slow, quick = false expect deadlock
    }
    """

  @Test("options have their defaults, or what the configuration says")
  func options() {
    let plain = analyze(model).program?.options.map(\.value)
    #expect(plain == [3, 0, 1])
    let configuration = Configuration(options: ["passes": "7", "how": "slow", "quick": "false"])
    let set = analyze(model, configuration: configuration).program?.options.map(\.value)
    #expect(set == [7, 1, 0])
  }

  @Test("a bug drops its condition and its statement, and nothing else")
  func bugs() throws {
    for (bugs, isOn) in [(Set<String>(), false), (["B01"], true)] {
      let found = analyze(model, configuration: Configuration(bugs: bugs))
      let body = try #require(found.program?.functions.first?.body.statements)
      #expect(body.count == 2)
      guard case .conditional(let first, _, _) = body[0].kind,
        case .conditional(let second, _, _) = body[1].kind
      else {
        Issue.record("two conditionals were expected")
        continue
      }
      if case .constant(0) = first.kind { #expect(isOn) } else { #expect(!isOn) }
      if case .constant(isOn ? 0 : 1) = second.kind {} else { Issue.record("\(second.kind)") }
    }
  }

  @Test("a row has the options of its check and its own, as text")
  func rows() throws {
    let check = try #require(analyze(model).program?.checks.first)
    #expect(
      check.rows.map { $0.settings.map { "\($0.option)=\($0.value)" } } == [
        ["passes=4"], ["passes=4", "how=slow", "quick=false"],
      ])
    #expect(check.rows.map(\.bugs) == [[], ["B01"]])
    #expect(check.rows.map(\.expectation) == ["pass", "deadlock"])
  }

  @Test("what a configuration names has to be there")
  func unknown() {
    let configuration = Configuration(
      bugs: ["B1"], options: ["pases": "3", "passes": "11", "how": "slwo"])
    let found = analyze(model, configuration: configuration)
    #expect(found.program == nil)
    #expect(
      found.diagnostics.map { "\($0.rule): \($0.help ?? "")" } == [
        "unknown-bug: did you mean 'B01'?", "unknown-option: did you mean 'passes'?",
        "option-value: ", "option-value: did you mean 'slow'?",
      ])
  }
}
