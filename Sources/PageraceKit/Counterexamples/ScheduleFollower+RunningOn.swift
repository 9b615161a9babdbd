internal import Execution
internal import Machine

extension ScheduleFollower {
  /// How many steps the tasks may run on, to come to rest.
  static let runOnLimit = 2_000

  /// Whether what was recorded shows only when nothing has to run any more.
  private var isJudgedAtRest: Bool {
    guard let name = violation.property else { return violation.cause == .deadlock }
    return system.properties.contains { $0.name == name && $0.kind == .finally }
  }

  /// Who goes on behind the last recorded step.
  private enum Order: CaseIterable {
    /// Whoever moved last, until it has to stop; then the others, one after the other.
    case oneByOne
    /// One after the other, a step each.
    case inTurn
  }

  /// Lets everybody run on behind the last recorded step until nothing new happens, and judges what comes of
  /// it.
  ///
  /// The statement that failed may stand one step further on today, in one task or in two that must be there
  /// at once, and a task that has left the recorded way may do its harm on another one. So two orders are
  /// tried; what was recorded counts before anything else that is wrong.
  mutating func runOn() -> End {
    let start = self
    var best: (end: End, follower: Self)?
    for order in Order.allCases {
      self = start
      let end = runOn(order)
      if case .violated(let cause, _) = end {
        let found = StoredCounterexample.Violation(
          cause, cause.violation(in: system), after: values, in: system)
        if found == violation { return end }
        if case .violated = best?.end { continue }
        best = (end, self)
      } else if best == nil {
        best = (end, self)
      }
    }
    guard let best else { return .passed }
    self = best.follower
    return best.end
  }

  private mutating func runOn(_ order: Order) -> End {
    var seen: Set<[Int64]> = [values]
    var hasRested = situations.isAtRest(in: values)
    while addedCount < Self.runOnLimit, let next = nextMove(order, besides: seen) {
      addedCount += 1
      if let end = perform(next.process, next.choices) { return end }
      seen.insert(values)
      hasRested = hasRested || situations.isAtRest(in: values)
    }
    if hasRested { return .passed }
    if isShortened, let departure { return .infeasible(step: departure.step, departure.obstacle) }
    return isJudgedAtRest ? .restless : .passed
  }

  /// Returns the first move that fails or leads to a state outside of `seen`; nil if there is none.
  private func nextMove(
    _ order: Order, besides seen: Set<[Int64]>
  ) -> (process: ProcessID, choices: [Int])? {
    let last = moves.last.map { Int($0.process.index) } ?? 0
    /// Tasks come before daemons, and interrupts are last.
    func rank(_ index: Int) -> (kind: Int, turn: Int) {
      let count = system.processes.count
      let turn = order == .inTurn ? (index + count - last - 1) % count : index
      return switch system.processes[index].kind {
      case _ where order == .oneByOne && index == last: (0, 0)
      case .task: (1, turn)
      case .daemon: (2, turn)
      case .interrupt: (3, turn)
      }
    }
    for index in system.processes.indices.sorted(by: { rank($0) < rank($1) }) {
      let process = ProcessID(index)
      if let choices = move(of: process, besides: seen) { return (process, choices) }
    }
    return nil
  }

  /// Returns the choices of the first move of a process that fails or leads to a state outside of `seen`; nil
  /// if there is none.
  func move(of process: ProcessID, besides seen: Set<[Int64]>) -> [Int]? {
    if system.location(of: process, in: values).entry == nil { return nil }
    return ways(of: process, in: values).first { way in
      switch way.run.outcome {
      case .failed: true
      case .arrived: !seen.contains(way.run.values)
      case .disabled, .result, .noSuchChoice: false
      }
    }?.choices
  }
}
