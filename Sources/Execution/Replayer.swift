public import Machine

/// Runs single steps of a system slowly, straight from its instructions, and tells all about them.
///
/// Where the evaluator answers *what comes next*, the replayer answers *what happened*: which steps
/// of the source a run performed, in words, which variables it read and wrote, and how it ended. It
/// shares no code with the evaluator, so replaying a trace also checks the evaluator.
public struct Replayer: Sendable {
  /// How a run ended.
  public enum Outcome: Hashable, Sendable {
    /// The process cannot run here: it has ended, its CPU does not let it, or an `await` is false.
    case disabled
    /// The step is done; for the prelude, the initial state is reached.
    case arrived
    /// The run failed; with the number and the text of the failure.
    case failed(FailureID, value: Int64, text: String)
    /// The code of a property or condition has this value.
    case result(Int64)
    /// The run has more choices than were given, or one lies outside its range.
    case noSuchChoice
  }

  /// What happened in one run.
  public struct Run: Sendable {
    /// How it ended.
    public var outcome: Outcome
    /// The values of all variables when it ended.
    public var values: [Int64]
    /// The steps of the source that it performed, with their texts filled in.
    public var marks: [(step: StepID, text: String)] = []
    /// The variables that it read, in the order of their first reading.
    public var reads: [VariableID] = []
    /// The variables that it wrote, in the order of their first writing.
    public var writes: [VariableID] = []
    /// What the condition was computed from on which the run failed, or waits.
    public var failingReads: [VariableID] = []
    /// The index in ``marks`` of the step that wrote each variable last; none for what was written
    /// before the first mark.
    public var writers: [VariableID: Int] = [:]
    /// How many of the given choices it used.
    public var choiceCount = 0
  }

  /// The system that is replayed.
  public let system: TransitionSystem

  /// Creates a replayer of `system`.
  public init(_ system: TransitionSystem) {
    self.system = system
  }

  /// Runs the prelude with the given choices.
  public func start(choices: [Int]) -> Run {
    run(from: system.prelude, process: nil, choices: choices, values: system.defaults)
  }

  /// Runs a step of `process` from the state with the given values.
  public func step(_ process: ProcessID, choices: [Int], from values: [Int64]) -> Run {
    let machine = system[process]
    var evaluation = TreeEvaluation(system, values: values)
    let location = Int(values[Int(machine.programCounter.index)])
    guard evaluation.value(machine.readiness) != 0, machine.locations.indices.contains(location),
      let entry = machine.locations[location].entry
    else { return Run(outcome: .disabled, values: values) }
    return run(from: entry, process: process, choices: choices, values: values)
  }

  /// Runs code that ends in a result, such as that of a property or of a part of one.
  public func judge(_ entry: Label, in values: [Int64]) -> Run {
    run(from: entry, process: nil, choices: [], values: values)
  }

  private func run(
    from entry: Label, process: ProcessID?, choices: [Int], values: [Int64]
  ) -> Run {
    var interpretation = Interpretation(
      system: system, process: process, choices: choices, evaluation: .init(system, values: values))
    let outcome = interpretation.run(from: entry)
    return Run(
      outcome: outcome, values: interpretation.evaluation.values, marks: interpretation.marks,
      reads: interpretation.evaluation.reads.order, writes: interpretation.writes.order,
      failingReads: interpretation.failingReads, writers: interpretation.writers,
      choiceCount: interpretation.choiceCount)
  }
}

/// One run of code while it is being replayed.
private struct Interpretation {
  let system: TransitionSystem
  let process: ProcessID?
  let choices: [Int]
  var evaluation: TreeEvaluation
  var choiceCount = 0
  var marks: [(step: StepID, text: String)] = []
  var writes = OrderedVariables()
  var writers: [VariableID: Int] = [:]
  var failingReads: [VariableID] = []

  // Brent's method, as in the evaluator's `CycleDetector`, which explains it. Both must see a circle
  // at the same pass, so that a replayed failure leaves the same state.
  var savedPass: (edge: Label, values: [Int64], registers: [Int64])?
  var period = 1
  var passCount = 0

  /// Runs code to its end.
  mutating func run(from entry: Label) -> Replayer.Outcome {
    var label = entry
    while true {
      let next = Label(Int(label.index) + 1)
      switch system.code[Int(label.index)] {
      case .assign(let place, let expression):
        let target = evaluation.resolve(place)
        evaluation.values[Int(target.index)] = evaluation.value(expression)
        writes.insert(target)
        if !marks.isEmpty { writers[target] = marks.count - 1 }
      case .set(let register, let expression):
        evaluation.sources = OrderedVariables()
        evaluation.registers[Int(register.index)] = evaluation.value(expression)
        evaluation.origins[register] = evaluation.sources.order
      case .branch(let test, let whenTrue, let whenFalse):
        label = evaluation.value(test) != 0 ? whenTrue : whenFalse
        continue
      case .jump(let destination):
        label = destination
        continue
      case .await(let test):
        evaluation.sources = OrderedVariables()
        if evaluation.value(test) == 0 {
          failingReads = evaluation.sources.order
          return .disabled
        }
      case .choose(let register, let count):
        if count <= 0 { return .disabled }
        guard choiceCount < choices.count, (0..<count).contains(choices[choiceCount]) else {
          return .noSuchChoice
        }
        evaluation.registers[Int(register.index)] = Int64(choices[choiceCount])
        choiceCount += 1
      case .require(let test, let failure, let value):
        evaluation.sources = OrderedVariables()
        if evaluation.value(test) == 0 {
          failingReads = evaluation.sources.order
          return failed(failure, value)
        }
      case .backEdge(let failure):
        if passesAgain(through: label) { return failed(failure, nil) }
      case .cover: break
      case .mark(let step):
        marks.append((step, evaluation.text(system[step].text)))
      case .arrive(let location):
        if let process {
          let counter = system[process].programCounter
          evaluation.values[Int(counter.index)] = Int64(location.index)
          writes.insert(counter)
        }
        return .arrived
      case .done:
        return .arrived
      case .result(let expression):
        return .result(evaluation.value(expression))
      }
      label = next
    }
  }

  private mutating func failed(_ failure: FailureID, _ shown: Expression?) -> Replayer.Outcome {
    let value = shown.map { evaluation.value($0) } ?? 0
    let text = evaluation.text(system[failure].text, failureValue: value)
    return .failed(failure, value: value, text: text)
  }

  /// Whether the run was at this back edge in the same state before.
  private mutating func passesAgain(through edge: Label) -> Bool {
    guard let saved = savedPass else {
      savedPass = (edge, evaluation.values, evaluation.registers)
      passCount = 0
      return false
    }
    if saved == (edge, evaluation.values, evaluation.registers) { return true }
    passCount += 1
    if passCount == period {
      period *= 2
      passCount = 0
      savedPass = (edge, evaluation.values, evaluation.registers)
    }
    return false
  }
}
