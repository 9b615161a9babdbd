internal import Execution
internal import Machine
internal import SourceText

/// Says why a task cannot take a recorded step.
struct ObstacleText {
  let system: TransitionSystem
  let catalog: SourceCatalog

  /// The most values that are listed.
  private static let longestList = 3

  /// Returns the reason as a phrase; `recorded` is the step that cannot be taken.
  func reason(_ obstacle: Obstacle, _ recorded: ScheduledStep?) -> String {
    switch obstacle {
    case .start: return "the choices before the start are not those that were recorded"
    case .noTask(let name):
      let names = system.processes.map(\.name).joined(separator: ", ")
      return "there is no task '\(name)' any more; there are \(names)"
    case .ended(let process): return "\(system[process].name) has ended by then"
    case .heldUp(let process):
      return "the CPU does not let \(system[process].name) run"
    case .manyWays(let process):
      return "\(system[process].name) has more than \(ScheduleFollower.wayLimit) choices there, "
        + "and the recorded one is not where it was"
    case .blocked(let process, let run):
      return "\(system[process].name) is blocked there" + place(run, " (", ")") + waiting(run)
    case .elsewhere(let process, let run, let isGone):
      let name = system[process].name
      guard let run, let mark = StepLabel.telling(run.marks, in: system) else {
        return "\(name) is somewhere else"
      }
      let here = "\(name) is at '\(mark.text)'" + place(run, " (", ")")
      let isBlocked = if case .disabled = run.outcome { true } else { false }
      let state = isBlocked ? ", blocked" + waiting(run) : ""
      guard let recorded, isGone else { return here + ", which was not recorded" + state }
      return "\(name) has no \(recorded.place.description) any more; " + here + state
    }
  }

  /// Returns the line of what a run performs, in the model's own file if a call there leads to it.
  private func place(_ run: Replayer.Run, _ before: String, _ after: String) -> String {
    guard let mark = StepLabel.telling(run.marks, in: system) else { return "" }
    let step = system[mark.step]
    let own = step.span.file == FileID(0)
    let span = own ? step.span : step.frames.last { $0.span.file == FileID(0) }?.span ?? step.span
    let place = catalog.place(of: span)
    return before + (place.split(separator: "/").last.map(String.init) ?? place) + after
  }

  /// Returns the values that a blocked run waits for others to change.
  private func waiting(_ run: Replayer.Run) -> String {
    let telling = run.failingReads.filter { id in
      switch system[id].role {
      case .data, .ghost, .bookkeeping: true
      case .local, .programCounter, .live, .ledger: false
      }
    }
    if telling.isEmpty { return "" }
    let values = telling.prefix(Self.longestList).map { id in
      "\(system[id].name) is \(system.text(of: run.values[Int(id.index)], in: id))"
    }
    return ": " + values.joined(separator: ", ")
  }
}
