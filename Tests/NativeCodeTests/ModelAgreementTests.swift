import Execution
import Exploration
import Foundation
import Machine
import NativeCode
import PageraceKit
import Semantics
import TestSupport
import Testing

/// The engines on the models that come with the project.
@Suite struct ModelAgreementTests {
  /// One row, with the compiler that makes its code.
  struct Subject: CustomTestStringConvertible, Sendable {
    var path: String
    var run: CheckRun
    var compiler: String
    var testDescription: String { "\(path) \(run.check) \(run.configuration) \(compiler)" }
  }

  /// The compilers that are there: the one that the search would take, which is named by nothing, and gcc.
  private static let compilers: [String] =
    ["", "gcc"].filter { (try? testSettings(explicit: $0).compiler.find()) != nil }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether there is time for an hour of compiling: every row with every compiler, optimised.
  private static let isComplete = ProcessInfo.processInfo.environment["LONG_TESTS"] != nil

  /// Whether the code of a model is compiled in a moment.
  private static func isSmall(_ path: String) -> Bool {
    ["/classics/", "/bench/", "/buffer_migrate_page.race"].contains { path.contains($0) }
  }

  /// The rows to compare; everything if there is very much time.
  ///
  /// Otherwise those of the small models and, unless there is little time, those of the first check of each
  /// other one; with gcc only those of the classics.
  static func subjects() throws -> [Subject] {
    let paths = try FileAccess.models(
      in: ["Models", "Tests"].map { root.appending(path: $0).path })
    return try paths.filter { isThorough || isSmall($0) }.flatMap { path -> [Subject] in
      let model = try Model(path: path)
      guard let program = model.analyze(Configuration()).0 else { return [] }
      let small = program.checks.filter { !$0.isLarge }
      let checks =
        isComplete ? program.checks : isSmall(path) ? small : Array(small.prefix(1))
      return checks.flatMap { check in
        check.rows.flatMap { row in
          let run = CheckRun(row, of: check)
          return compilers.filter { $0.isEmpty || isComplete || path.contains("classics") }
            .map { Subject(path: path, run: run, compiler: $0) }
        }
      }
    }
  }

  @Test("there are models, and a compiler to compare them with")
  func something() throws {
    #expect(try Self.subjects().count > 40)
    #expect(!Self.compilers.isEmpty)
  }

  @Test("compiled code agrees with the evaluator on every row", arguments: try subjects())
  func agreement(_ subject: Subject) throws {
    let system = try #require(Model(path: subject.path).system(of: subject.run).0)
    var settings = testSettings(explicit: subject.compiler)
    // What the code means does not depend on how it is optimised; the code of large models takes a minute.
    let isOptimized = Self.isComplete || isThorough && Self.isSmall(subject.path)
    if !isOptimized { settings.optimization = 0 }
    let engine = try nativeEngine(system, settings)
    // The largest systems are there to measure with, and have too many states to keep twice.
    let limit = Self.isComplete ? 4_000_000 : isThorough ? 50_000 : 300
    // A model that never ends is there for the tests of interruptions.
    let isEndless = subject.path.hasSuffix("endless.race")
    let counts = compare(
      Evaluator(system), engine, system, stateLimit: isEndless ? min(limit, 100_000) : limit)
    #expect((counts?.states ?? 0) > 0)
  }
}
