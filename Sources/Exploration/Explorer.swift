internal import Execution
internal import Machine

/// Visits the states of a system, breadth first and level by level.
///
/// The first pass (here) finds out whether something is violated, and after how many steps. If so, a
/// second pass (`Explorer+Preemptions`) picks among all violations of that level. Nothing in it depends on
/// which engine makes the successors. See `docs/internals/search.md`.
@safe
struct Explorer: ~Copyable {
  let system: TransitionSystem
  var engine: any StepEngine
  let limits: SearchLimits
  var clock: LimitClock

  var store: StateStore
  var visited = VisitedSet()
  var batch: SuccessorBatch
  /// The parts of the batch that belong to one state each.
  var segments: [Segment] = []
  /// The states that the segments belong to.
  let sourceStates: UnsafeMutablePointer<UInt64>
  /// A state that is looked at.
  let scratch: UnsafeMutablePointer<UInt64>
  /// The batches that brought new states, which tell where a state was found from.
  var births: [Birth] = []
  /// What makes a faster engine, until it has.
  var faster: FasterEngine?
  /// Tells rest and deadlock from other states.
  let rest: RestConditions

  /// The index of the first state of each level; the last entry is where the last level ends.
  var levelStarts: [Int] = []
  var transitionCount = 0
  /// The index of the first state whose successors have not all been dealt with.
  var expandedCount = 0
  /// The `reachable` that were true, and the `finally` that were judged.
  var witnessed: Set<PropertyID> = []
  /// The best violation so far.
  var best: Candidate?

  /// The properties to judge in every state, `reachable` ones included.
  let everywhere: [(id: PropertyID, isInvariant: Bool)]
  /// The properties to judge at rest.
  let atRest: [PropertyID]

  /// What one state contributed to the batch.
  struct Segment {
    var source: Int
    /// The source's place among ``Explorer/sourceStates``.
    var slot: Int
    var successors: Range<Int>
    var failures: Range<Int>
  }

  /// The number of successors to collect before they are looked up.
  ///
  /// Enough to overlap waits for memory, few enough to stay in the first-level cache.
  static let batchTarget = 128
  /// The largest number of states whose successors a batch holds; some have none.
  static let segmentLimit = 256

  /// A batch that brought new states.
  ///
  /// As states are expanded in the order of their indexes and numbered in the order in which they are found,
  /// this is all that has to be kept to find a state's parent again: it is the first state from
  /// `firstSource` on that has it for a successor.
  struct Birth {
    var firstSource: UInt32
    var firstNew: UInt32
  }

  /// Creates an explorer of `system` that uses `engine`, and changes to the one that `faster` makes.
  init(
    _ system: TransitionSystem, engine: any StepEngine, faster: FasterEngine?,
    limits: SearchLimits, clock: LimitClock
  ) {
    self.system = system
    self.engine = engine
    self.faster = faster
    self.limits = limits
    self.clock = clock
    store = StateStore(StateShape(system))
    unsafe sourceStates = .allocate(capacity: Self.segmentLimit * engine.wordCount)
    unsafe scratch = .allocate(capacity: engine.wordCount)
    batch = SuccessorBatch(wordCount: engine.wordCount)
    rest = RestConditions(system)
    var everywhere: [(id: PropertyID, isInvariant: Bool)] = []
    var atRest: [PropertyID] = []
    for (index, property) in system.properties.enumerated() {
      switch property.kind {
      case .invariant: everywhere.append((PropertyID(index), true))
      case .reachable: everywhere.append((PropertyID(index), false))
      case .finally: atRest.append(PropertyID(index))
      case .unreachable: break
      }
    }
    self.everywhere = everywhere
    self.atRest = atRest
  }

  deinit {
    unsafe sourceStates.deallocate()
    unsafe scratch.deallocate()
  }

  /// Explores until a level with a violation is complete, a limit is reached, or all is done.
  ///
  /// Returns the limit, if it was one.
  mutating func explore() -> StopReason? {
    if let stop = exploreInitialStates() { return stop }
    while let level = levelStarts.indices.dropLast().last {
      if levelStarts[level] == levelStarts[level + 1] || best != nil { return nil }
      let transitionsBefore = transitionCount
      if let stop = explore(level: level) { return stop }
      if let best, best.stepCount == level {
        // A deadlock or a `finally` of this level: what was seen of the next level does not count.
        transitionCount = transitionsBefore
        expandedCount = levelStarts[level]
        return nil
      }
      levelStarts.append(store.count)
    }
    return nil
  }

  private mutating func exploreInitialStates() -> StopReason? {
    engine.start(into: &batch)
    for failure in batch.failures {
      let cause = Finding.Cause.failure(failure.failure, value: failure.value)
      note(Candidate(cause: cause, stepCount: 0, state: nil, origin: failure.origin))
    }
    let stop = insertBatch(stepCount: 0)
    levelStarts = [0, store.count]
    return stop
  }

