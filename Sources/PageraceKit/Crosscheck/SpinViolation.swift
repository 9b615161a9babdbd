internal import Exploration
internal import Promela

/// A violation that SPIN has found, in our terms.
struct SpinViolation {
  /// What `expect` calls it.
  let name: String
  /// The number of steps to it; nil if SPIN's depth does not tell.
  let steps: Int?
  /// Whether it is a failing step, which SPIN meets one level before the states behind it.
  private let isStep: Bool
  /// Whether it is a loop that may only be long.
  let isUncertain: Bool

  /// Translates a violation; nil if the model has no such assertion.
  init?(_ kind: PanReport.Violation, depth: Int, in model: PromelaModel) {
    var isProperty = false
    switch kind {
    case .invalidEndState:
      name = "deadlock"
      isStep = false
      isUncertain = false
    case .assertion(let number):
      guard model.violations.indices.contains(number - 1) else { return nil }
      let violation = model.violations[number - 1]
      name = violation.name
      if case .manyTurns = violation { isUncertain = true } else { isUncertain = false }
      if case .property = violation { isProperty = true }
      isStep = !isProperty
    }
    // SPIN's depth is that of the state in which a violation is met, before a step that fails. If there are
    // several ways to start, the start is a step of its own.
    steps =
      model.hasAtomicSteps || model.extraStates > 0 ? nil : depth + (isStep ? 1 : 0)
  }

  /// Whether our finding is the same, or another at the same distance.
  ///
  /// SPIN stops at the first violation that it meets. That can be a failing step, one step longer than
  /// a state of the same level which it has not come to yet.
  func agrees(with finding: Finding) -> Bool {
    let ours = finding.trace.entries.count
    guard let steps else { return true }
    if steps == ours { return true }
    if case .failure = finding.cause { return false }
    return isStep && steps == ours + 1
  }
}
