public import Exploration
public import Machine
public import Reports
public import SourceText
internal import Semantics

/// What a stored counterexample comes to on the model as it is today.
public struct CounterexampleReplay: Sendable {
  /// What came of it.
  public enum Answer: Sendable {
    /// It still fails, with the same violation.
    case same(Finding)
    /// It fails differently, in the way given: a phrase.
    case different(Finding, String)
    /// Nothing is wrong: all its steps can be taken, apart from those that are gone; or all tasks end some
    /// other way.
    case passes
    /// What was recorded shows when the tasks have ended, and they go on and on: in this many steps they
    /// have not come to rest.
    case restless(steps: Int)
    /// The step with this number, from one on, cannot be taken, for the reason given; the start, if it
    /// is zero.
    case infeasible(step: Int, reason: String)
  }

  /// What was recorded.
  public var stored: StoredCounterexample
  /// What it is a counterexample of.
  public var description: RunDescription
  /// The answer.
  public var answer: Answer
  /// What it was replayed on.
  public var system: TransitionSystem
  /// The files of the model.
  public var catalog: SourceCatalog
  /// Whether the model's text has changed since it was recorded.
  public var hasChanged: Bool
  /// How many steps were taken that were not there when it was recorded.
  public var insertedCount: Int
  /// How many recorded steps were left out, because they are not there any more.
  public var omittedCount: Int
  /// How many steps were taken for recorded ones although the statement has other words today.
  public var rewordedCount: Int
  /// How many steps were taken behind the last recorded one.
  public var addedCount: Int
  /// The first recorded step that was left out, and what is there today, as a phrase; nil if there is none.
  public var departure: (step: Int, reason: String)?
  /// Whether a task has ended before all its recorded steps.
  var isShortened: Bool

  /// Whether it still fails with the same violation.
  public var isSame: Bool {
    if case .same = answer { true } else { false }
  }

  /// The answer as one phrase, such as `still fails, same violation: deadlock after 21 steps`.
  public var sentence: String {
    switch answer {
    case .same(let finding):
      "still fails, same violation: \(finding.violation) after "
        + VerdictText.count(finding.trace.entries.count, "step")
    case .different(_, let how): "fails differently: \(how)"
    case .passes: "now passes: \(taken), and nothing is wrong"
    case .restless(let steps):
      "cannot be judged: \(taken), and the tasks do not come to rest in \(steps) more"
    case .infeasible(0, let reason): "no longer feasible at the start: \(reason)"
    case .infeasible(let step, let reason):
      "no longer feasible at \(place(of: step)): \(reason)"
    }
  }

  /// How many of the recorded steps were taken, as a phrase.
  private var taken: String {
    let count = stored.steps.count
    if count == 0 { return "the start can be made" }
    if omittedCount == 0 { return "all \(VerdictText.count(count, "step")) can be taken" }
    return "\(count - omittedCount) of \(VerdictText.count(count, "step")) can be taken"
      + (isShortened ? ", the tasks end another way" : "")
  }

  /// A step by its number and what was recorded there.
  private func place(of step: Int) -> String {
    "step \(step) of \(stored.steps.count) "
      + "(\(stored.steps[step - 1].task): \(stored.steps[step - 1].text))"
  }

  /// Where the schedule was left for the first time and why, as a sentence; nil if it was not, or if the
  /// answer says it.
  public var detour: String? {
    guard let departure else { return nil }
    switch answer {
    case .infeasible(departure.step, _): return nil
    case .infeasible(let step, _) where step < departure.step: return nil
    default: return "it was left at \(place(of: departure.step)): \(departure.reason)"
    }
  }

  /// How the model differs from what was recorded, as a phrase; nil if there is nothing to say.
  public var changes: String? { differences(adding: finding == nil ? 0 : addedCount) }

  fileprivate func differences(adding addedCount: Int) -> String? {
    let parts = [
      (insertedCount, "put in"), (omittedCount, "left out"), (rewordedCount, "reworded"),
      (addedCount, "added at the end"),
    ].filter { $0.0 > 0 }.map { "\(VerdictText.count($0.0, "step")) \($0.1)" }
    return parts.isEmpty ? nil : "with " + parts.joined(separator: ", ")
  }

  /// The violation that it shows today; nil if none.
  public var finding: Finding? {
    switch answer {
    case .same(let finding), .different(let finding, _): finding
    case .passes, .restless, .infeasible: nil
    }
  }

