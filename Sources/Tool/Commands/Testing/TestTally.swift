internal import Exploration
internal import PageraceKit
internal import Reports

/// The numbers at the end of `pagerace test`.
struct TestTally {
  /// How many models with checks there are, and how many checks were run.
  var models = 0
  var checks = 0
  /// How many large checks were left out.
  var leftOut = 0
  /// How many statements no check has come by, in models with large checks that were left out.
  var unreached = 0
  /// The exit statuses of all rows.
  var statuses: [ExitStatus] = []
  /// What became of stored counterexamples.
  var stored = StoredTally()

  private var rows = 0
  private var counts: [Kind: Int] = [:]
  private var rejectedModels = 0
  private var passed = 0
  private var passedStates = 0
  private var violated = 0
  /// Whether some finding may have a shorter one.
  private var areAllShortest = true

  /// What can come of a row, in the order of the summary.
  private enum Kind: String, CaseIterable {
    case asExpected = "as expected"
    case different
    case inconclusive = "stopped by a limit"
    case vacuous
    case rejected = "with errors"
    case broken = "broken off by an internal error"
    case notRun = "not run"
  }

  /// The number of rows so far whose outcome was not the expected one.
  var unexpected: Int { statuses.count { $0 != .holds } }

  private mutating func add(_ kind: Kind, _ status: ExitStatus) {
    rows += 1
    counts[kind, default: 0] += 1
    statuses.append(status)
  }

  /// Counts a row that has an answer.
  mutating func add(_ outcome: RowOutcome, of result: SearchResult) {
    switch outcome {
    case .asExpected:
      add(.asExpected, outcome.status)
      switch result.verdict {
      case .violated(let finding):
        violated += 1
        areAllShortest = areAllShortest && finding.isShortest
      default:
        passed += 1
        passedStates += result.statistics.states
      }
    case .different: add(.different, outcome.status)
    case .inconclusive: add(.inconclusive, outcome.status)
    case .vacuous: add(.vacuous, outcome.status)
    }
  }

  /// Counts a row whose model has errors under its configuration.
  mutating func addRejectedRow() { add(.rejected, .rejected) }

  /// Counts a row in which the checker contradicts itself.
  mutating func addBrokenRow(_ status: ExitStatus) { add(.broken, status) }

  /// Counts a row that was not run, or not to an answer, because the run ended early.
  mutating func addRowNotRun() { add(.notRun, .inconclusive) }

  /// Counts a model that has errors.
  mutating func addRejectedModel() {
    rejectedModels += 1
    statuses.append(.rejected)
  }

  /// What was run, what that proves, and what it does not, in sentences.
  var summary: [String] {
    [overview, proved, found, stored.summary, notProved].compactMap(\.self)
  }

  /// One sentence with all numbers of rows that are not zero.
  private var overview: String {
    var text =
      "\(VerdictText.count(rows, "row")) of \(VerdictText.count(checks, "check")) "
      + "in \(VerdictText.count(models, "model"))"
    let parts = Kind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
    if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") }
    if rejectedModels > 0 { text += "; \(VerdictText.count(rejectedModels, "model")) with errors" }
    return text
  }

  /// What holds, and what that was concluded from.
  private var proved: String? {
    passed == 0
      ? nil
      : "proved: \(VerdictText.count(passed, "row")) pass\(passed == 1 ? "es" : "") within the bounds "
        + "of the scenarios: \(VerdictText.count(passedStates, "state")), all visited, compared "
        + "whole, no reduction"
  }

  private var found: String? {
    violated == 0
      ? nil
      : "found: \(VerdictText.count(violated, "row")) show\(violated == 1 ? "s" : "") the violation "
        + "expected" + (areAllShortest ? ", each in the fewest steps" : "")
  }

  private var notProved: String? {
    let open: [Kind] = [.different, .inconclusive, .vacuous, .rejected, .broken, .notRun]
    var parts = open.compactMap { kind in
      counts[kind].map { "\(VerdictText.count($0, "row")) \(kind.rawValue)" }
    }
    if leftOut > 0 { parts.append("\(VerdictText.count(leftOut, "large check")) left out") }
    if unreached > 0 {
      parts.append("\(VerdictText.count(unreached, "statement")) not reached without them")
    }
    return parts.isEmpty ? nil : "not proved: " + parts.joined(separator: ", ")
  }
}
