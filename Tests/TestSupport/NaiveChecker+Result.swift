public import Exploration
import Machine

extension NaiveChecker.Answer {
  /// Puts the result of a search into the form of the naive checker's answer.
  public init(_ result: SearchResult) {
    self.init()
    states = result.statistics.states
    transitions = result.statistics.transitions
    if case .violated(let finding) = result.verdict {
      violation = finding.violation
      steps = finding.trace.entries.count
      preemptions = finding.preemptions
    } else {
      witnessed = Set(result.witnessed.map { Int($0.index) })
    }
  }
}
