internal import Exploration
internal import PageraceKit

/// Runs rows, several at a time if asked to, within a time for all of them.
struct RowRunner: Sendable {
  /// Where each search stops.
  let limits: SearchLimits
  /// What makes the successors.
  let engine: EngineSettings
  /// How searches go about their work.
  let method: SearchMethod
  /// The time for the whole run, and when it is over; nil if nobody has said so.
  let timeLimit: (whole: Duration, deadline: ContinuousClock.Instant)?

  /// Runs a row; `progress` is told how far its search has come.
  func run(_ job: RowJob, progress: @escaping (SearchStatistics) -> Void = { _ in }) -> RowEnding {
    if Interruption.isRequested { return .notRun(.interruption) }
    var limits = limits
    var isTimeShort = false
    if let timeLimit {
      let left = ContinuousClock.now.duration(to: timeLimit.deadline)
      if left <= .zero { return .notRun(.timeLimit) }
      isTimeShort = limits.timeout.map { left < $0 } ?? true
      if isTimeShort { limits.timeout = left }
    }
    let outcome = job.open.model.perform(job.run, limits: limits, engine: engine, method: method) {
      progress($0)
      return !Interruption.isRequested
    }
    switch outcome {
    case .rejected(let diagnostics): return .rejected(diagnostics)
    case .contradiction(let error): return .contradiction(error)
    case .finished(var finished):
      if isTimeShort, let timeLimit, case .inconclusive(.timeout) = finished.result.verdict {
        // What was left of the time differs from run to run, and says nothing.
        finished.result.verdict = .inconclusive(.timeout(timeLimit.whole))
      }
      return .finished(finished)
    }
  }
}
