import SourceText
import Testing

/// A catalog with one file, and a diagnostic about the first place of `word` in it.
private func example(
  _ text: String, _ word: String, path: String = "lock.race", help: String? = nil,
  note: String? = nil, suggestion: String? = nil
) -> (SourceCatalog, Diagnostic) {
  var catalog = SourceCatalog()
  let id = catalog.add(SourceFile(path: path, text: text))
  func span(_ word: String) -> SourceSpan {
    guard let range = text.firstRange(of: word) else { return SourceSpan(file: id, 0, 0) }
    let lower = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return SourceSpan(file: id, UInt32(lower), UInt32(lower + word.utf8.count))
  }
  let notes = note.map { [Diagnostic.Note(message: "'\($0)' is declared here", span: span($0))] }
  let fix = suggestion.map { Diagnostic.Suggestion(span: span(word), replacement: $0) }
  return (
    catalog,
    Diagnostic(
      rule: "some-rule", message: "'\(word)' is wrong", span: span(word), notes: notes ?? [],
      help: help, suggestion: fix)
  )
}

private func drawn(_ example: (SourceCatalog, Diagnostic)) -> String {
  DiagnosticRenderer(catalog: example.0).render(example.1)
}

@Suite struct DiagnosticRendererTests {
  @Test("a diagnostic is drawn with its notes and its help behind it")
  func form() {
    let text = "var turn: 0..1\n\n\n\n\n\n\n\n\nfn f() {\n    await turnn\n}\n"
    #expect(
      drawn(example(text, "turnn", help: "compare it", note: "turn")) == """
        lock.race:11:11: error: 'turnn' is wrong [some-rule]
         11 |     await turnn
            |           ^~~~~
        lock.race:1:5: note: 'turn' is declared here
         1 | var turn: 0..1
           |     ^~~~
            = help: compare it

        """)
  }

  @Test("a suggestion without words of its own becomes the help")
  func suggestion() {
    #expect(
      drawn(example("a = b", "=", suggestion: "==")) == """
        lock.race:1:3: error: '=' is wrong [some-rule]
         1 | a = b
           |   ^
           = help: write '=='

        """)
  }

  @Test("carets stay below their text behind tabs and letters beyond ASCII")
  func alignment() {
    let text = drawn(example("\tx = \"äöü\" + bad\r\n", "bad"))
    #expect(text.hasSuffix(" 1 | \tx = \"äöü\" + bad\n   | \t            ^~~\n"))
  }

  @Test("a long line is cut around the carets")
  func longLine() {
    let filler = String(repeating: "ä", count: 1_000_000)
    let lines = drawn(example("\(filler)bad\(filler)", "bad")).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count < 120 })
    #expect(lines[1].hasPrefix(" 1 | …ä") && lines[1].hasSuffix("ä…"))
    let column = lines[2].firstIndex(of: "^").map {
      lines[2].distance(from: lines[2].startIndex, to: $0)
    }
    let word = lines[1].firstIndex(of: "b").map {
      lines[1].distance(from: lines[1].startIndex, to: $0)
    }
    #expect(column == word && lines[2].hasSuffix("^~~"))
  }

  @Test("an empty span points between two characters, also at the end of the file")
  func emptySpan() {
    var catalog = SourceCatalog()
    let id = catalog.add(SourceFile(path: "a.race", text: "let x ="))
    let text = DiagnosticRenderer(catalog: catalog).render(
      Diagnostic(rule: "r", message: "m", span: SourceSpan(file: id, 7, 7)))
    #expect(text == "a.race:1:8: error: m [r]\n 1 | let x =\n   |        ^\n")
  }

  @Test("control characters of a model do not reach the terminal")
  func control() {
    let text = drawn(example("a\u{1b}[31m bad", "bad", path: "evil\u{7}.race"))
    #expect(text == "evil\u{fffd}.race:1:8: error: 'bad' is wrong [some-rule]\n")
  }

  @Test("what is not text is not shown")
  func binary() {
    var catalog = SourceCatalog()
    let id = catalog.add(SourceFile(path: "a.race", bytes: [0xff, 0xfe, 0x41, 0x80, 0x80, 0x80]))
    for lower in 0..<6 as Range<UInt32> {
      let diagnostic = Diagnostic(
        rule: "r", message: "m", span: SourceSpan(file: id, lower, lower + 1))
      #expect(DiagnosticRenderer(catalog: catalog).render(diagnostic).hasPrefix("a.race:1:"))
    }
  }

  @Test("beyond the limit errors are preferred, and the rest is counted")
  func limit() {
    let (catalog, error) = example("a", "a")
    let warning = Diagnostic(severity: .warning, rule: "w", message: "w", span: error.span)
    let renderer = DiagnosticRenderer(catalog: catalog)
    let all = [warning, error, warning, error, error]
    #expect(renderer.render(all: all, limit: 5).hasPrefix("lock.race:1:1: warning"))
    let text = renderer.render(all: all, limit: 2)
    #expect(text.hasPrefix("lock.race:1:1: error"))
    #expect(text.hasSuffix("1 more error and 2 more warnings not shown\n"))
    #expect(renderer.render(all: all, limit: 4).hasSuffix("1 more warning not shown\n"))
    #expect(renderer.render(all: [], limit: 4) == "")
  }

  @Test("colours are only written where they are wanted")
  func colors() {
    let (catalog, error) = example("a", "a")
    #expect(!DiagnosticRenderer(catalog: catalog).render(error).contains("\u{1b}"))
    let colored = DiagnosticRenderer(catalog: catalog, paint: .coloured).render(error)
    #expect(colored.contains("\u{1b}[31;1merror:\u{1b}[0m"))
  }
}
