internal import Execution
internal import Machine

/// Tells rest and deadlock from states in which things go on.
struct RestConditions {
  /// What a state is.
  enum Situation {
    /// Something can happen that is not a daemon's coming out of its rest.
    case running
    /// All tasks have ended, no handler runs, and daemons are blocked or stand at rest.
    case rest
    /// Nothing can happen, although a task or a started handler has not ended.
    case deadlock
  }

  private struct Entry {
    var programCounter: BitField
    var lower: Int64
    var kind: Process.Kind
    /// Whether the process has ended, for each location.
    var isEnded: [Bool]
    /// Whether the process is a daemon at rest, for each location.
    var isRest: [Bool]
  }

  private let entries: [Entry]
  /// Whether each process is a daemon, as a bit; processes beyond the 64th count as daemons.
  private let daemons: UInt64

  /// Prepares to judge states of `system`.
  init(_ system: TransitionSystem) {
    entries = system.processes.map { process in
      let counter = system[process.programCounter]
      return Entry(
        programCounter: counter.field, lower: counter.lower, kind: process.kind,
        isEnded: process.locations.map { $0.entry == nil },
        isRest: process.locations.map { process.kind == .daemon && $0.isRest })
    }
    daemons = system.processes.enumerated().reduce(0) { mask, process in
      process.offset < 64 && process.element.kind == .daemon
        ? mask | 1 << UInt64(process.offset) : mask
    }
  }

  /// Whether the step of one process alone shows that a state is not at rest: a quick answer for nearly all
  /// states.
  @inline(__always)
  func isRunning(after origin: SuccessorBatch.Origin) -> Bool {
    origin.process < 64 && daemons &>> UInt64(origin.process) & 1 == 0
  }

  /// Whether the process is an interrupt that is not running in `state`.
  ///
  /// To turn away from one is no preemption: it may arrive again, but it has nothing to go on with.
  func isIdleInterrupt(_ process: Int, in state: UnsafePointer<UInt64>) -> Bool {
    if case .interrupt = entries[process].kind {
      return unsafe location(of: process, in: state) == 0
    }
    return false
  }

  /// Judges a state, given its successors' origins and the failures of its steps.
  ///
  /// A step that fails counts as something that can happen.
  func situation(
    of state: UnsafePointer<UInt64>, successors: UnsafeBufferPointer<SuccessorBatch.Origin>,
    failures: ArraySlice<SuccessorBatch.StepFailure>
  ) -> Situation {
    for index in 0..<successors.count {
      let process = unsafe Int(successors[index].process)
      if unsafe !isResting(process, in: state) { return .running }
    }
    for failure in failures {
      if unsafe !isResting(Int(failure.origin.process), in: state) { return .running }
    }
    if entries.indices.contains(where: { unsafe isUnfinished($0, in: state) }) {
      return successors.isEmpty && failures.isEmpty ? .deadlock : .running
    }
    return .rest
  }

  private func location(of process: Int, in state: UnsafePointer<UInt64>) -> Int {
    let entry = entries[process]
    return unsafe Int(Int64(bitPattern: entry.programCounter.read(state)) + entry.lower)
  }

  private func isResting(_ process: Int, in state: UnsafePointer<UInt64>) -> Bool {
    guard entries[process].kind == .daemon else { return false }
    return unsafe entries[process].isRest[location(of: process, in: state)]
  }

  /// Whether the process is a task that has not ended, or a handler that has started and not ended.
  private func isUnfinished(_ process: Int, in state: UnsafePointer<UInt64>) -> Bool {
    let location = unsafe location(of: process, in: state)
    switch entries[process].kind {
    case .task: return !entries[process].isEnded[location]
    case .daemon: return false
    case .interrupt: return location != 0 && !entries[process].isEnded[location]
    }
  }
}
