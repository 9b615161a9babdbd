import Foundation
import SourceText
import TestSupport
import Testing

/// The models of the repository are correct, whatever bug is on.
@Suite struct ModelsTests {
  static let models: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Models")
    let found = FileManager.default.enumerator(atPath: root.path())?.allObjects ?? []
    return found.compactMap { $0 as? String }.filter { $0.hasSuffix(".race") }.sorted()
  }()

  @Test("a model of the repository has no errors and no warnings", arguments: models)
  func model(_ path: String) throws {
    var analysis = try analyzeModel(path)
    // What is not checked yet is no mistake of the model.
    analysis.diagnostics.removeAll { $0.rule == "not-yet" }
    #expect(analysis.text == "")
  }
}
