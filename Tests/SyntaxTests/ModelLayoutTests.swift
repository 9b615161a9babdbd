import Foundation
import SourceText
import Syntax
import Testing

/// The models of the repository, by their paths.
private func modelPaths() throws -> [String] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent()
  let models = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Models")
  let all = FileManager.default.enumerator(atPath: models.path())?.compactMap { $0 as? String }
  return (all ?? []).filter { $0.hasSuffix(".race") }.sorted().map { "\(models.path())/\($0)" }
}

@Suite struct ModelLayoutTests {
  @Test(
    "models have the canonical layout; 'pagerace format Models' gives it",
    arguments: try modelPaths())
  func layout(_ path: String) throws {
    let file = SourceFile(path: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))
    #expect(parse(file, as: FileID(0)).diagnostics == [])
    #expect(format(file) == String(decoding: file.bytes, as: UTF8.self))
  }
}
