import Semantics
import SourceText
import TestSupport
import Testing

/// Checks the text on a thread with a stack of 512 KB, as any thread of the tool may have.
private func rules(_ text: String) -> Set<String> {
  onSmallStack { Set(analyze("module m\n" + text + "\n").diagnostics.map(\.rule)) }
}

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

private func lines(_ count: Int, _ line: (Int) -> String) -> String {
  (0..<count).map(line).joined(separator: "\n")
}

/// Whatever the parser lets through is checked in bounded time and space.
@Suite struct HostileModelTests {
  @Test(
    "the highest expressions that can be parsed can be checked",
    arguments: [(" + 1", "1"), (" && a", "a"), (" == 1", "1"), (" | s", "s")])
  func chains(_ link: String, _ start: String) {
    _ = rules("fn f(a: bool) {\n let x = \(start)\(times(190, link))\n}")
  }

  @Test("the deepest nesting that can be parsed can be checked", arguments: ["(", "!(", "-("])
  func groups(_ opener: String) {
    let count = 60
    _ = rules("fn f() {\n let x = \(times(count, opener))1\(times(count, ")"))\n}")
  }

  @Test(
    "the deepest code that can be parsed can be checked",
    arguments: [
      "if true {", "loop {", "atomic {", "block b {", "either { skip } or {", "while true {",
      "for i in 0..1 {", "ghost {", "unless b {",
    ])
  func bodies(_ opener: String) {
    let text = "bug B1 b \"\"\nfn f() {\n\(times(60, opener)) skip \(times(60, "}"))\n}"
    _ = rules(text)
  }

  @Test("loops inside loops inside atomic are followed in good time")
  func loops() {
    let text =
      "var x: 0..1\nfn f() {\natomic {\n\(times(20, "while x == 0 {\n"))"
      + "await x == 1\n\(times(20, "}\n"))}\n}"
    #expect(rules(text) == ["await-after-write"])
  }

  @Test("an 'else if' ladder has a limit")
  func ladder() {
    let text = "fn f(a: bool) {\n\(times(10_000, "if a { skip } else ")){ skip }\n}"
    #expect(rules(text) == ["limit-exceeded"])
  }

  @Test("calls nest to a limit, in either order of declaration")
  func calls() {
    let up = lines(5000) { $0 == 0 ? "fn f0() { skip }" : "fn f\($0)() { f\($0 - 1)() }" }
    #expect(rules(up) == ["limit-exceeded"])
    let down = lines(5000) { "fn f\($0)() { f\($0 + 1)() }" } + "\nfn f5000() { skip }"
    #expect(rules(down) == ["limit-exceeded"])
  }

  @Test("inlining has a limit")
  func inlining() {
    let text = lines(60) {
      $0 == 0 ? "fn f0() { skip }" : "fn f\($0)() { f\($0 - 1)(); f\($0 - 1)() }"
    }
    #expect(rules(text) == ["limit-exceeded"])
  }

  @Test("consts, structs and scenarios nest to a limit")
  func declarations() {
    let constants = lines(5000) { "const c\($0) = c\($0 + 1)" } + "\nconst c5000 = 1"
    #expect(rules(constants) == ["limit-exceeded"])
    let up = lines(1000) {
      $0 == 0 ? "struct s0 { a: bool }" : "struct s\($0) { a: s\($0 - 1) }"
    }
    #expect(rules(up) == ["limit-exceeded"])
    let down = lines(1000) { "struct s\($0) { a: s\($0 + 1) }" } + "\nstruct s1000 { a: bool }"
    #expect(rules(down) == ["limit-exceeded"])
    let scenarios =
      lines(200) { "scenario s\($0) extends s\($0 + 1) { }" } + "\nscenario s200 { }"
    #expect(rules(scenarios) == ["limit-exceeded"])
  }

  @Test("a value has a limit of size")
  func sizes() {
    let text = lines(10) {
      $0 == 0 ? "struct s0 { a: bool }" : "struct s\($0) { a: s\($0 - 1)[100] }"
    }
    #expect(rules(text) == ["limit-exceeded"])
  }

  @Test("very many errors are reported in good time")
  func errors() {
    let text = lines(5000) { "const c\($0) = unknown_\($0)" }
    let found = onSmallStack { analyze("module m\n" + text).diagnostics.count }
    #expect(found == 1000)
  }

  @Test("very many declarations are checked in good time")
  func declarationsInBulk() {
    _ = rules(lines(5000) { "bug B\($0) b\($0) \"\"" })
    _ = rules(lines(5000) { "violation v\($0) \"\"" })
    _ = rules(lines(5000) { "fn f\($0)(a: 0..3) -> bool { return a == \($0 % 4) }" })
    #expect(rules("enum e { \(lines(5000) { "c\($0)" }) }") == ["limit-exceeded"])
  }
}
