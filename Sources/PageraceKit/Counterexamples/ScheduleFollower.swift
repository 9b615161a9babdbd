internal import Execution
internal import Exploration
internal import Machine

/// Follows a stored schedule on a system that may have changed since it was recorded.
///
/// A step is taken if its task stands at the recorded statement; its choices are those that lead there.
/// Where the task stands elsewhere, the code has changed: then the follower looks how the recorded
/// statements of the task and those of today fit together with the fewest left out and put in (see
/// ``resynchronise(_:)``), and goes on.
struct ScheduleFollower {
  /// How the way ended.
  enum End {
    /// Something is wrong after the last move; with the text of a failure.
    case violated(Finding.Cause, text: String)
    /// Nothing is wrong: the schedule is done; or it was left, and everything has ended some other way.
    case passed
    /// The step with this number, from one on, cannot be taken; the start, if it is zero.
    case infeasible(step: Int, Obstacle)
    /// What was recorded shows when nothing moves any more, and the tasks go on and on.
    case restless
  }

  /// Where the way of today is not the recorded one for the first time, and why.
  typealias Departure = (step: Int, obstacle: Obstacle)

  /// A recorded step that is still to come.
  struct Pending {
    var step: ScheduledStep
    let number: Int
    /// Whether any statement will do: the recorded one has another name today.
    var isLoose = false
    /// The choices of the steps that come before it today and did not when it was recorded.
    var detour: [[Int]] = []
  }

  let system: TransitionSystem
  let replayer: Replayer
  let violation: StoredCounterexample.Violation
  let situations: SituationJudge
  private let initialChoices: [Int]
  private let processes: [String: ProcessID]
  private let known: [ProcessID: Set<StepLabel>]

  /// The moves that were made.
  private(set) var moves: [TraceReplayer.Move] = []
  /// The recorded steps that are still to come, in order.
  var pending: [Pending]
  /// Where the moves have led.
  private(set) var values: [Int64] = []
  /// How many steps were put in, and how many recorded ones were left out.
  private(set) var insertedCount = 0
  var omittedCount = 0
  /// How many steps were taken for recorded ones although they have other words today.
  private(set) var rewordedCount = 0
  /// The first recorded step that was left out.
  private(set) var departure: Departure?
  /// The first recorded step whose statement is gone, and for which another one was taken.
  private var rewording: Departure?
  /// Whether a task has ended before all its recorded steps.
  private(set) var isShortened = false
  /// The processes that go another way than was recorded.
  private var strays: [ProcessID] = []
  /// How many steps were taken behind the last recorded one.
  var addedCount = 0
  /// How often the follower may still look how the code has changed.
  private var patience = 200

  init(_ stored: StoredCounterexample, on system: TransitionSystem) {
    self.system = system
    replayer = Replayer(system)
    situations = SituationJudge(system)
    violation = stored.violation
    initialChoices = stored.initialChoices
    pending = stored.steps.enumerated().map { Pending(step: $1, number: $0 + 1) }
    processes = Dictionary(
      system.processes.enumerated().map { ($1.name, ProcessID($0)) },
      uniquingKeysWith: { a, _ in a })
    known = Dictionary(grouping: system.steps.filter { $0.kind != .call }, by: \.process)
      .mapValues { Set($0.map { StepLabel($0) }) }
  }

  /// Follows the schedule to its end.
  mutating func follow() -> End {
    let start = replayer.start(choices: initialChoices)
    switch start.outcome {
    case .failed(let failure, let value, let text):
      return .violated(.failure(failure, value: value), text: text)
    case .arrived where start.choiceCount == initialChoices.count: values = start.values
    default: return .infeasible(step: 0, .start)
    }
    if let end = verdict() { return end }
    while let next = pending.first {
      if let end = take(next) { return settle(end) }
    }
    return settle(runOn())
  }

  /// Returns the end that counts: if a step cannot be taken after others were taken for those that are
  /// gone, it is these that matter.
  private func settle(_ end: End) -> End {
    if case .infeasible = end, let rewording {
      return .infeasible(step: rewording.step, rewording.obstacle)
    }
    return end
  }

