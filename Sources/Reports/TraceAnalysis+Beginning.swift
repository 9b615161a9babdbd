internal import Execution
internal import Exploration
internal import Machine

extension TraceAnalysis {
  /// Returns what a process did before the first step to give the value with the given root: the source step,
  /// and its text; nil if it is what the scenario made it, or if that is not known.
  func beginning(of root: VariableID) -> (step: Step, text: String)? {
    let run = Replayer(system).start(choices: finding.trace.initialChoices)
    let written = aggregates.members(of: root).compactMap { variable in
      run.writers[variable].flatMap { canWrite(run.marks[$0].step, variable) ? $0 : nil }
    }.max()
    return written.map { (system[run.marks[$0].step], run.marks[$0].text) }
  }

  /// Whether the code of a step can write a variable.
  ///
  /// Not everything has a mark of its own, and before the first step the processes come one after the other:
  /// what the next one does without a mark is not done by the last one that had one.
  private func canWrite(_ step: StepID, _ variable: VariableID) -> Bool {
    var pending = system.code.indices.filter { index in
      if case .mark(step) = system.code[index] { true } else { false }
    }.map { $0 + 1 }
    var seen: Set<Int> = []
    while let index = pending.popLast() {
      guard system.code.indices.contains(index), seen.insert(index).inserted else { continue }
      switch system.code[index] {
      case .assign(let place, _):
        if case .programCounter = system[place.base].role { continue }
        if Self.covers(place, variable) { return true }
        pending.append(index + 1)
      case .branch(_, let whenTrue, let whenFalse):
        pending += [Int(whenTrue.index), Int(whenFalse.index)]
      case .jump(let destination): pending.append(Int(destination.index))
      case .mark, .arrive, .done, .result: continue
      default: pending.append(index + 1)
      }
    }
    return false
  }

  /// Whether a place can be a variable, whatever its indexes are.
  private static func covers(_ place: Place, _ variable: VariableID) -> Bool {
    let first = Int(place.base.index)
    let last = first + place.terms.reduce(0) { $0 + ($1.count - 1) * $1.stride }
    return (first...max(first, last)).contains(Int(variable.index))
  }
}
