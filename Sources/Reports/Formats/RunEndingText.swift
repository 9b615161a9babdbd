internal import Exploration
internal import Machine

/// What came of a run that has no trace, in a sentence.
enum RunEndingText {
  /// Returns the sentence, without a full stop.
  static func sentence(of run: ReportedRun) -> String {
    switch run.ending {
    case .rejected: "the model has errors with these bugs and options"
    case .contradiction(let text): "internal error: \(text)"
    case .notRun(let reason): "not run: \(reason)"
    case .finished(let system, let result):
      switch result.verdict {
      case .holds:
        "it holds: \(VerdictText.covered(result.statistics)), every state visited"
      case .violated(let finding): finding.violation
      case .inconclusive(let reason): "inconclusive: \(VerdictText.stop(reason))"
      case .vacuous(let unreached, let unjudged):
        "vacuous: nothing is violated, but never reached: "
          + (unreached + unjudged).map { system[$0].name }.joined(separator: ", ")
      }
    }
  }
}
