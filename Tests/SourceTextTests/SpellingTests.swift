import SourceText
import Testing

@Suite struct SpellingTests {
  @Test("a slip of the finger finds the name that was meant")
  func slips() {
    let names = ["check", "format", "explain", "layout"]
    #expect(Spelling.nearest(to: "chekc", among: names) == "check")
    #expect(Spelling.nearest(to: "formta", among: names) == "format")
    #expect(Spelling.nearest(to: "explian", among: names) == "explain")
  }

  @Test("a name that resembles nothing gets no suggestion")
  func strangers() {
    #expect(Spelling.nearest(to: "x", among: ["check"]) == nil)
    #expect(Spelling.nearest(to: "simulate", among: ["check", "test"]) == nil)
  }

  @Test("the first of equally near names wins")
  func ties() {
    #expect(Spelling.nearest(to: "page", among: ["pages", "paged"]) == "pages")
  }
}
