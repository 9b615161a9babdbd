import Foundation
import PageraceKit
import SourceText
import Testing

@Suite struct CheckingTests {
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func model(_ path: String) throws -> Model {
    try Model(path: root.appending(path: path).path)
  }

  @Test("a task that is cancelled stops its search, and proves nothing", .timeLimit(.minutes(5)))
  func cancellation() async throws {
    let model = try model("Tests/ToolTests/Golden/endless.race")
    let name = try #require(try model.checks().first).name
    let (begun, continuation) = AsyncStream<Void>.makeStream()
    let search = Task {
      try await model.check(name) { _ in continuation.yield() }
    }
    for await _ in begun { break }
    search.cancel()
    guard case .inconclusive(.cancelled) = try await search.value.result.verdict else {
      Issue.record("the search went on")
      return
    }
  }

  @Test("what is not in the model is named, with what is")
  func unknown() async throws {
    let model = try model("Models/classics/lost_update.race")
    let noCheck = await #expect(throws: CheckError.self) { try await model.check("updates") }
    guard case .unknownCheck("updates", ["update"]) = noCheck else {
      Issue.record("\(String(describing: noCheck))")
      return
    }
    let noBug = await #expect(throws: CheckError.self) {
      try await model.check("update", bugs: ["B99"])
    }
    guard case .unknownBug("B99", let known) = noBug else {
      Issue.record("\(String(describing: noBug))")
      return
    }
    #expect(known.contains("L01"))
  }

  @Test("a model with errors says where they are")
  func invalid() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kit-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "broken.race").path
    try "module broken\n\nvar a: nothing\n".write(toFile: file, atomically: true, encoding: .utf8)
    let model = try Model(path: file)
    let error = #expect(throws: CheckError.self) { try model.checks() }
    guard case .invalidModel(let errors, let text) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!errors.isEmpty)
    #expect(text.contains("broken.race:3:8"))
    #expect(throws: LoadError.missing(path: "nowhere.race")) { try Model(path: "nowhere.race") }
    let option = await #expect(throws: CheckError.self) {
      try await self.model("Models/classics/peterson.race").check(
        "exclusion", options: ["scam": "true"])
    }
    guard case .invalidModel = option else {
      Issue.record("\(String(describing: option))")
      return
    }
  }

  @Test("a layout that loses a word or a comment is not taken for one")
  func lostWord() {
    func keeps(_ old: String, _ new: String) -> Bool {
      Formatting.keepsWords(
        of: SourceFile(path: "a.race", text: old), in: SourceFile(path: "a.race", text: new))
    }
    let text = "module a\nconst N=1;\n// one\nconst M = N\n"
    #expect(keeps(text, "module a\n\nconst N = 1\n// one\nconst M = N\n"))
    #expect(!keeps(text, "module a\nconst N = 1\n// one\nconst M = 1\n"))
    #expect(!keeps(text, "module a\nconst N = 1\n// one\n"))
    #expect(!keeps(text, "module a\nconst N = 1\nconst M = N\n"))
  }
}