  /// Remembers where the recorded way is left, if it is the first time.
  mutating func noteDeparture(at step: Int, _ obstacle: Obstacle) {
    if departure == nil { departure = (step, obstacle) }
  }

  // MARK: - Steps

  private mutating func take(_ next: Pending) -> End? {
    guard let process = processes[next.step.task] else {
      return .infeasible(step: next.number, .noTask(next.step.task))
    }
    if let choices = next.detour.first {
      pending[0].detour.removeFirst()
      let count = moves.count
      let end = perform(process, choices)
      insertedCount += moves.count - count
      return end
    }
    let location = system.location(of: process, in: values)
    if location.entry == nil {
      // It did more when it was recorded; whether that mattered will be seen.
      noteDeparture(at: next.number, .ended(process))
      pending.removeFirst()
      omittedCount += 1
      isShortened = true
      return nil
    }
    if !situations.isReady(process, in: values) {
      return letOthersGo { .infeasible(step: next.number, .heldUp(process)) }
    }
    if let recorded = way(of: process, next.step.choices, in: values), recorded.isFeasible,
      recorded.rank(for: next.step) == 0
    {
      pending.removeFirst()
      return perform(process, recorded.choices)
    }
    let ways = ways(of: process, in: values)
    let fitting = ways.filter { next.isLoose || matches($0, next.step, of: process) }
    if let best = Self.best(fitting, for: next.step) {
      pending.removeFirst()
      return perform(process, best.choices)
    }
    if let blocked = fitting.first {
      return letOthersGo { .infeasible(step: next.number, .blocked(process, blocked.run)) }
    }
    if ways.count >= Self.wayLimit { return .infeasible(step: next.number, .manyWays(process)) }
    patience -= 1
    if patience > 0, resynchronise(process) { return nil }
    let isGone = !isKnown(next.step.place, of: process)
    let obstacle = Obstacle.elsewhere(process, ways.first?.run, isGone: isGone)
    let way = Self.best(ways, for: next.step)
    if way == nil, !isIdle(process) {
      return letOthersGo { .infeasible(step: next.number, obstacle) }
    }
    guard isGone, let way else {
      // It will not come by what was recorded; whether it does harm on its own way will be seen.
      noteDeparture(at: next.number, obstacle)
      leave(process)
      return nil
    }
    // Perhaps the statement has other words today, and does the same: whether it does will be seen.
    if rewording == nil { rewording = (next.number, obstacle) }
    noteDeparture(at: next.number, obstacle)
    rewordedCount += 1
    pending.removeFirst()
    return perform(process, way.choices)
  }

  /// Whether the process is an interrupt that does not run: like a task that has ended, it does not wait.
  private func isIdle(_ process: ProcessID) -> Bool {
    guard case .interrupt = system[process].kind else { return false }
    return values[Int(system[process].programCounter.index)] == 0
  }

  /// Leaves out all that is recorded of a process: it goes its own way.
  private mutating func leave(_ process: ProcessID) {
    let count = pending.count
    pending.removeAll { processes[$0.step.task] == process }
    omittedCount += count - pending.count
    isShortened = true
    strays.append(process)
  }

  /// Lets those that have left the recorded way go on, so that others can; returns what `otherwise` says if
  /// they do not move.
  private mutating func letOthersGo(_ otherwise: () -> End) -> End? {
    var seen: Set<[Int64]> = [values]
    let count = moves.count
    for process in strays {
      while moves.count - count < Self.runOnLimit, let move = move(of: process, besides: seen) {
        if let end = perform(process, move) { return end }
        insertedCount += 1
        seen.insert(values)
      }
    }
    return moves.count > count ? nil : otherwise()
  }

