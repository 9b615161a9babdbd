import Exploration
import Foundation
import PageraceKit
import Semantics
import SourceText
import Testing

@Suite("Code in the documentation")
struct CodeBlockTests {
  /// A second word behind the fence is what comes out instead, of a model that is shown with its mistake.
  @Test("a whole model does what its tables say", arguments: CodeBlock.all(in: "race"))
  func wholeModel(block: CodeBlock) throws {
    try withModel(of: block) { model in
      let (program, found) = model.analyze(Configuration())
      #expect((model.diagnostics + found).map(\.message) == [])
      let checks = try #require(program).checks
      #expect(!checks.isEmpty)
      for check in checks {
        for row in check.rows {
          let expected = block.words.dropFirst().first ?? row.expectation
          let outcome = model.perform(CheckRun(row, of: check))
          #expect(word(outcome) == expected, "\(check.name) with \(row.bugs)")
        }
      }
    }
  }

  @Test("a fragment can be parsed", arguments: CodeBlock.all(in: "race-fragment"))
  func fragment(block: CodeBlock) throws {
    try withModel(of: block) { model in
      #expect(model.diagnostics.map(\.message) == [])
    }
  }

  @Test("a mistake is reported by its rule", arguments: CodeBlock.all(in: "race-error"))
  func mistake(block: CodeBlock) throws {
    try withModel(of: block) { model in
      let (program, found) = model.analyze(Configuration())
      let lowered = program.map { program in
        program.checks.indices.flatMap { model.system(program, check: $0).1 }
      }
      let errors = (model.diagnostics + found + (lowered ?? [])).filter { $0.severity == .error }
      #expect(Set(errors.map(\.rule)) == Set(block.words.dropFirst()))
    }
  }

  /// Calls `body` with the block as a file somewhere below the repository, so that imports are found.
  private func withModel(of block: CodeBlock, _ body: (Model) throws -> Void) throws {
    let files = FileManager.default
    let folder = Page.root.appending(path: ".build/docs-tests/\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    let file = folder.appending(path: "block.race")
    try Data(block.text.utf8).write(to: file)
    try body(Model(path: file.path))
  }

  private func word(_ outcome: RunOutcome) -> String {
    switch outcome {
    case .rejected(let diagnostics): "rejected: \(diagnostics.map(\.message))"
    case .contradiction(let error): "contradiction: \(error)"
    case .finished(let run):
      switch run.result.verdict {
      case .holds: "pass"
      case .violated(let finding): finding.violation
      case .inconclusive: "inconclusive"
      case .vacuous: "vacuous"
      }
    }
  }
}