  /// Returns the diagram of the violation that it shows today; nil if none.
  public func report(style: TextReport.Style = .init()) -> String? {
    finding.map { finding in
      let result = SearchResult(
        verdict: .violated(finding), statistics: SearchStatistics(), witnessed: [])
      return TextReport(
        description, system: system, result: result, catalog: catalog, style: style
      ).render()
    }
  }
}

extension Model {
  /// Replays a stored counterexample on this model.
  ///
  /// - Throws: a ``ReplayProblem`` if there is no such check under such bugs and options.
  /// - Complexity: the length of the schedule times that of one step; nothing is searched.
  public func replay(
    _ stored: StoredCounterexample, at path: String? = nil
  ) throws(ReplayProblem) -> CounterexampleReplay {
    let (plain, found) = analyze(Configuration())
    guard let plain else { throw .rejected(diagnostics + found) }
    guard plain.checks.contains(where: { $0.name == stored.check }) else {
      throw .noCheck(stored.check)
    }
    if let bug = stored.bugs.first(where: { id in !plain.bugs.contains { $0.id == id } }) {
      throw .noBug(bug)
    }
    let options = stored.options.map(\.name)
    if let option = options.first(where: { name in !plain.options.contains { $0.name == name } }) {
      throw .noOption(option)
    }
    let run = CheckRun(
      check: stored.check,
      configuration: Configuration(
        bugs: Set(stored.bugs),
        options: Dictionary(
          stored.options.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })))
    let (system, wrong) = system(of: run)
    guard let system else { throw .rejected(wrong) }
    if let problem = stored.violation.problem(in: system) { throw problem }
    var description = description(of: run)
    description.stored = path
    return replay(stored, on: system, as: description)
  }

  private func replay(
    _ stored: StoredCounterexample, on system: TransitionSystem, as description: RunDescription
  ) -> CounterexampleReplay {
    var follower = ScheduleFollower(stored, on: system)
    let end = follower.follow()
    let words = ObstacleText(system: system, catalog: catalog)
    func reason(_ departure: ScheduleFollower.Departure) -> String {
      let recorded = departure.step == 0 ? nil : stored.steps[departure.step - 1]
      return words.reason(departure.obstacle, recorded)
    }
    var replay = CounterexampleReplay(
      stored: stored, description: description, answer: .passes, system: system, catalog: catalog,
      hasChanged: stored.digest != digest, insertedCount: follower.insertedCount,
      omittedCount: follower.omittedCount, rewordedCount: follower.rewordedCount,
      addedCount: follower.addedCount,
      departure: follower.departure.map { ($0.step, reason($0)) },
      isShortened: follower.isShortened)
    switch end {
    case .passed: break
    case .restless: replay.answer = .restless(steps: ScheduleFollower.runOnLimit)
    case .infeasible(let step, let obstacle):
      replay.answer = .infeasible(step: step, reason: reason((step, obstacle)))
    case .violated(let cause, let text):
      let trace = TraceReplayer(system).replay(
        initialChoices: stored.initialChoices, moves: follower.moves)
      // Nothing was searched: that no trace is shorter was known of the model that was recorded.
      var finding = Finding(
        cause: cause, violation: cause.violation(in: system), trace: trace.trace,
        preemptions: trace.preemptions, isShortest: false, hasFewestPreemptions: false, text: text)
      finding.isRecorded = replay.differences(adding: follower.addedCount) == nil
      replay.answer =
        stored.difference(to: finding, in: system).map { .different(finding, $0) }
        ?? .same(finding)
    }
    return replay
  }
}

extension StoredCounterexample.Violation {
  /// Returns what the system lacks to show it at all; nil if nothing.
  ///
  /// A violation that the language itself knows may be gone with its last statement, and then it is mended;
  /// one that the model declares is an assertion, and without it nobody would notice.
  fileprivate func problem(in system: TransitionSystem) -> ReplayProblem? {
    if let property, !system.properties.contains(where: { $0.name == property }) {
      return .noProperty(property)
    }
    let isAsserted =
      cause == .deadlock || cause == .property || BuiltinViolation(rawValue: name) != nil
      || system.failures.contains { $0.violation == name }
    return isAsserted ? nil : .noViolation(name)
  }
}