  /// Makes a move, if it can be made; returns an end if something is wrong then.
  mutating func perform(_ process: ProcessID, _ choices: [Int]) -> End? {
    let run = replayer.step(process, choices: choices, from: values)
    switch run.outcome {
    case .failed(let failure, let value, let text):
      moves.append(.init(process: process, choices: choices))
      return .violated(.failure(failure, value: value), text: text)
    case .arrived:
      moves.append(.init(process: process, choices: choices))
      values = run.values
      return verdict()
    case .disabled, .result, .noSuchChoice:
      // A detour that others have closed meanwhile: the next look will find another, or none.
      if !pending.isEmpty { pending[0].detour = [] }
      return nil
    }
  }

  /// Returns an end if something is wrong in the state reached: what was recorded, if that is among it.
  private func verdict() -> End? {
    let causes = situations.causes(in: values)
    let cause =
      causes.first {
        violation
          == StoredCounterexample.Violation(
            $0, $0.violation(in: system), after: values, in: system)
      } ?? causes.first
    return cause.map { cause in
      var text = ""
      if case .propertyFailure(let property, _, _) = cause,
        case .failed(_, _, let failureText) = replayer.judge(
          system[property].entry, in: values
        ).outcome
      {
        text = failureText
      }
      return .violated(cause, text: text)
    }
  }

  // MARK: - Ways

  /// One way in which a process can go on, or could if it were not blocked.
  struct Way {
    let choices: [Int]
    let run: Replayer.Run
    let label: StepLabel
    /// What it does, with the objects filled in.
    let text: String

    var isFeasible: Bool {
      switch run.outcome {
      case .arrived, .failed: true
      case .disabled, .result, .noSuchChoice: false
      }
    }

    /// How well it fits a recorded step: less is better.
    func rank(for step: ScheduledStep) -> Int {
      (label == step.place ? 0 : 4) + (text == step.text ? 0 : 2)
        + (choices == step.choices ? 0 : 1)
    }
  }

  /// How many ways are looked at.
  static let wayLimit = 512

  /// Returns all ways in which a process can go on in the given state, in the order of its choices.
  func ways(of process: ProcessID, in values: [Int64]) -> [Way] {
    var ways: [Way] = []
    /// Adds the ways that begin with `choices`; returns false if there are none.
    func add(_ choices: [Int]) -> Bool {
      if let way = way(of: process, choices, in: values) {
        ways.append(way)
        return true
      }
      let used = replayer.step(process, choices: choices, from: values).choiceCount
      if used < choices.count { return false }
      var next = 0
      while ways.count < Self.wayLimit, add(choices + [next]) { next += 1 }
      return true
    }
    _ = add([])
    return ways
  }

  /// Returns the way in which a process goes on with the given choices; nil if it has fewer or more.
  private func way(of process: ProcessID, _ choices: [Int], in values: [Int64]) -> Way? {
    let run = replayer.step(process, choices: choices, from: values)
    if case .noSuchChoice = run.outcome { return nil }
    if run.choiceCount < choices.count { return nil }
    let location = system.location(of: process, in: values)
    return Way(
      choices: choices, run: run, label: StepLabel(run.marks, at: location, in: system),
      text: StepLabel.telling(run.marks, in: system)?.text ?? location.text)
  }

  /// Returns the way that can be gone and fits a recorded step best.
  private static func best(_ ways: [Way], for step: ScheduledStep) -> Way? {
    ways.filter(\.isFeasible).min { $0.rank(for: step) < $1.rank(for: step) }
  }

  /// Whether a way of today is a recorded step: its label is the same; or the recorded label is gone,
  /// and what is done or the words of the statement are the same, in functions or with locals of other
  /// names.
  func matches(_ way: Way, _ recorded: ScheduledStep, of process: ProcessID) -> Bool {
    if way.label == recorded.place { return true }
    return (way.label.text == recorded.label || way.text == recorded.text)
      && !isKnown(recorded.place, of: process)
  }

  /// Whether the process has a step with this label today.
  func isKnown(_ label: StepLabel, of process: ProcessID) -> Bool {
    known[process]?.contains(label) ?? false
  }
}
