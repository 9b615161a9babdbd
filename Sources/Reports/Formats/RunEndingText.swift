internal import Exploration
internal import Machine

/// What came of a run that has no trace, in a sentence.
enum RunEndingText {
  /// Returns the sentence, without a full stop.
  static func sentence(of run: ReportedRun) -> String {
    guard case .finished(let system, let result) = run.ending else {
      return run.ending.obstacle ?? ""
    }
    return switch result.verdict {
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

extension ReportedRun {
  /// How the run ended, in a few words.
  var verdictWord: String {
    guard case .finished(_, let result) = ending else { return ending.obstacle ?? "" }
    return switch result.verdict {
    case .holds: "holds, \(VerdictText.covered(result.statistics))"
    case .violated(let finding): finding.violation
    case .inconclusive(let reason): "inconclusive, \(VerdictText.stop(reason))"
    case .vacuous: "vacuous"
    }
  }
}
