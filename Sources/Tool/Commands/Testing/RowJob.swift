internal import Exploration
internal import PageraceKit
internal import Semantics
internal import SourceText

/// A row that `pagerace test` runs.
struct RowJob: Sendable {
  /// The model that it stands in.
  let open: OpenModel
  /// The run that it asks for.
  let run: CheckRun
  /// What it expects: `pass`, or the name of a violation or property.
  let expectation: String

  /// Creates the job of a row of `check`.
  init(_ row: Check.Row, of check: Check, in open: OpenModel) {
    self.open = open
    expectation = row.expectation
    run = CheckRun(row, of: check)
  }
}

/// What came of a row.
enum RowEnding: Sendable {
  /// The search has an answer.
  case finished(FinishedRun)
  /// The model has errors under the row's bugs and options.
  case rejected([Diagnostic])
  /// The checker contradicts itself.
  case contradiction(SearchError)
  /// The time for the whole run was over before the row began, or somebody had interrupted it.
  case notRun(RunStop)
}

/// Why a run of many rows ended early.
enum RunStop: Sendable {
  /// `--time-limit` was reached.
  case timeLimit
  /// Somebody has asked for it.
  case interruption

  /// The reason, as a phrase.
  var reason: String {
    switch self {
    case .timeLimit: "the time limit of the whole run was reached"
    case .interruption: "the run was interrupted"
    }
  }
}
