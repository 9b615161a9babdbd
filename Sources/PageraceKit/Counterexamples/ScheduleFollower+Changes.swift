internal import Execution
internal import Machine

extension ScheduleFollower {
  /// How far ahead a changed task is looked at: steps of its own, states, and recorded steps.
  private static let longestDetour = 40
  private static let stateLimit = 400
  private static let recordedLimit = 80

  /// How recorded and present steps of a task fit together from where it stands.
  private struct Fit {
    /// The choices of the steps that it takes today before the statement that fits.
    let path: [[Int]]
    /// How many of its recorded steps come before that statement.
    let skipped: Int
    let cost: Int
  }

  /// Finds out how the code of a task has changed at the point where it stands, and mends what is
  /// pending; returns false if nothing fits.
  ///
  /// The task is run ahead on its own until it stands at a statement that is recorded for later. Of all
  /// ways to do so, the one with the fewest steps put in or left out is taken. As many recorded steps
  /// as were taken today count as renamed and keep their turn; what is left is omitted, or is taken
  /// just before the statement.
  ///
  /// - Complexity: limited to some hundred states.
  mutating func resynchronise(_ process: ProcessID) -> Bool {
    let own = pending.indices.filter { pending[$0].step.task == system[process].name }
      .prefix(Self.recordedLimit)
    guard let fit = bestFit(process, own.map { pending[$0].step }) else { return false }
    let renamed = min(fit.path.count, fit.skipped)
    for (index, choices) in zip(own, fit.path).prefix(renamed) {
      pending[index].isLoose = true
      pending[index].step.choices = choices
    }
    pending[own[fit.skipped]].detour = Array(fit.path.dropFirst(renamed))
    let omitted = own[renamed..<fit.skipped]
    if !omitted.isEmpty {
      let step = pending[own[0]]
      let isGone = !isKnown(step.step.place, of: process)
      let run = ways(of: process, in: values).first?.run
      noteDeparture(at: step.number, .elsewhere(process, run, isGone: isGone))
    }
    omittedCount += omitted.count
    for index in omitted.reversed() { pending.remove(at: index) }
    return true
  }

  private func bestFit(_ process: ProcessID, _ recorded: [ScheduledStep]) -> Fit? {
    var best: Fit?
    var queue: [(values: [Int64], path: [[Int]])] = [(values, [])]
    var next = 0
    while next < queue.count {
      let (values, path) = queue[next]
      next += 1
      if let best, best.cost <= 2 * path.count { break }
      for way in ways(of: process, in: values) {
        for (skipped, step) in recorded.enumerated()
        where skipped + path.count > 0 && matches(way, step, of: process) {
          let cost = 2 * max(path.count, skipped) + (way.isFeasible ? 0 : 1)
          if cost < best?.cost ?? .max { best = Fit(path: path, skipped: skipped, cost: cost) }
        }
        if case .arrived = way.run.outcome, path.count < Self.longestDetour,
          queue.count < Self.stateLimit,
          system.location(of: process, in: way.run.values).entry != nil
        {
          queue.append((way.run.values, path + [way.choices]))
        }
      }
    }
    return best
  }
}
