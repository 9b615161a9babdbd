internal import Exploration
internal import PageraceKit
internal import Reports
internal import SourceText

/// What `pagerace test` says of one row.
enum TestLine {
  /// Returns the line of a run that has an answer.
  static func text(
    _ run: FinishedRun, _ outcome: RowOutcome, expectation: String, paint: Paint,
    showsMeasurements: Bool
  ) -> String {
    let (word, style): (String, Paint.Style) =
      switch outcome {
      case .asExpected: ("ok", .good)
      case .different: ("DIFFERS", .bad)
      case .inconclusive: ("stopped", .warning)
      case .vacuous: ("VACUOUS", .warning)
      }
    var text = found(run.result)
    switch outcome {
    case .different: text = "expected \(expectation), but it is \(text)"
    case .inconclusive: text = "expected \(expectation), but \(text)"
    case .asExpected, .vacuous: break
    }
    if showsMeasurements { text += ", " + VerdictText.measurements(run.result) }
    return RowLine.text(word, style, title: run.description.title, text, paint)
  }

  /// Returns the line of a row whose model has errors under its configuration.
  static func rejected(_ run: RunDescription, _ paint: Paint) -> String {
    RowLine.text(
      "ERROR", .bad, title: run.title, "the model has errors with these bugs and options", paint)
  }

  /// Returns the line of a row that was not run.
  static func notRun(_ stop: RunStop, _ run: RunDescription, _ paint: Paint) -> String {
    RowLine.text("not run", .warning, title: run.title, stop.reason, paint)
  }

  /// Returns the line of a stored counterexample that is not what it was.
  static func stored(_ word: String, _ title: String, _ text: String, _ paint: Paint) -> String {
    RowLine.text(word, .bad, title: title, text, paint)
  }

  /// Returns what came out, with a measure of it.
  private static func found(_ result: SearchResult) -> String {
    switch result.verdict {
    case .holds, .vacuous:
      "pass, \(VerdictText.count(result.statistics.states, "state"))"
    case .violated(let finding):
      "\(finding.violation), \(VerdictText.count(finding.trace.entries.count, "step"))"
    case .inconclusive(let reason):
      "\(VerdictText.stop(reason)) after \(VerdictText.count(result.statistics.states, "state"))"
    }
  }
}
