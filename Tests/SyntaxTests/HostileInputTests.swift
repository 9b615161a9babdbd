import Foundation
import SourceText
import Syntax
import TestSupport
import Testing

/// Parses `bytes` on a thread with a stack of 512 KB, as any thread of the tool may have.
private func rules(_ bytes: [UInt8]) -> [String] {
  let file = SourceFile(path: "hostile.race", bytes: bytes)
  return onSmallStack { parse(file, as: FileID(0)).diagnostics.map(\.rule) }
}

private func rules(_ text: String) -> [String] { rules(Array(text.utf8)) }

/// How deep the tests nest: far beyond any limit, and beyond what any stack could hold.
private let count = 20_000

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

@Suite struct HostileInputTests {
  @Test("bytes that are no text give one error")
  func binary() {
    #expect(rules([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]) == ["not-text"])
    #expect(rules([0xc0, 0x80]) == ["not-text"])
    #expect(rules(Array("module a\n\0".utf8)) == ["not-text"])
    #expect(rules((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }) == ["not-text"])
  }

  @Test("a file larger than any model is refused without a look at its text")
  func largeFile() {
    #expect(rules([UInt8](repeating: 0x20, count: 10_000_000)) == ["file-too-large"])
  }

  @Test(
    "nesting has a limit, which is reported once",
    arguments: ["{", "(", "[", "!(", "f(", "a[", "{ a: ", "new a { b: ", "x ? ", "x => ", "- - "])
  func nestedExpressions(_ opener: String) {
    let found = rules("fn f() {\n  x = \(times(count, opener))\n}\n")
    #expect(found.contains("nesting-too-deep") || found.contains("expression-too-long"))
    #expect(found.count <= 2, "\(found)")
  }

  @Test(
    "nested bodies have a limit, which is reported once",
    arguments: [
      "{", "if a {", "loop {\n", "atomic ", "ghost ", "nested ", "either {", "block b {",
      "switch a { case b {", "a: loop {", "scenario s {", "fn f() {", "unless b {",
    ])
  func nestedBodies(_ opener: String) {
    for end in ["", times(count, "}")] {
      let found = rules("fn f() {\n  \(times(count, opener)) skip \(end)\n}\n")
      #expect(!found.isEmpty && Set(found).count <= 3, "\(found)")
    }
  }

  @Test("types have a limit too", arguments: ["set of ", "holds ", "list of ", "a[", "(", "-"])
  func nestedTypes(_ opener: String) {
    let found = rules("var x: \(times(count, opener))a\n")
    #expect(!found.isEmpty && found.count <= 3, "\(found)")
  }

  @Test("an array of arrays has a limit")
  func nestedArrays() {
    #expect(rules("var x: a\(times(count, "[1]"))\n") == ["nesting-too-deep"])
  }

  @Test("long chains have a limit", arguments: [" + 1", " && a", ".b", "[0]", "(1)", " == 1"])
  func chains(_ link: String) {
    let found = Set(rules("fn f() {\n  x = a\(times(count, link))\n}\n"))
    #expect(found.contains("expression-too-long"))
    #expect(
      found.subtracting(["expression-too-long", "chained-comparison", "invalid-callee"]) == [])
  }

  @Test("long flat texts are no problem")
  func longLists() {
    let cases = (0..<count).map { "c\($0)" }.joined(separator: ", ")
    #expect(rules("enum e { \(cases) }\n") == [])
    #expect(rules("fn f() { \(times(count, "skip; ")) }\n") == [])
    #expect(rules("fn f() {\n\(times(count, "x = 1\n"))}\n") == [])
    #expect(rules("fn f() {\n\(times(count, "if a { skip } else "))skip\n}\n").count <= 1)
  }

  @Test("endless lines are not measured again for each line below")
  func longIndentation() {
    let blanks = times(1_000_000, " ")
    #expect(rules("scenario s {\n\(blanks)a: loop {\n\(times(2000, "const\n"))}\n").count <= 1000)
    #expect(rules("\(blanks)fn f() {\n\(times(2000, " fn\n"))}\n").count <= 1000)
    #expect(rules("fn f() {\n\(times(2000, "\(times(500, " ")){\n"))").count <= 1000)
  }

  @Test("a number of a thousand digits is one error")
  func longNumber() {
    #expect(rules("const N = \(times(1000, "9"))\n") == ["number-too-large"])
    #expect(rules("const N = \(times(1000, "0"))9223372036854775807\n") == [])
    #expect(rules("const N = 9223372036854775808\n") == ["number-too-large"])
  }

  @Test("unbalanced closing brackets are reported, and not without end")
  func closers() {
    #expect(rules(times(count, "}")) == ["unexpected-closer"])
    #expect(rules("fn f() {\n\(times(1000, ")"))\n}\n").count == 1)
  }
}
