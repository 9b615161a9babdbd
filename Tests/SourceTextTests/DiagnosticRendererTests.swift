import SourceText
import Testing

@Suite struct DiagnosticRendererTests {
  private func drawn(_ text: String, _ lower: Int, _ upper: Int, help: String? = nil) -> String {
    var catalog = SourceCatalog()
    let file = catalog.add(SourceFile(path: "lock.race", text: text))
    let span = SourceSpan(file: file, UInt32(lower), UInt32(upper))
    let diagnostic = Diagnostic(
      rule: "some-rule", message: "it is wrong", span: span,
      notes: [.init(message: "because of this", span: SourceSpan(file: file, 0, 3))], help: help)
    return DiagnosticRenderer(catalog: catalog).render(diagnostic)
  }

  @Test("a diagnostic is drawn with its notes and its help after it")
  func rendering() {
    #expect(
      drawn("var turn\n  turn = 1\n", 11, 15, help: "do better") == """
        lock.race:2:3: error: it is wrong [some-rule]
         2 |   turn = 1
           |   ^~~~
        lock.race:1:1: note: because of this
         1 | var turn
           | ^~~
            = help: do better

        """)
  }

  @Test("the end of a file can be pointed at")
  func endOfFile() {
    #expect(drawn("var", 3, 3).contains("lock.race:1:4: error"))
    #expect(drawn("var\n", 4, 4).contains("lock.race:2:1: error"))
  }

  @Test("an endless line is cut around the caret")
  func longLine() {
    let text = String(repeating: "x", count: 5_000) + "!" + String(repeating: "y", count: 5_000)
    let lines = drawn(text, 5_000, 5_001).split(separator: "\n")
    #expect(lines[1].count < 120)
    let caret = lines[2].firstIndex(of: "^").map {
      lines[2].distance(from: lines[2].startIndex, to: $0)
    }
    let mark = lines[1].firstIndex(of: "!").map {
      lines[1].distance(from: lines[1].startIndex, to: $0)
    }
    #expect(caret == mark)
  }

  @Test("control characters never reach the terminal")
  func controlCharacters() {
    let text = drawn("a\u{1B}[31m\u{0}\tb", 0, 1)
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\u{0}"))
    #expect(text.contains("a?[31m? b"))
  }

  @Test("a span over several lines is marked on the first")
  func severalLines() {
    #expect(drawn("abc\ndef\n", 1, 6).contains("   |  ^~\n"))
  }
}
