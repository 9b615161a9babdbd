import Machine

extension NaiveChecker {
  /// Checks everything, and prefers the violation with the fewest preemptions, then that with the fewest
  /// steps.
  ///
  /// The costs of all pairs of a state and the process that moved last are lowered until none gets lower.
  public func checkByPreemptions() -> Answer {
    var answer = Answer()
    var best: (order: [Int], violation: String)?
    func note(_ order: [Int], _ violation: String) {
      if let best, !order.lexicographicallyPrecedes(best.order) { return }
      best = (order, violation)
    }
    var costs: [[Int64]: [Int: [Int]]] = [:]
    var pending: [[Int64]] = []
    for end in runs(system.prelude, system.defaults, process: nil) {
      if case .arrived(let state) = end {
        costs[state] = [-1: [0, 0]]
        pending.append(state)
      }
      if case .failed(let failure) = end {
        note([0, 0, 0, -1, Int(failure.index)], system[failure].violation)
      }
    }
    while let state = pending.popLast() {
      let ends = system.processes.indices.map { moves(of: $0, in: state) }
      for (last, cost) in costs[state] ?? [:] {
        let couldGoOn = last >= 0 && !ends[last].isEmpty && !isIdle(last, in: state)
        for mover in ends.indices {
          let next = [cost[0] + (couldGoOn && last != mover ? 1 : 0), cost[1] + 1]
          for case .arrived(let successor) in ends[mover] {
            if let known = costs[successor]?[mover], !next.lexicographicallyPrecedes(known) {
              continue
            }
            costs[successor, default: [:]][mover] = next
            pending.append(successor)
          }
        }
      }
    }
    for (state, lasts) in costs {
      let ends = system.processes.indices.map { moves(of: $0, in: state) }
      answer.transitions += ends.joined().count { if case .arrived = $0 { true } else { false } }
      let enabled = ends.indices.filter { !ends[$0].isEmpty }
      let wrong = wrong(in: state, enabled: enabled, &answer.witnessed)
      for (last, cost) in lasts {
        for (order, violation) in wrong { note(cost + order, violation) }
        let couldGoOn = last >= 0 && enabled.contains(last) && !isIdle(last, in: state)
        for mover in enabled {
          for case .failed(let failure) in ends[mover] {
            let cost = [cost[0] + (couldGoOn && last != mover ? 1 : 0), cost[1] + 1]
            note(cost + [0, mover, Int(failure.index)], system[failure].violation)
          }
        }
      }
    }
    answer.states = costs.count
    if let best {
      (answer.violation, answer.preemptions, answer.steps) = (
        best.violation, best.order[0], best.order[1]
      )
      answer.witnessed = []
    }
    return answer
  }
}
