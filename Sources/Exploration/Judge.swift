internal import Execution
internal import Machine

/// Judges states for one thread: what is violated, what was witnessed.
@safe
struct Judge: ~Copyable {
  /// Makes successors and judges properties.
  var engine: any StepEngine
  /// The `reachable` that were true, and the `finally` that were judged.
  var witnessed: Set<PropertyID> = []
  /// The best violation so far.
  var best: Candidate?
  /// If preemptions are what counts first: those on the way to the states that are judged now.
  var preemptionLevel: Int?
  /// Tells rest and deadlock from other states.
  let rest: RestConditions
  /// The properties to judge in every state, `reachable` ones included.
  let everywhere: [(id: PropertyID, isInvariant: Bool)]
  /// The properties to judge at rest.
  let atRest: [PropertyID]

  /// Creates a judge of the states of `system`.
  init(_ system: TransitionSystem, engine: any StepEngine) {
    self.engine = engine
    rest = RestConditions(system)
    let properties = JudgedProperties(system)
    everywhere = properties.everywhere
    atRest = properties.atRest
  }

  /// Judges a state that is new by the properties that are judged everywhere.
  @inline(__always)
  mutating func judge(_ state: UnsafePointer<UInt64>, index: Int, stepCount: Int) {
    if unsafe engine.hasNews(state) { unsafe tell(state, index: index, stepCount: stepCount) }
  }

  private mutating func tell(_ state: UnsafePointer<UInt64>, index: Int, stepCount: Int) {
    for property in everywhere {
      switch unsafe engine.judge(property.id, in: state) {
      case .holds:
        if !property.isInvariant { witnessed.insert(property.id) }
      case .isFalse:
        guard property.isInvariant else { continue }
        note(Candidate(cause: .property(property.id), stepCount: stepCount, state: index))
      case .failed(let failure, let value):
        let cause = Finding.Cause.propertyFailure(property.id, failure, value: value)
        note(Candidate(cause: cause, stepCount: stepCount, state: index))
      }
    }
  }

  /// Judges the expanded states themselves, and notes the steps that failed.
  mutating func judgeSegments(of expansion: borrowing Expansion, stepCount: Int) {
    for segment in expansion.segments {
      judgeAtRest(segment, expansion, stepCount: stepCount)
      if !segment.failures.isEmpty {
        noteFailures(segment, expansion, stepCount: stepCount + 1)
      }
    }
  }

  /// Judges the expanded states themselves.
  mutating func judgeStates(of expansion: borrowing Expansion, stepCount: Int) {
    for segment in expansion.segments { judgeAtRest(segment, expansion, stepCount: stepCount) }
  }

  /// Looks for a deadlock and judges `finally` properties in the state of a segment.
  private mutating func judgeAtRest(
    _ segment: Expansion.Segment, _ expansion: borrowing Expansion, stepCount: Int
  ) {
    let successors = segment.successors
    if !successors.isEmpty, rest.isRunning(after: expansion.origin(successors.lowerBound)) {
      return
    }
    switch situation(of: segment, expansion) {
    case .running:
      break
    case .deadlock:
      note(Candidate(cause: .deadlock, stepCount: stepCount, state: segment.source))
    case .rest:
      for property in atRest {
        witnessed.insert(property)
        if let cause = unsafe violation(of: property, in: expansion.state(of: segment)) {
          note(Candidate(cause: cause, stepCount: stepCount, state: segment.source))
        }
      }
    }
  }

  private mutating func noteFailures(
    _ segment: Expansion.Segment, _ expansion: borrowing Expansion, stepCount: Int
  ) {
    for index in segment.failures {
      let failure = expansion.batch.failures[index]
      let cause = Finding.Cause.failure(failure.failure, value: failure.value)
      note(
        Candidate(
          cause: cause, stepCount: stepCount, state: segment.source, origin: failure.origin))
    }
  }

  /// Returns whether the state of a segment is a deadlock or at rest.
  func situation(
    of segment: Expansion.Segment, _ expansion: borrowing Expansion
  ) -> RestConditions.Situation {
    let successors = unsafe UnsafeBufferPointer(
      start: expansion.batch.origins + segment.successors.lowerBound,
      count: segment.successors.count)
    return unsafe rest.situation(
      of: expansion.state(of: segment), successors: successors,
      failures: expansion.batch.failures[segment.failures])
  }

  /// Returns what is wrong with a property that has to hold in the state, if anything is.
  func violation(of property: PropertyID, in state: UnsafePointer<UInt64>) -> Finding.Cause? {
    switch unsafe engine.judge(property, in: state) {
    case .holds: nil
    case .isFalse: .property(property)
    case .failed(let failure, let value): .propertyFailure(property, failure, value: value)
    }
  }

  /// Returns everything that is wrong in a state, apart from steps that fail.
  func causes(
    in segment: Expansion.Segment, _ expansion: borrowing Expansion
  ) -> [Finding.Cause] {
    let state = unsafe expansion.state(of: segment)
    var causes: [Finding.Cause] = []
    for property in everywhere {
      guard let cause = unsafe violation(of: property.id, in: state) else { continue }
      if !property.isInvariant, case .property = cause { continue }
      causes.append(cause)
    }
    switch situation(of: segment, expansion) {
    case .running: break
    case .deadlock: causes.append(.deadlock)
    case .rest: causes += atRest.compactMap { unsafe violation(of: $0, in: state) }
    }
    return causes
  }

  /// Keeps a candidate if it is the best so far.
  mutating func note(_ candidate: Candidate) {
    var candidate = candidate
    if let preemptionLevel {
      candidate.preemptions += preemptionLevel
      candidate.isRankedByPreemptions = true
    }
    if let best, !candidate.precedes(best) { return }
    best = candidate
  }

  /// Takes over what another judge has found.
  mutating func merge(_ other: inout Judge) {
    if let candidate = other.best { note(candidate) }
    other.best = nil
    witnessed.formUnion(other.witnessed)
  }
}
