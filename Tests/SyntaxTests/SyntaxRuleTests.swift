import Foundation
import SourceText
import Syntax
import TestSupport
import Testing

private func rules(of text: String) -> [String] {
  parse(SourceFile(path: "rule.race", text: text), as: FileID(0)).diagnostics.map(\.rule)
}

@Suite struct SyntaxRuleTests {
  @Test("the wrong example of each rule breaks it and no other", arguments: syntaxRules.map(\.rule))
  func examples(_ rule: String) throws {
    let description = try #require(syntaxRules.first { $0.rule == rule })
    guard let wrong = description.wrong else { return }
    #expect(rules(of: wrong) == [rule])
    let mended = try #require(description.mended)
    #expect(rules(of: mended) == [])
  }

  @Test("each diagnostic of the parser has a description, and the other way round")
  func completeness() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let source = tests.appending(path: "../../Sources/Syntax/Diagnostic+Syntax.swift")
    let text = try String(contentsOf: source, encoding: .utf8)
    let used = text.matches(of: /rule: "([a-z-]+)"/).map { String($0.output.1) }
    #expect(Set(used).count == used.count)
    #expect(used == syntaxRules.map(\.rule))
  }

  @Test("a suggestion mends what it is made for", arguments: syntaxRules.compactMap(\.wrong))
  func suggestions(_ wrong: String) {
    let file = SourceFile(path: "rule.race", text: wrong)
    for diagnostic in parse(file, as: FileID(0)).diagnostics {
      guard let suggestion = diagnostic.suggestion else { continue }
      var bytes = file.bytes
      bytes.replaceSubrange(
        Int(suggestion.span.lower)..<Int(suggestion.span.upper), with: suggestion.replacement.utf8)
      #expect(rules(of: String(decoding: bytes, as: UTF8.self)) == [])
    }
  }
}

@Suite struct ReservedWordTests {
  @Test("the language reference lists the reserved words")
  func listed() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let reference = tests.appending(path: "../../docs/language.md")
    let text = try String(contentsOf: reference, encoding: .utf8)
    let quoted = text.split(separator: "\n").filter { $0.hasPrefix("> `") }.joined()
    let listed = quoted.matches(of: /`([a-z_]+)`/).map { String($0.output.1) }
    let reserved = Token.Kind.allCases.filter(\.isKeyword).map(\.rawValue)
    #expect(listed.sorted() == reserved.sorted())
  }
}
