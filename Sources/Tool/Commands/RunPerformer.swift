internal import Exploration
internal import PageraceKit
internal import Reports

/// Performs runs and shows their progress.
struct RunPerformer {
  /// Where searches stop.
  let limits: SearchLimits
  /// What makes the successors.
  let engine: EngineSettings.Preference
  /// How searches go about their work.
  var method = SearchMethod(
    workerCount: min(Surroundings.mostWorkers, Surroundings.coreCount))
  /// Where to show progress.
  let console: Console

  /// Performs a run; it ends early when somebody interrupts it.
  func perform(_ run: CheckRun, of model: Model) -> RunOutcome {
    var line = ProgressLine(title: run.check, console: console)
    let outcome = model.perform(
      run, limits: limits, engine: console.surroundings.engine(engine), method: method
    ) { statistics in
      line.update(statistics)
      return !Interruption.isRequested
    }
    line.clear()
    if case .finished(let finished) = outcome, let notice = finished.result.notice {
      // Many runs have the same to say.
      console.remarkOnce(notice)
    }
    return outcome
  }

  /// Returns the exit status that a verdict stands for on its own.
  static func status(of verdict: Verdict) -> ExitStatus {
    switch verdict {
    case .holds: .holds
    case .violated: .violated
    case .inconclusive: .inconclusive
    case .vacuous: .vacuous
    }
  }

  /// Returns what the checker says about itself when it contradicts itself.
  static func text(of error: SearchError) -> String {
    switch error {
    case .replayMismatch(let text): "the trace does not replay: \(text)"
    case .lostViolation: "a violation was not found again"
    }
  }

  /// Says that the checker contradicts itself.
  func report(_ error: SearchError, in run: RunDescription) -> ExitStatus {
    Self.report(error, in: run, console)
  }

  /// Says that the checker contradicts itself.
  static func report(
    _ error: SearchError, in run: RunDescription, _ console: Console
  ) -> ExitStatus {
    console.complain(
      """
      internal error: \(text(of: error))
      This is a bug of pagerace \(Version.tool). Please report it with the model and this command:
        \(run.command)
      """)
    return .internalError
  }
}
