internal import Exploration
internal import Machine
internal import Reports

extension StoredCounterexample {
  /// Records what a run has found; nil if there is nothing to record, or if a better trace may exist: a
  /// shorter one, or one as short with fewer preemptions.
  ///
  /// What is recorded depends on the model and the row alone: the search finds the same trace with any number
  /// of workers and any engine.
  public init?(_ run: FinishedRun, of model: Model) {
    guard case .violated(let finding) = run.result.verdict, finding.isShortest,
      finding.hasFewestPreemptions
    else { return nil }
    let system = run.system
    module = model.modulePath
    self.model = CounterexampleFolder.storedPath(ofModel: model.path)
    digest = model.digest
    check = run.description.check
    bugs = run.description.bugs
    options = run.description.options.map { Setting(name: $0.name, value: $0.value) }
    let trace = finding.trace
    violation = Violation(
      finding.cause, finding.violation, after: trace.entries.last?.values ?? trace.initialValues,
      in: system)
    preemptions = finding.preemptions
    hasFewestPreemptions = finding.hasFewestPreemptions
    initialChoices = trace.initialChoices
    steps = Self.steps(of: trace, in: system)
  }

  private static func steps(of trace: Trace, in system: TransitionSystem) -> [ScheduledStep] {
    struct Visit: Hashable {
      let process: ProcessID
      let label: StepLabel
    }
    var visits: [Visit: Int] = [:]
    var values = trace.initialValues
    return trace.entries.map { entry in
      let location = system.location(of: entry.process, in: values)
      let label = StepLabel(entry.marks, at: location, in: system)
      visits[Visit(process: entry.process, label: label), default: 0] += 1
      values = entry.values
      return ScheduledStep(
        task: system[entry.process].name, functions: label.functions, label: label.text,
        occurrence: visits[Visit(process: entry.process, label: label)] ?? 1,
        choices: entry.choices,
        text: StepLabel.telling(entry.marks, in: system)?.text ?? location.text)
    }
  }
}

extension StoredCounterexample.Violation {
  /// Describes what is wrong in the state with the given values.
  init(
    _ cause: Finding.Cause, _ name: String, after values: [Int64], in system: TransitionSystem
  ) {
    self.name = name
    switch cause {
    case .failure: self.cause = .failure
    case .property(let id):
      self.cause = .property
      property = system[id].name
    case .propertyFailure(let id, _, _):
      self.cause = .propertyFailure
      property = system[id].name
    case .deadlock:
      self.cause = .deadlock
      waiting = system.unfinished(in: values).sorted()
    }
  }
}

extension TransitionSystem {
  /// Returns the names of the tasks that have not ended and of the handlers that run.
  func unfinished(in values: [Int64]) -> [String] {
    processes.indices.compactMap { index in
      let process = processes[index]
      let isOpen = location(of: ProcessID(index), in: values).entry != nil
      let hasStarted = values[Int(process.programCounter.index)] != 0
      return switch process.kind {
      case .task: isOpen ? process.name : nil
      case .daemon: nil
      case .interrupt: isOpen && hasStarted ? process.name : nil
      }
    }
  }
}
