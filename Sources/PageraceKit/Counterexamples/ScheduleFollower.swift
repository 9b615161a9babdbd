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
    /// The schedule is done, and nothing is wrong.
    case passed
    /// The step with this number, from one on, cannot be taken; the start, if it is zero.
    case infeasible(step: Int, Obstacle)
  }

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
  private let situations: SituationJudge
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
  /// Where what was recorded was missing first, and the way went on without it; with the counts there.
  private var doubt: (end: End, inserted: Int, omitted: Int)?
  /// Whether a task has ended before all its recorded steps.
  private var isShortened = false
  /// How often the follower may still look how the code has changed.
  private var patience = 200

  /// How many steps the tasks may run on, to come to rest.
  private static let runOnLimit = 2_000

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
    return settle(isJudgedAtRest ? runOn() : .passed)
  }

  /// Returns the end that counts: a violation in any case, and otherwise what was in doubt first,
  /// unless each step has found its like.
  private mutating func settle(_ end: End) -> End {
    guard let doubt else { return end }
    switch end {
    case .violated: return end
    case .passed where !isShortened: return end
    case .passed, .infeasible:
      (insertedCount, omittedCount, rewordedCount) = (doubt.inserted, doubt.omitted, 0)
      return doubt.end
    }
  }

  private mutating func note(_ end: End) {
    if doubt == nil { doubt = (end, insertedCount, omittedCount) }
  }

  // MARK: - Steps

  private mutating func take(_ next: Pending) -> End? {
    guard let process = processes[next.step.task] else {
      return .infeasible(step: next.number, .noTask(next.step.task))
    }
    if let choices = next.detour.first {
      pending[0].detour.removeFirst()
      if let end = perform(process, choices) { return end }
      insertedCount += 1
      return nil
    }
    let location = system.location(of: process, in: values)
    if location.entry == nil {
      // It did more when it was recorded; whether that mattered will be seen.
      note(.infeasible(step: next.number, .ended(process)))
      pending.removeFirst()
      omittedCount += 1
      isShortened = true
      return nil
    }
    if !situations.isReady(process, in: values) {
      return .infeasible(step: next.number, .heldUp(process))
    }
    let ways = ways(of: process, in: values)
    let fitting = ways.filter { next.isLoose || matches($0, next.step, of: process) }
    if let best = Self.best(fitting, for: next.step) {
      pending.removeFirst()
      return perform(process, best.choices)
    }
    if let blocked = fitting.first {
      return .infeasible(step: next.number, .blocked(process, blocked.run))
    }
    patience -= 1
    if patience > 0, resynchronise(process) { return nil }
    let isGone = !isKnown(next.step.place, of: process)
    let obstacle = Obstacle.elsewhere(process, ways.first?.run, isGone: isGone)
    guard isGone, let way = Self.best(ways, for: next.step) else {
      return .infeasible(step: next.number, obstacle)
    }
    // Perhaps the statement has other words today, and does the same: whether it does will be seen.
    note(.infeasible(step: next.number, obstacle))
    rewordedCount += 1
    pending.removeFirst()
    return perform(process, way.choices)
  }

  /// Makes a move; returns an end if something is wrong then.
  private mutating func perform(_ process: ProcessID, _ choices: [Int]) -> End? {
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
      pending[0].detour = []
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

  // MARK: - After the schedule

  /// Whether what was recorded shows only when nothing has to run any more.
  private var isJudgedAtRest: Bool {
    guard let name = violation.property else { return violation.cause == .deadlock }
    return system.properties.contains { $0.name == name && $0.kind == .finally }
  }

  /// Lets tasks that have not ended run on, one after the other, until nothing more happens.
  private mutating func runOn() -> End {
    for _ in 0..<Self.runOnLimit {
      guard let next = nextToRunOn() else { return .passed }
      if let end = perform(next.process, next.choices) { return end }
      insertedCount += 1
    }
    return .passed
  }

  /// Returns who moves next: a task or a handler that runs, else a daemon, else an interrupt if
  /// somebody waits.
  private func nextToRunOn() -> (process: ProcessID, choices: [Int])? {
    let unfinished = Set(system.unfinished(in: values))
    func rank(_ process: Process) -> Int? {
      if unfinished.contains(process.name) { return 0 }
      if process.kind == .daemon { return 1 }
      return unfinished.isEmpty || process.kind == .task ? nil : 2
    }
    let order = system.processes.indices.compactMap { index in
      rank(system.processes[index]).map { (rank: $0, index: index) }
    }.sorted { $0 < $1 }
    for (_, index) in order {
      let process = ProcessID(index)
      let location = system.location(of: process, in: values)
      if location.entry == nil || location.isRest { continue }
      if let way = ways(of: process, in: values).first(where: \.isFeasible) {
        return (process, way.choices)
      }
    }
    return nil
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

  /// How many ways are looked at: a step with more choices is followed as far as that.
  private static let wayLimit = 512

  /// Returns all ways in which a process can go on in the given state, in the order of its choices.
  func ways(of process: ProcessID, in values: [Int64]) -> [Way] {
    let location = system.location(of: process, in: values)
    var ways: [Way] = []
    /// Adds the ways that begin with `choices`; returns false if there are none.
    func add(_ choices: [Int]) -> Bool {
      let run = replayer.step(process, choices: choices, from: values)
      guard case .noSuchChoice = run.outcome else {
        ways.append(
          Way(
            choices: choices, run: run, label: StepLabel(run.marks, at: location, in: system),
            text: StepLabel.telling(run.marks, in: system)?.text ?? location.text))
        return true
      }
      if run.choiceCount < choices.count { return false }
      var next = 0
      while ways.count < Self.wayLimit, add(choices + [next]) { next += 1 }
      return true
    }
    _ = add([])
    return ways
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
  private func isKnown(_ label: StepLabel, of process: ProcessID) -> Bool {
    known[process]?.contains(label) ?? false
  }
}

/// Why a task cannot take a recorded step.
enum Obstacle {
  /// The choices before the start are others today.
  case start
  /// There is no such task.
  case noTask(String)
  /// The task has ended.
  case ended(ProcessID)
  /// Its CPU does not let it run.
  case heldUp(ProcessID)
  /// It stands at the statement and waits.
  case blocked(ProcessID, Replayer.Run)
  /// It stands at another statement; with what it would do, and whether the recorded one is nowhere in
  /// its code.
  case elsewhere(ProcessID, Replayer.Run?, isGone: Bool)
}
