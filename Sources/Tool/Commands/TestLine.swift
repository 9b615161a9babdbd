internal import Exploration
internal import PageraceKit
internal import Reports
internal import SourceText

/// What `pagerace test` says of one row.
enum TestLine {
  /// The width of the first column, and where the outcome begins.
  private static let wordWidth = 9
  private static let titleWidth = 36

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
    return line(word, style, run.description, text, paint)
  }

  /// Returns the line of a row whose model has errors under its configuration.
  static func rejected(_ run: RunDescription, _ paint: Paint) -> String {
    line("ERROR", .bad, run, "the model has errors with these bugs and options", paint)
  }

  private static func line(
    _ word: String, _ style: Paint.Style, _ run: RunDescription, _ text: String, _ paint: Paint
  ) -> String {
    let space = String(repeating: " ", count: max(1, wordWidth - word.count))
    return "  \(paint(word, style))\(space)\(run.title.padded(to: titleWidth)) \(text)\n"
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

/// The numbers at the end of `pagerace test`.
struct TestTally {
  /// How many models with checks there are, and how many checks were run.
  var models = 0
  var checks = 0
  /// How many large checks were left out.
  var leftOut = 0
  /// The exit statuses of all rows.
  var statuses: [ExitStatus] = []

  private var rows = 0
  private var asExpected = 0
  private var different = 0
  private var inconclusive = 0
  private var vacuous = 0
  private var rejectedRows = 0
  private var rejectedModels = 0

  /// The number of rows so far whose outcome was not the expected one.
  var unexpected: Int { statuses.count { $0 != .holds } }

  /// Counts a row.
  mutating func add(_ outcome: RowOutcome) {
    rows += 1
    switch outcome {
    case .asExpected:
      asExpected += 1
      statuses.append(.holds)
    case .different:
      different += 1
      statuses.append(.violated)
    case .inconclusive:
      inconclusive += 1
      statuses.append(.inconclusive)
    case .vacuous:
      vacuous += 1
      statuses.append(.vacuous)
    }
  }

  /// Counts a row whose model has errors under its configuration.
  mutating func addRejectedRow() {
    rows += 1
    rejectedRows += 1
    statuses.append(.rejected)
  }

  /// Counts a model that has errors.
  mutating func addRejectedModel() {
    rejectedModels += 1
    statuses.append(.rejected)
  }

  /// One sentence with all numbers that are not zero.
  var summary: String {
    let counts: [(Int, String)] = [
      (asExpected, "as expected"), (different, "different"), (inconclusive, "stopped by a limit"),
      (vacuous, "vacuous"), (rejectedRows, "with errors"),
    ]
    var text =
      "\(VerdictText.count(rows, "row")) of \(VerdictText.count(checks, "check")) "
      + "in \(VerdictText.count(models, "model"))"
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") }
    if rejectedModels > 0 { text += "; \(VerdictText.count(rejectedModels, "model")) with errors" }
    if leftOut > 0 { text += "; \(VerdictText.count(leftOut, "large check")) left out" }
    return text
  }
}
