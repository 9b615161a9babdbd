internal import Machine

/// The ways in which the step of one location can go.
struct StepPlan {
  /// One way: an alternative in the Promela model.
  struct Way {
    /// Where it ends, and its choices.
    var outcome: SymbolicRun.Outcome
    /// When it can be taken, the process's readiness included.
    var condition: Expression
  }

  /// Where the code begins.
  let entry: Label
  /// The code.
  let survey: CodeSurvey
  /// The ways, in a fixed order.
  let ways: [Way]
  /// Whether each way has one target only.
  ///
  /// If not, the program counter has to tell after the step where the process stands.
  let hasOneTarget: Bool
  /// Where the process can go, in order.
  let targets: [LocationID]

  /// Plans the step that starts at `entry`.
  init(
    _ system: TransitionSystem, process: Process, entry: Label, style: PromelaStyle
  ) throws(NotExportable) {
    self.entry = entry
    survey = CodeSurvey(system.code, from: entry)
    targets = survey[entry].arrivals.sorted { $0.index < $1.index }
    var outcomes: [SymbolicRun.Outcome: Expression]
    var isSplit = true
    do {
      var run = SymbolicRun(
        system, survey, distinguishesTargets: true,
        sizeLimit: style.isForBreadthFirst
          ? SymbolicRun.sizeLimit : SymbolicRun.readableLimit)
      outcomes = try run.outcomes(from: entry)
    } catch {
      isSplit = false
      var run = SymbolicRun(system, survey, distinguishesTargets: false)
      outcomes = try run.outcomes(from: entry)
    }
    hasOneTarget = isSplit
    let sorted = outcomes.sorted { Self.precedes($0.key, $1.key) }
    ways = sorted.map { outcome, condition in
      Way(outcome: outcome, condition: .both(process.readiness, condition))
    }
  }

  /// When the process can take the step, or fail in it.
  var enabled: Expression {
    ways.reduce(.constant(0)) { .either($0, $1.condition) }
  }

  private static func precedes(_ a: SymbolicRun.Outcome, _ b: SymbolicRun.Outcome) -> Bool {
    if a.choices != b.choices { return a.choices.lexicographicallyPrecedes(b.choices) }
    return (a.target.map { Int($0.index) } ?? -1) < (b.target.map { Int($0.index) } ?? -1)
  }
}
