public import Exploration
public import Semantics
internal import SourceText
internal import Synchronization
internal import Threads

/// How a program that embeds the checker uses a model.
extension Model {
  /// Returns the checks of the model with their tables, in the order of its text.
  ///
  /// - Throws: ``CheckError/invalidModel(_:text:)``.
  public func checks() throws(CheckError) -> [Check] { try program(Configuration()).checks }

  /// Explores one check, and returns the verdict with statistics and trace.
  ///
  /// The search runs on threads of its own, so that no other task waits for it. When the task is
  /// cancelled, it stops within a fraction of a second, and the verdict is inconclusive.
  ///
  /// - Parameters:
  ///   - check: The name of the check.
  ///   - bugs: The bugs to switch on, by id or name.
  ///   - options: The options to set, with their values as the model writes them.
  ///   - limits: Where to stop.
  ///   - engine: What makes the successors.
  ///   - method: How states are known again, and by how many threads.
  ///   - progress: Called many times a second, on one of those threads.
  /// - Returns: The run with its verdict.
  /// - Throws: ``CheckError``. A violation is none: it is what the search was for.
  public func check(
    _ check: String, bugs: [String] = [], options: [String: String] = [:],
    limits: SearchLimits = SearchLimits(), engine: EngineSettings = .evaluator,
    method: SearchMethod = SearchMethod(),
    progress: @escaping @Sendable (SearchStatistics) -> Void = { _ in }
  ) async throws(CheckError) -> FinishedRun {
    let run = try run(check, bugs: bugs, options: options)
    let isCancelled = Flag()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let search: @Sendable () -> Void = {
          let outcome = perform(run, limits: limits, engine: engine, method: method) {
            progress($0)
            return !isCancelled.isSet
          }
          continuation.resume(returning: outcome)
        }
        // Where the system has no thread left, the caller's does it.
        if !startThread(search) { search() }
      }
    } onCancel: {
      isCancelled.set()
    }
    switch outcome {
    case .finished(let run): return run
    case .rejected(let found): throw invalid(found)
    case .contradiction(let error): throw .contradiction(error)
    }
  }

  private func run(
    _ check: String, bugs: [String], options: [String: String]
  ) throws(CheckError) -> CheckRun {
    let program = try program(Configuration(options: options))
    guard program.checks.contains(where: { $0.name == check }) else {
      throw .unknownCheck(check, known: program.checks.map(\.name))
    }
    var ids: Set<String> = []
    for word in bugs {
      guard let bug = program.bug(word) else {
        throw .unknownBug(word, known: program.bugs.map(\.id))
      }
      ids.insert(bug.id)
    }
    return CheckRun(check: check, configuration: Configuration(bugs: ids, options: options))
  }

  private func program(_ configuration: Configuration) throws(CheckError) -> Program {
    let (program, found) = analyze(configuration)
    guard let program else { throw invalid(diagnostics + found) }
    return program
  }

  private func invalid(_ diagnostics: [Diagnostic]) -> CheckError {
    let errors = diagnostics.filter { $0.severity == .error }
    return .invalidModel(errors, text: DiagnosticRenderer(catalog: catalog).render(all: errors))
  }
}

/// Something that is said once.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isSet: Bool { state.load(ordering: .relaxed) }

  func set() { state.store(true, ordering: .relaxed) }
}
