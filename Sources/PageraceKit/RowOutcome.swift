public import Exploration

/// How the outcome of a run compares with what its row expects.
public enum RowOutcome: Hashable, Sendable {
  /// It is what was expected.
  case asExpected
  /// It is something else; with the name of what was found: a violation, or `pass`.
  case different(String)
  /// A limit was reached first.
  case inconclusive
  /// Nothing is violated, as expected, but something that should be reached is not.
  case vacuous

  /// Compares a verdict with the expectation: `pass`, or the name of a violation or property.
  public init(_ verdict: Verdict, expectation: String) {
    switch verdict {
    case .holds:
      self = expectation == "pass" ? .asExpected : .different("pass")
    case .vacuous:
      self = expectation == "pass" ? .vacuous : .different("pass")
    case .violated(let finding):
      self = finding.violation == expectation ? .asExpected : .different(finding.violation)
    case .inconclusive:
      self = .inconclusive
    }
  }
}
