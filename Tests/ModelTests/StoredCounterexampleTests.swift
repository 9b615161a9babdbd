import Foundation
import PageraceKit
import TestSupport
import Testing

/// What lies in the repository's own folder.
@Suite("The stored counterexamples")
struct StoredCounterexampleTests {
  static let folder = Bundle.original.folder.deletingLastPathComponent().appending(
    path: "Counterexamples")

  static let files = CounterexampleFolder(path: folder.path()).files()

  @Test("fail as they did", arguments: files.sample(every: 16))
  func replay(file: String) throws {
    let stored = try StoredCounterexample(path: file)
    let path = try #require(CounterexampleFolder.model(of: stored, at: file))
    let replay = try Model(path: path).replay(stored)
    #expect(replay.isSame, "\(replay.sentence)")
  }

  @Test("are there")
  func present() { #expect(Self.files.count >= 100) }
}
