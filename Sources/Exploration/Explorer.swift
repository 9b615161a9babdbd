internal import Execution
internal import Machine

/// Visits the states of a system, breadth first and level by level.
///
/// The first pass (here) finds out whether something is violated, and after how many steps. If so, a
/// second pass (`Explorer+Preemptions`) picks among all violations of that level. Nothing in it depends on
/// which engine makes the successors, nor on how many threads do. See `docs/internals/search.md`.
@safe
struct Explorer: ~Copyable {
  let system: TransitionSystem
  let limits: SearchLimits
  var clock: LimitClock

  var store: StateStore
  var visited = VisitedSet()
  /// Makes and judges successors in this thread.
  var judge: Judge
  /// The successors that are dealt with now.
  var expansion: Expansion
  /// The threads that share the work on large levels, from when there is one.
  var team: Team?
  /// How work is shared.
  var sharing: WorkSharing
  /// Up to how many transitions one thread works alone.
  var soloEnd = 0
  /// The numbers of states and successors of the last block that was shared.
  var lastBlock = (states: 0, successors: 0)
  /// A state that is looked at.
  let scratch: UnsafeMutablePointer<UInt64>
  /// How states are known again, and by how many threads.
  let method: SearchMethod
  /// What is known of visited states if they are not kept; ``visited`` is not used then.
  ///
  /// Nil, too, if the system does not give the memory for it.
  var known: (any InexactSet)?
  /// Where states come from if they are not kept.
  var ancestry = Ancestry()
  /// The hashes of the states in a batch, and the positions of those that are new, if states are not kept.
  var batchHashes: [UInt64] = []
  var newPositions: [Int] = []
  /// The batches that brought new states, which tell where a state was found from.
  var births: [Birth] = []
  /// What makes a faster engine, until it has.
  var faster: FasterEngine?
  /// The coverage points that engines have reached that are not used any more.
  var coveredBefore: Set<Int> = []

  /// The index of the first state of each level; the last entry is where the last level ends.
  var levelStarts: [Int] = []
  var transitionCount = 0
  /// The number of states whose successors have all been dealt with: the index of the next one, but in a
  /// search by preemptions, which takes them in another order.
  var expandedCount = 0
  /// In a search by preemptions: the steps to the farthest pair that was dealt with.
  var deepest: Int?
  /// In a search by preemptions: fewer preemptions than this lead to no violation.
  var switchesRuledOut = 0
  /// What a search by preemptions keeps besides states, in bytes.
  var switchBytes = 0

  /// How many states at least share a ``Birth``, if they are of the same level.
  static let birthInterval = 256

  /// Batches that brought new states.
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
    limits: SearchLimits, method: SearchMethod, sharing: WorkSharing, clock: LimitClock
  ) {
    self.system = system
    self.faster = faster
    self.limits = limits
    self.method = method
    self.sharing = sharing
    known = Self.inexactSet(method.memory)
    self.clock = clock
    store = StateStore(StateShape(system))
    judge = Judge(system, engine: engine)
    expansion = Expansion(wordCount: system.wordCount)
    unsafe scratch = .allocate(capacity: system.wordCount)
  }

  deinit { unsafe scratch.deallocate() }

  /// Explores until a level with a violation is complete, a limit is reached, or all is done.
  ///
  /// Returns the limit, if it was one.
  mutating func explore() -> StopReason? {
    if method.memory != .exact && known == nil { return .noMemory }
    if let stop = exploreInitialStates() { return stop }
    while let level = levelStarts.indices.dropLast().last {
      if levelStarts[level] == levelStarts[level + 1] || judge.best != nil { return nil }
      let transitionsBefore = transitionCount
      if let stop = explore(level: level) { return stop }
      if let best = judge.best, best.stepCount == level {
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
    judge.engine.start(into: &expansion.batch)
    for failure in expansion.batch.failures {
      let cause = Finding.Cause.failure(failure.failure, value: failure.value)
      judge.note(Candidate(cause: cause, stepCount: 0, state: nil, origin: failure.origin))
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
      if sharesWork(on: end - source), let next = exploreTogether(level, source, end) {
        source = next
      } else {
        if let stop = exploreBatch(level, &source, end) { return stop }
      }
      if let best = judge.best, best.stepCount == level { return nil }
      expandedCount = source
      if let stop = look() { return stop }
    }
    return nil
  }

  /// Expands a few states of a level.
  private mutating func exploreBatch(
    _ level: Int, _ source: inout Int, _ end: Int
  ) -> StopReason? {
    let first = source
    source = expansion.fill(from: source, to: end, of: store, by: judge.engine)
    judge.judgeSegments(of: expansion, stepCount: level)
    if let best = judge.best, best.stepCount == level { return nil }
    let firstNew = store.count
    let stop = insertBatch(stepCount: level + 1)
    if store.count > firstNew && known == nil { noteBirth(from: first, firstNew: firstNew) }
    if stop == nil { transitionCount += expansion.batch.count }
    return stop
  }

  /// Notes where new states come from, unless a note was made only a few states before.
  mutating func noteBirth(from source: Int, firstNew: Int) {
    if let last = births.last, firstNew - Int(last.firstNew) < Self.birthInterval,
      Int(last.firstSource) >= levelStarts[levelStarts.count - 2]
    {
      return
    }
    births.append(Birth(firstSource: UInt32(source), firstNew: UInt32(firstNew)))
  }

  /// Stores the states of the batch that are new, and judges them.
  private mutating func insertBatch(stepCount: Int) -> StopReason? {
    if let known { return insertBatch(stepCount: stepCount, into: known) }
    let firstNew = store.count
    if let stop = makeRoom(for: expansion.batch.count) { return stop }
    let limit = min(limits.maxStates ?? .max, StateStore.stateLimit)
    let done = unsafe visited.insert(
      expansion.batch.states, count: expansion.batch.count, into: &store, stateLimit: limit)
    if !judge.everywhere.isEmpty {
      for index in firstNew..<store.count {
        unsafe store.load(index, to: scratch)
        unsafe judge.judge(scratch, index: index, stepCount: stepCount)
      }
    }
    return done < expansion.batch.count ? .stateLimit(limit) : nil
  }
}
