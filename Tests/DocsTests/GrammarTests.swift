import Foundation
import Testing

@Suite("The grammar in the language reference")
struct GrammarTests {
  @Test("is that of the parser's comments")
  func rulesAgree() throws {
    let blocks = CodeBlock.all(in: "grammar")
    #expect(blocks.count == 1)
    let written = rules(in: blocks.flatMap { $0.text.split(separator: "\n").map(String.init) })
    let folder = Page.root.appending(path: "Sources/Syntax")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var parsed: Set<String> = []
    for name in names where name.hasPrefix("Parser") || name.hasPrefix("Lexer") {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      parsed.formUnion(rules(in: comments(of: text)))
    }
    #expect(parsed.count > 50)
    #expect(written.subtracting(parsed) == [], "these are only in docs/language.md")
    #expect(parsed.subtracting(written) == [], "these are only in the parser")
  }

  /// The lines of code in the documentation comments of a source, and an empty line for every other line.
  private func comments(of source: String) -> [String] {
    source.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let text = line.drop { $0 == " " }
      return text.hasPrefix("///     ") ? String(text.dropFirst(8)) : ""
    }
  }

  /// The rules in `lines`, each on one line with single spaces.
  ///
  /// An indented line continues a rule.
  private func rules(in lines: [String]) -> Set<String> {
    var found: [[Substring]] = []
    var isOpen = false
    for line in lines {
      let words = line.split(separator: " ")
      if line.contains("::="), !line.hasPrefix(" ") {
        found.append(words)
        isOpen = true
      } else if isOpen, line.hasPrefix(" ") {
        found[found.count - 1] += words
      } else {
        isOpen = false
      }
    }
    return Set(found.map { $0.joined(separator: " ") })
  }
}
