internal import PageraceKit
internal import Reports

/// The numbers at the end of `pagerace crosscheck`.
struct CrosscheckTally {
  /// How many models and rows there are.
  var models = 0
  private(set) var rows = 0
  /// How many large checks were left out.
  var leftOut = 0
  /// The exit statuses of all rows.
  var statuses: [ExitStatus] = []
  /// Whether rows that cannot be exported do not count.
  let allowsUnexportable: Bool

  private var agreeing = 0
  private var exact = 0
  private var different = 0
  private var withoutModel = 0
  private var inconclusive = 0

  /// Creates a tally of nothing.
  init(allowsUnexportable: Bool) { self.allowsUnexportable = allowsUnexportable }

  /// Counts a row.
  mutating func add(_ outcome: Crosscheck.Outcome) {
    rows += 1
    switch outcome {
    case .agrees(let answer):
      agreeing += 1
      if case .holds = answer { exact += 1 }
      statuses.append(.holds)
    case .differs:
      different += 1
      statuses.append(.violated)
    case .notExportable:
      withoutModel += 1
      if !allowsUnexportable { statuses.append(.inconclusive) }
    case .inconclusive:
      inconclusive += 1
      statuses.append(.inconclusive)
    }
  }

  /// A few lines with all numbers that are not zero, and what they mean.
  var summary: String {
    let counts: [(Int, String)] = [
      (agreeing, "as with SPIN"), (different, "different"), (withoutModel, "cannot be exported"),
      (inconclusive, "stopped"),
    ]
    var text = "\(VerdictText.count(rows, "row")) in \(VerdictText.count(models, "model"))"
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") }
    if leftOut > 0 { text += "; \(VerdictText.count(leftOut, "large check")) left out" }
    text += "\n"
    if exact > 0 {
      text += "states, transitions: of both searches, both without reduction, one for one\n"
    }
    if agreeing > exact {
      text += "steps: to the nearest violation, where SPIN's search is breadth-first\n"
    }
    return text
  }
}
