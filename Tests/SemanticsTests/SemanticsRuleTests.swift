import Foundation
import Semantics
import SourceText
import Syntax
import TestSupport
import Testing

/// The examples of the rules' descriptions are what they say.
@Suite struct SemanticsRuleTests {
  @Test(
    "the wrong example of each rule breaks it and no other", arguments: semanticsRules.map(\.rule))
  func examples(_ rule: String) throws {
    let description = try #require(semanticsRules.first { $0.rule == rule })
    guard let wrong = description.wrong else { return }
    #expect(analyze(wrong).diagnostics.map(\.rule) == [rule])
    let mended = try #require(description.mended)
    #expect(analyze(mended).diagnostics == [])
  }

  @Test("each rule of the checker has one description, and no rule that is gone has one")
  func completeness() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Semantics")
    var used: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
      guard name.hasSuffix(".swift") else { continue }
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      used.formUnion(text.matches(of: /rule:(?: String =)? "([a-z-]+)"/).map { String($0.1) })
    }
    let described = semanticsRules.map(\.rule)
    #expect(Set(described).count == described.count)
    #expect(used.subtracting(syntaxRules.map(\.rule)) == Set(described))
  }
}
