public import Machine

extension Replayer {
  /// A run of a step with what its choices gave.
  public struct ChosenRun: Sendable {
    /// What the choices gave, one number for each.
    public var choices: [Int]
    /// What happened.
    public var run: Run
  }

  /// Returns all ways in which a process can go on from the state with the given values, those that it would
  /// have to wait for included: in the order of its choices, as far as `limit`.
  ///
  /// - Complexity: O(*n*) runs for *n* ways, times the number of choices in one.
  public func runs(
    of process: ProcessID, from values: [Int64], limit: Int
  ) -> (runs: [ChosenRun], isCut: Bool) {
    var found: [ChosenRun] = []
    var next: [Int]? = []
    while let choices = next {
      let run = step(process, choices: choices, from: values)
      if run.choiceCount < choices.count {
        // The last choice was one too many; then it is the turn of the one before.
        let rest = choices.dropLast()
        next = rest.last.map { rest.dropLast() + [$0 + 1] }
      } else if run.outcome == .noSuchChoice {
        next = choices + [0]
      } else if found.count >= limit {
        return (found, true)
      } else {
        found.append(ChosenRun(choices: choices, run: run))
        next = choices.last.map { choices.dropLast() + [$0 + 1] }
      }
    }
    return (found, false)
  }
}
