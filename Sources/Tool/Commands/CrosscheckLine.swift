internal import Exploration
internal import PageraceKit
internal import Reports
internal import SourceText

/// What `pagerace crosscheck` says of one row.
enum CrosscheckLine {
  /// The width of the first column, and where the numbers begin.
  private static let wordWidth = 9
  private static let titleWidth = 36

  /// Returns the line of a row.
  static func text(
    _ outcome: Crosscheck.Outcome, _ result: SearchResult, title: String, paint: Paint
  ) -> String {
    let word: String
    let style: Paint.Style
    let text: String
    switch outcome {
    case .agrees(let answer):
      (word, style) = ("ok", .good)
      text = agreement(answer, result)
    case .differs(let answer):
      (word, style) = ("DIFFERS", .bad)
      text = "\(ours(result)); SPIN: \(spins(answer))"
    case .notExportable(let reason):
      (word, style) = ("no model", .warning)
      text = "it cannot be written in Promela: \(reason)"
    case .inconclusive(let reason):
      (word, style) = ("stopped", .warning)
      text = reason
    }
    let space = String(repeating: " ", count: max(1, wordWidth - word.count))
    return "  \(paint(word, style))\(space)\(title.padded(to: titleWidth)) \(text)\n"
  }

  private static func agreement(_ answer: Crosscheck.SpinAnswer, _ result: SearchResult) -> String {
    guard case .violated(let name, let steps) = answer,
      case .violated(let finding) = result.verdict
    else { return ours(result) }
    let isSame = name == finding.violation && steps == finding.length
    return isSame ? ours(result) : "\(ours(result)); SPIN: \(spins(answer))"
  }

  private static func ours(_ result: SearchResult) -> String {
    switch result.verdict {
    case .holds, .vacuous:
      numbers(result.statistics.states, result.statistics.transitions)
    case .violated(let finding):
      "\(finding.violation), \(VerdictText.count(finding.length, "step"))"
    case .inconclusive(let reason): VerdictText.stop(reason)
    }
  }

  private static func spins(_ answer: Crosscheck.SpinAnswer) -> String {
    switch answer {
    case .holds(let states, let transitions): "no violation, \(numbers(states, transitions))"
    case .violated(let name, let steps):
      name + (steps.map { ", \(VerdictText.count($0, "step"))" } ?? "")
    }
  }

  private static func numbers(_ states: Int, _ transitions: Int) -> String {
    "\(VerdictText.count(states, "state")), \(VerdictText.count(transitions, "transition"))"
  }
}

extension Finding {
  /// The number of steps to the violation.
  fileprivate var length: Int { trace.entries.count }
}

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
