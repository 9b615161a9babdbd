internal import Execution
internal import Machine

/// A violation that a search has come across.
struct Candidate {
  /// What is wrong.
  var cause: Finding.Cause
  /// The number of steps of the shortest trace to it; a failing step counts.
  var stepCount: Int
  /// The index of the state that is wrong, or in which the failing step starts; nil if the prelude
  /// fails.
  var state: Int?
  /// The failing run, if the cause is one.
  var origin: SuccessorBatch.Origin?
  /// The smallest number of preemptions, if that has been computed.
  var preemptions = 0
  /// Whether fewer preemptions come before fewer steps.
  var isRankedByPreemptions = false

  /// Whether this candidate is to be reported rather than `other`.
  ///
  /// Fewer steps come first, then fewer preemptions, unless it is to be the other way round. Among
  /// equals, the order is that of declaration: failures of the prelude, failures of steps by process and
  /// then by failure, properties, deadlock.
  /// What is left is decided by the order in which states were found, which is fixed.
  func precedes(_ other: Candidate) -> Bool {
    sortKey.lexicographicallyPrecedes(other.sortKey)
  }

  private var sortKey: [Int] {
    let declaration: [Int]
    switch cause {
    case .failure(let failure, _):
      let process = origin.map { $0.process == SuccessorBatch.prelude ? -1 : Int($0.process) }
      declaration = [0, process ?? -1, Int(failure.index)]
    case .property(let property), .propertyFailure(let property, _, _):
      declaration = [1, Int(property.index), 0]
    case .deadlock:
      declaration = [2, 0, 0]
    }
    return (isRankedByPreemptions ? [preemptions, stepCount] : [stepCount, preemptions])
      + declaration
      + [state ?? -1, origin.map { Int($0.ordinal) } ?? -1]
  }

  /// The name that `expect` uses for what is wrong.
  func violation(in system: TransitionSystem) -> String { cause.violation(in: system) }
}
