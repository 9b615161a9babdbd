internal import Exploration
internal import PageraceKit
internal import Reports
internal import SourceText

/// What `pagerace crosscheck` says of one row.
enum CrosscheckLine {
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
    return RowLine.text(word, style, title: title, text, paint)
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
