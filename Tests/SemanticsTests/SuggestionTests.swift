import SourceText
import TestSupport
import Testing

/// Every suggestion mends what it is about.
@Suite struct SuggestionTests {
  @Test(
    "applying the suggestion leaves no error",
    arguments: [
      "var count: 0..3\nfn f() { cuont = 1 }",
      "pool page { dirty: bool }\nvar p: pgae?",
      "pool page { dirty: bool }\nfn f(p: page) { p.drity = true }",
      "enum errno { OK, EAGAIN }\nfn f() -> errno { return EGAIN }",
      "enum errno { OK, EAGAIN }\nfn f() -> errno { return errno.EGAIN }",
      "word enum pte { none, present(dirty: bool) }\nvar e: pte\n"
        + "fn f() { if let presnt(dirty) = e { let d = dirty } }",
      "fn f() { outer: loop { break oter } }",
      "violation bad \"\"\nvar x: bool\nfn f() { require x else bda }",
      "scenario s { skip }\ncheck c = sc { expect pass }\nscenario se { skip }",
      "scenario s { skip }\ncheck c = s { expect pas }",
      "option passes: 0..3 = 1\nscenario s { skip }\ncheck c = s with pases = 1 { expect pass }",
      "bug B01 slip \"\"\nscenario s { skip }\ncheck c = s { expect pass; slip expect deadlock }",
    ])
  func applied(_ text: String) throws {
    let source = "module m\n" + text + "\n"
    let found = analyze(source)
    #expect(found.diagnostics.count { $0.severity == .error } == 1)
    let first = try #require(found.diagnostics.first { $0.severity == .error })
    let suggestion = try #require(first.suggestion)
    var bytes = Array(source.utf8)
    bytes.replaceSubrange(
      Int(suggestion.span.lower)..<Int(suggestion.span.upper),
      with: Array(suggestion.replacement.utf8))
    let mended = analyze(String(decoding: bytes, as: UTF8.self))
    #expect(mended.diagnostics.filter { $0.severity == .error } == [])
  }
}
