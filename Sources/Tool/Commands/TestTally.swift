internal import PageraceKit
internal import Reports

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
