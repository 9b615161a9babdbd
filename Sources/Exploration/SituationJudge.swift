internal import Execution
package import Machine

/// Answers questions about single states that are given by the values of their variables.
package struct SituationJudge {
  private let system: TransitionSystem
  private let engine: Evaluator
  private let rest: RestConditions

  /// Prepares to judge states of `system`.
  package init(_ system: TransitionSystem) {
    self.system = system
    engine = Evaluator(system)
    rest = RestConditions(system)
  }

  /// Whether the CPU lets the process run in this state.
  package func isReady(_ process: ProcessID, in values: [Int64]) -> Bool {
    unsafe withPacked(values) { unsafe engine.isReady(process, in: $0) }
  }

  /// Whether the process has a step in this state, be it one that fails.
  package func isEnabled(_ process: ProcessID, in values: [Int64]) -> Bool {
    unsafe withPacked(values) { unsafe engine.isEnabled(process, in: $0) }
  }

  /// Whether it is a preemption to turn away from the process in this state.
  package func couldGoOn(_ process: ProcessID, in values: [Int64]) -> Bool {
    unsafe withPacked(values) { state in
      unsafe engine.isEnabled(process, in: state)
        && !rest.isIdleInterrupt(Int(process.index), in: state)
    }
  }

  /// Returns everything that is wrong in a state, apart from steps that fail.
  package func causes(in values: [Int64]) -> [Finding.Cause] {
    unsafe withPacked(values) { state in
      let situation = unsafe situation(of: state)
      var causes: [Finding.Cause] = []
      for (index, property) in system.properties.enumerated() {
        if property.kind == .unreachable || property.kind == .finally && situation != .rest {
          continue
        }
        let id = PropertyID(index)
        switch unsafe engine.judge(id, in: state) {
        case .holds: break
        case .isFalse: if property.kind != .reachable { causes.append(.property(id)) }
        case .failed(let failure, let value):
          causes.append(.propertyFailure(id, failure, value: value))
        }
      }
      if situation == .deadlock { causes.append(.deadlock) }
      return causes
    }
  }

  /// Whether nothing has to happen any more: all tasks have ended, no handler runs, and daemons rest.
  package func isAtRest(in values: [Int64]) -> Bool {
    unsafe withPacked(values) { unsafe situation(of: $0) == .rest }
  }

  private func situation(of state: UnsafePointer<UInt64>) -> RestConditions.Situation {
    var batch = SuccessorBatch(wordCount: engine.wordCount)
    unsafe engine.expand(state, into: &batch)
    let successors = unsafe UnsafeBufferPointer(start: batch.origins, count: batch.count)
    return unsafe rest.situation(
      of: state, successors: successors, failures: batch.failures[...])
  }

  private func withPacked<Result>(
    _ values: [Int64], _ body: (UnsafePointer<UInt64>) -> Result
  ) -> Result {
    unsafe system.pack(values).withUnsafeBufferPointer { words in
      guard let state = words.baseAddress else {
        preconditionFailure("a state has at least one word")
      }
      return unsafe body(state)
    }
  }
}
