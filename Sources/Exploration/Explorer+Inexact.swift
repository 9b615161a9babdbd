internal import Execution
internal import Machine

/// A search that does not keep whole states: what it does in other ways.
extension Explorer {
  /// What is known of visited states, if not the states themselves; nil, too, if there is no memory for it.
  static func inexactSet(_ memory: SearchMethod.Memory) -> (any InexactSet)? {
    switch memory {
    case .exact: nil
    case .compact: FingerprintSet()
    case .bitstate(let bytes): BitstateSet(byteCount: bytes)
    }
  }

  /// Takes those states of the batch that are not known to the frontier, and judges them.
  mutating func insertBatch(stepCount: Int, into known: any InexactSet) -> StopReason? {
    let count = expansion.batch.count
    if let stop = makeRoom(for: count, in: known) { return stop }
    let wordCount = expansion.batch.wordCount
    newPositions.removeAll(keepingCapacity: true)
    batchHashes.removeAll(keepingCapacity: true)
    for position in 0..<count {
      batchHashes.append(unsafe stateHash(expansion.successor(position), wordCount: wordCount))
    }
    known.insert(batchHashes, new: &newPositions)
    let limit = min(limits.maxStates ?? .max, StateStore.stateLimit)
    var segment = 0
    for position in newPositions {
      if store.count >= limit { return .stateLimit(limit) }
      let index = store.count
      let state = unsafe expansion.successor(position)
      unsafe store.append(state, store.shape)
      // Initial states have no segment, and no parent.
      while segment < expansion.segments.count,
        expansion.segments[segment].successors.upperBound <= position
      { segment += 1 }
      ancestry.append(
        segment < expansion.segments.count ? expansion.segments[segment].source : index)
      unsafe ancestry.note(index, state, wordCount: wordCount)
      if !judge.everywhere.isEmpty {
        unsafe judge.judge(state, index: index, stepCount: stepCount)
      }
    }
    return ancestry.hasAll ? .cancelled : nil
  }

  private mutating func makeRoom(for addition: Int, in known: any InexactSet) -> StopReason? {
    // Only states that are still to be expanded are kept.
    store.forget(before: expandedCount)
    let limit = limits.maxMemoryBytes ?? .max
    let growth =
      store.growthBytes(for: addition) + known.growthBytes(for: addition)
      + ancestry.growthBytes(for: addition)
    if let stop = refusal(of: growth, limit) { return stop }
    store.reserve(addition)
    known.grow(for: addition)
    ancestry.reserve(addition)
    return nil
  }

  /// Puts the states that lead to a violation into the store, numbered from zero, and returns the violation
  /// with its state's number among them.
  ///
  /// For that the search is run again up to the last of them, with the states of the trace known by their
  /// indexes. It needs no more memory than the first time, which is given back before, and no more time. The
  /// caller is told how it gets on, but nothing stops it: a violation that was found would be lost.
  mutating func retrieveStates(to candidate: Candidate) throws(SearchError) -> Candidate {
    guard let state = candidate.state else { return candidate }
    let level = candidate.stepCount - (candidate.origin == nil ? 0 : 1)
    let line = ancestry.line(to: state, level: level)
    store = StateStore(store.shape)
    ancestry = Ancestry()
    known = nil
    var again = Explorer(
      system, engine: judge.engine, faster: nil, limits: SearchLimits(), method: method,
      sharing: WorkSharing(workerCount: 1), clock: clock.withoutLimits())
    again.ancestry = Ancestry(keeping: line)
    _ = again.explore()
    let states = again.ancestry.kept
    guard states.count == level + 1 else { throw .lostViolation }
    var trace = StateStore(store.shape)
    trace.reserve(states.count)
    for state in states {
      unsafe state.withUnsafeBufferPointer { words in
        if let words = words.baseAddress { unsafe trace.append(words, trace.shape) }
      }
    }
    store = trace
    var found = candidate
    found.state = level
    return found
  }

  /// Returns the steps between the states of the store, the last of which is the violation's.
  mutating func legsBetweenStates(to candidate: Candidate) throws(SearchError) -> [Leg] {
    guard let last = candidate.state else { return [] }
    var legs: [Leg] = []
    for source in 0..<last {
      expand(source)
      let successor = (0..<expansion.batch.count).first { isState(source + 1, at: $0) }
      guard let successor else { throw .lostViolation }
      legs.append(Leg(source: source, origin: expansion.origin(successor)))
    }
    if let origin = candidate.origin { legs.append(Leg(source: last, origin: origin)) }
    return legs
  }
}
