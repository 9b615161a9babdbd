import Exploration
import Machine
import Foundation
import PageraceKit
import Reports
import Semantics
import SourceText
import TestSupport
import Testing

/// The models that come with the project, or a changed copy of them.
struct Bundle {
  /// The folder that holds `kernel`, `classics` and the rest.
  let folder: URL

  /// The models as they are.
  static let original = Bundle(
    folder: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Models"))

  /// The paths of all models, relative to the folder, in order.
  var paths: [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (all ?? []).filter { $0.hasSuffix(".race") }.sorted()
  }

  /// Reads the model at `path`.
  func model(_ path: String) throws -> Model {
    try Model(path: folder.appending(path: path).path)
  }

  /// Calls `body` with a copy of the models in which the file at `path` has been changed.
  ///
  /// Of each edit the first place is replaced; a text that is not there is a failure of the test.
  func withEdits<Result>(
    _ edits: [(from: String, to: String)], in path: String, _ body: (Bundle) throws -> Result
  ) throws -> Result {
    let files = FileManager.default
    let copy = files.temporaryDirectory.appending(path: "pagerace-\(UUID().uuidString)")
    try files.createDirectory(at: copy, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: copy) }
    let models = copy.appending(path: "Models")
    try files.copyItem(at: folder, to: models)
    let file = models.appending(path: path)
    var source = try String(contentsOf: file, encoding: .utf8)
    for edit in edits {
      let place = try #require(source.range(of: edit.from), "'\(edit.from)' is not in \(path)")
      source.replaceSubrange(place, with: edit.to)
    }
    // The copy may be read-only, as the original may be.
    try files.removeItem(at: file)
    try Data(source.utf8).write(to: file)
    return try body(Bundle(folder: models))
  }
}

/// One row of a check's table, with the model that it stands in.
struct Row: CustomTestStringConvertible, Sendable {
  /// The path of the model in the bundle.
  var path: String
  /// What is run and expected.
  var run: CheckRun

  var testDescription: String {
    let options = run.configuration.options.map { "\($0)=\($1)" }.sorted()
    return ([path, run.check] + run.configuration.bugs.sorted() + options).joined(separator: " ")
  }

  /// The rows of the model at `path` that there is time for: all but the large ones, or those of its first
  /// check.
  static func some(of path: String) throws -> [Row] {
    let rows = try all(of: path)
    return isThorough ? rows : rows.filter { $0.run.check == rows[0].run.check }
  }

  /// All rows of the checks of the model at `path` that are large, or not.
  static func all(of path: String, large: Bool = false) throws -> [Row] {
    let model = try Bundle.original.model(path)
    guard let program = model.analyze(Configuration()).0 else { return [] }
    return program.checks.filter { $0.isLarge == large }.flatMap { check in
      check.rows.map { Row(path: path, run: CheckRun($0, of: check)) }
    }
  }
}

extension RunOutcome {
  /// What the catalogue shows of it.
  var measure: CatalogueRow.Measure? {
    if case .finished(let run) = self { CatalogueRow.Measure(run) } else { nil }
  }

  /// The outcome in one word: `pass`, the name of the violation, or why there is no answer.
  var word: String {
    switch self {
    case .rejected(let diagnostics):
      "rejected: " + diagnostics.map(\.message).joined(separator: "; ")
    case .contradiction(let error): "contradiction: \(error)"
    case .finished(let run):
      switch run.result.verdict {
      case .holds: "pass"
      case .violated(let finding): finding.violation
      case .inconclusive(let reason): "inconclusive: \(reason)"
      case .vacuous(let unreached, let unjudged):
        "vacuous: "
          + (unreached + unjudged).map { run.system[$0].name }.joined(separator: ", ")
      }
    }
  }
}
