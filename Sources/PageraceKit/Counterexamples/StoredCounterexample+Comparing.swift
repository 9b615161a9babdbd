internal import Exploration
internal import Machine
internal import Reports

extension StoredCounterexample {
  /// Returns in which way a finding of today differs from what was recorded, as a phrase; nil if it is
  /// the same.
  ///
  /// It is the same if the same thing is wrong: the same property, the same tasks in a deadlock, or the
  /// same violation at the same statement of the same task, however it is called today.
  func difference(to finding: Finding, in system: TransitionSystem) -> String? {
    let last = finding.trace.entries.last
    let today = Violation(
      finding.cause, finding.violation, after: last?.values ?? finding.trace.initialValues,
      in: system)
    let length = VerdictText.count(finding.trace.entries.count, "step")
    if today.name != violation.name {
      return "\(today.name) after \(length), where it was \(violation.name) "
        + "after \(VerdictText.count(steps.count, "step"))"
    }
    if today.cause != violation.cause || today.property != violation.property {
      return "\(today.description), where it was \(violation.description)"
    }
    if let waiting = today.waiting, waiting != violation.waiting {
      return "another deadlock: \(waiting.joined(separator: ", ")) wait, where it was "
        + (violation.waiting ?? []).joined(separator: ", ")
    }
    if today.cause == .failure { return placeDifference(to: finding, in: system) }
    return nil
  }

  /// Returns how the failing step differs from the recorded one; nil if it does not.
  private func placeDifference(to finding: Finding, in system: TransitionSystem) -> String? {
    guard let recorded = steps.last, let last = finding.trace.entries.last else {
      // Without any step, both fail before the start, or only one of them does.
      let isSame = steps.isEmpty && finding.trace.entries.isEmpty
      return isSame ? nil : "\(violation.name) again, but not as late"
    }
    let values = finding.trace.entries.dropLast().last?.values ?? finding.trace.initialValues
    let location = system.location(of: last.process, in: values)
    let label = StepLabel(last.marks, at: location, in: system)
    let task = system[last.process].name
    if task == recorded.task, label.text == recorded.label { return nil }
    // A statement with another text, in the same place of the same functions, is the same one reworded.
    let isReworded =
      task == recorded.task && label.functions == recorded.functions
      && !system.steps.contains { $0.process == last.process && StepLabel($0) == recorded.place }
    if isReworded { return nil }
    return "\(violation.name) again, but \(task) fails at \(label.description), where it was "
      + "\(recorded.task) at \(recorded.place.description)"
  }
}

extension StoredCounterexample.Violation {
  /// What is wrong, in words.
  fileprivate var description: String {
    switch cause {
    case .failure: "\(name) in a step"
    case .property: "'\(property ?? name)' is false"
    case .propertyFailure: "'\(property ?? name)' cannot be judged (\(name))"
    case .deadlock: "a deadlock"
    }
  }
}