  /// Expands the states of a level.
  private mutating func explore(level: Int) -> StopReason? {
    let end = levelStarts[level + 1]
    var source = levelStarts[level]
    while source < end {
      changeEngine()
      source = expand(from: source, to: end)
      for segment in segments {
        judgeAtRest(segment, stepCount: level)
        noteFailures(segment, stepCount: level + 1)
      }
      if let best, best.stepCount == level { return nil }
      let firstNew = store.count
      let stop = insertBatch(stepCount: level + 1)
      if store.count > firstNew, let first = segments.first {
        births.append(
          Birth(firstSource: UInt32(first.source), firstNew: UInt32(firstNew)))
      }
      if let stop { return stop }
      transitionCount += batch.count
      expandedCount = source
      if let stop = look() { return stop }
    }
    return nil
  }

  /// Fills the batch with the successors of states from `source` on, and returns the first state for
  /// which there was no more room.
  mutating func expand(from source: Int, to end: Int) -> Int {
    var source = source
    beginBatch()
    while source < end, batch.count < Self.batchTarget, segments.count < Self.segmentLimit {
      expand(source)
      source += 1
    }
    return source
  }

  /// Empties the batch.
  mutating func beginBatch() {
    batch.removeAll()
    segments.removeAll(keepingCapacity: true)
  }

  /// Adds the successors of one state to the batch.
  mutating func expand(_ source: Int) {
    let first = batch.count
    let firstFailure = batch.failures.count
    let slot = segments.count
    let state = unsafe sourceStates + slot &* engine.wordCount
    unsafe store.load(source, to: state)
    unsafe engine.expand(state, into: &batch)
    segments.append(
      Segment(
        source: source, slot: slot, successors: first..<batch.count,
        failures: firstFailure..<batch.failures.count))
  }

  /// Stores the states of the batch that are new, and judges them.
  private mutating func insertBatch(stepCount: Int) -> StopReason? {
    let firstNew = store.count
    if let stop = makeRoom(for: batch.count) { return stop }
    let limit = min(limits.maxStates ?? .max, StateStore.stateLimit)
    let done = unsafe visited.insert(
      batch.states, count: batch.count, into: &store, stateLimit: limit)
    if !everywhere.isEmpty {
      for index in firstNew..<store.count {
        unsafe store.load(index, to: scratch)
        if unsafe engine.hasNews(scratch) { judge(index, stepCount: stepCount) }
      }
    }
    return done < batch.count ? .stateLimit(limit) : nil
  }

  /// Judges a state by the properties that are judged everywhere.
  private mutating func judge(_ index: Int, stepCount: Int) {
    unsafe store.load(index, to: scratch)
    for property in everywhere {
      switch unsafe engine.judge(property.id, in: scratch) {
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

  /// Looks for a deadlock and judges `finally` properties in the state of a segment.
  private mutating func judgeAtRest(_ segment: Segment, stepCount: Int) {
    let successors = segment.successors
    if !successors.isEmpty,
      unsafe rest.isRunning(after: batch.origins[successors.lowerBound])
    {
      return
    }
    switch situation(of: segment) {
    case .running:
      break
    case .deadlock:
      note(Candidate(cause: .deadlock, stepCount: stepCount, state: segment.source))
    case .rest:
      for property in atRest {
        witnessed.insert(property)
        if let cause = violation(of: property, in: segment.source) {
          note(Candidate(cause: cause, stepCount: stepCount, state: segment.source))
        }
      }
    }
  }

  /// Returns whether the state of a segment is a deadlock or at rest.
  func situation(of segment: Segment) -> RestConditions.Situation {
    let successors = unsafe UnsafeBufferPointer(
      start: batch.origins + segment.successors.lowerBound, count: segment.successors.count)
    return unsafe rest.situation(
      of: state(of: segment), successors: successors,
      failures: batch.failures[segment.failures])
  }

  /// The state that a segment belongs to.
  func state(of segment: Segment) -> UnsafePointer<UInt64> {
    unsafe UnsafePointer(sourceStates + segment.slot * engine.wordCount)
  }

  /// Returns what is wrong with a property that has to hold in the state, if anything is.
  func violation(of property: PropertyID, in index: Int) -> Finding.Cause? {
    unsafe store.load(index, to: scratch)
    return switch unsafe engine.judge(property, in: scratch) {
    case .holds: nil
    case .isFalse: .property(property)
    case .failed(let failure, let value): .propertyFailure(property, failure, value: value)
    }
  }

  private mutating func noteFailures(_ segment: Segment, stepCount: Int) {
    for index in segment.failures {
      let failure = batch.failures[index]
      let cause = Finding.Cause.failure(failure.failure, value: failure.value)
      note(
        Candidate(
          cause: cause, stepCount: stepCount, state: segment.source, origin: failure.origin))
    }
  }

  /// Keeps a candidate if it is the best so far.
  mutating func note(_ candidate: Candidate) {
    if let best, !candidate.precedes(best) { return }
    best = candidate
  }
}
