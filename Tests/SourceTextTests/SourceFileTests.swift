import SourceText
import Testing

@Suite struct SourceFileTests {
  @Test("lines end with a newline, or with a return and a newline")
  func lines() {
    let file = SourceFile(path: "a", text: "one\r\ntwo\n\nfour")
    #expect(file.lineCount == 4)
    #expect((1...4).map { file.line($0) } == ["one", "two", "", "four"])
    #expect(file.position(of: 5) == (2, 1))
    #expect(file.position(of: 7) == (2, 3))
    #expect(file.position(of: 14) == (4, 5))
  }

  @Test("an empty file has one empty line")
  func empty() {
    let file = SourceFile(path: "a", bytes: [])
    #expect(file.lineCount == 1 && file.line(1) == "")
    #expect(file.position(of: 0) == (1, 1))
  }
}
