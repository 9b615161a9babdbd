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
    /// All its steps can be taken, and nothing is wrong.
    case passes
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
    case .passes:
      "now passes: all \(VerdictText.count(stored.steps.count, "step")) can be taken, and nothing is wrong"
    case .infeasible(0, let reason): "no longer feasible at the start: \(reason)"
    case .infeasible(let step, let reason):
      "no longer feasible at step \(step) of \(stored.steps.count) "
        + "(\(stored.steps[step - 1].task): \(stored.steps[step - 1].text)): \(reason)"
    }
  }

  /// How the model differs from what was recorded, as a phrase; nil if there is nothing to say.
  public var changes: String? {
    let parts = [
      (insertedCount, "put in"), (omittedCount, "left out"), (rewordedCount, "reworded"),
    ].filter { $0.0 > 0 }.map { "\(VerdictText.count($0.0, "step")) \($0.1)" }
    return parts.isEmpty ? nil : "with " + parts.joined(separator: ", ")
  }

  /// The violation that it shows today; nil if none.
  public var finding: Finding? {
    switch answer {
    case .same(let finding), .different(let finding, _): finding
    case .passes, .infeasible: nil
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

/// Why a stored counterexample cannot be replayed at all.
public enum ReplayProblem: Error, Sendable {
  /// The model has no check of this name.
  case noCheck(String)
  /// The model has no bug with this id.
  case noBug(String)
  /// The model has no option of this name.
  case noOption(String)
  /// The model has errors with these bugs and options.
  case rejected([Diagnostic])
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
    var description = description(of: run)
    description.stored = path
    return replay(stored, on: system, as: description)
  }

  private func replay(
    _ stored: StoredCounterexample, on system: TransitionSystem, as description: RunDescription
  ) -> CounterexampleReplay {
    var follower = ScheduleFollower(stored, on: system)
    let end = follower.follow()
    let hasChanged = stored.digest != digest
    var replay = CounterexampleReplay(
      stored: stored, description: description, answer: .passes, system: system, catalog: catalog,
      hasChanged: hasChanged, insertedCount: follower.insertedCount,
      omittedCount: follower.omittedCount, rewordedCount: follower.rewordedCount)
    switch end {
    case .passed: break
    case .infeasible(let step, let obstacle):
      let words = ObstacleText(system: system, catalog: catalog)
      let recorded = step == 0 ? nil : stored.steps[step - 1]
      replay.answer = .infeasible(step: step, reason: words.reason(obstacle, recorded))
    case .violated(let cause, let text):
      let trace = TraceReplayer(system).replay(
        initialChoices: stored.initialChoices, moves: follower.moves)
      let finding = Finding(
        cause: cause, violation: cause.violation(in: system), trace: trace.trace,
        preemptions: trace.preemptions, isShortest: !hasChanged,
        hasFewestPreemptions: !hasChanged && stored.hasFewestPreemptions, text: text)
      replay.answer =
        stored.difference(to: finding, in: system).map { .different(finding, $0) }
        ?? .same(finding)
    }
    return replay
  }
}
