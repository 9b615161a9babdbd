import Foundation
import Testing

@Suite("Swift in the documentation")
struct SwiftBlockTests {
  @Test("is a part of a test", arguments: CodeBlock.all(in: "swift"))
  func isTested(block: CodeBlock) throws {
    let tests = try String(
      contentsOf: Page.root.appending(path: "Tests/KitTests/ExampleTests.swift"), encoding: .utf8)
    #expect(tests.contains(block.text))
  }

  @Test("is there")
  func something() {
    #expect(!CodeBlock.all(in: "swift").isEmpty)
  }
}
