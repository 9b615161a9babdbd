internal import Execution
internal import Machine

/// The search for the violation with the fewest preemptions, then the fewest steps.
///
/// A breadth-first search over pairs of a state and the process that moved last. A step that is no
/// preemption leads to a pair of the same *round*, one that is to a pair of the next round; within a round,
/// pairs are dealt with in the order of their steps. So the first violation of the first round that has one
/// is the best, and a round that ends without one proves that nothing goes wrong with so few preemptions. One
/// thread does this. See `docs/internals/search.md`.
extension Explorer {
  /// Explores until the best violation is known, a limit is reached, or all is done.
  ///
  /// Returns the limit, if it was one. ``switchesRuledOut`` is the number of rounds that were completed.
  mutating func exploreBySwitches(_ nodes: inout SwitchNodes) -> StopReason? {
    judge.preemptionLevel = 0
    deepest = 0
    if let stop = startBySwitches(&nodes) { return stop }
    while true {
      let stop = exploreRound(&nodes)
      if let stop { return stop }
      switchesRuledOut += 1
      if let best = judge.best, best.preemptions < switchesRuledOut {
        switchesRuledOut = best.preemptions
        return nil
      }
      if nodes.waiting.isEmpty { return nil }
      judge.preemptionLevel = switchesRuledOut
    }
  }

  /// Lets the initial states wait for the first round.
  private mutating func startBySwitches(_ nodes: inout SwitchNodes) -> StopReason? {
    judge.engine.start(into: &expansion.batch)
    for failure in expansion.batch.failures {
      let cause = Finding.Cause.failure(failure.failure, value: failure.value)
      judge.note(Candidate(cause: cause, stepCount: 0, state: nil, origin: failure.origin))
    }
    if let stop = storeBatch(&nodes) { return stop }
    for index in 0..<store.count {
      nodes.promise(
        .init(
          state: UInt32(index), parent: SwitchNodes.none, last: SwitchNodes.nobody,
          isPreemption: false), stepCount: 0)
    }
    return nil
  }

  /// Deals with all pairs that can be reached with as many preemptions as the round's number says.
  private mutating func exploreRound(_ nodes: inout SwitchNodes) -> StopReason? {
    let waiting = nodes.takeWaiting()
    var position = 0
    var level: [UInt32] = []
    var stepCount = waiting.first?.stepCount ?? 0
    while true {
      while position < waiting.count, waiting[position].stepCount == stepCount {
        settle(waiting[position].node, stepCount, &nodes, &level)
        position += 1
      }
      if level.isEmpty {
        if position == waiting.count { return nil }
        stepCount = waiting[position].stepCount
        continue
      }
      deepest = max(deepest ?? 0, stepCount)
      var next: [UInt32] = []
      if let stop = expand(level, stepCount, &nodes, &next) { return stop }
      if let best = judge.best, best.preemptions == judge.preemptionLevel,
        best.stepCount <= stepCount
      {
        return nil
      }
      level = next
      stepCount += 1
    }
  }

  /// Makes the cost of a pair final, judges its state if it is new, and adds it to the level.
  private mutating func settle(
    _ node: UInt32, _ stepCount: Int, _ nodes: inout SwitchNodes, _ level: inout [UInt32]
  ) {
    let found = nodes.nodes[Int(node)]
    let state = Int(found.state)
    if nodes.isSettled(state, found.last) { return }
    level.append(node)
    if nodes.settle(state, found.last), !judge.everywhere.isEmpty {
      unsafe store.load(state, to: scratch)
      unsafe judge.judge(scratch, index: state, stepCount: stepCount)
    }
  }

  /// Expands the pairs of a level.
  private mutating func expand(
    _ level: [UInt32], _ stepCount: Int, _ nodes: inout SwitchNodes, _ next: inout [UInt32]
  ) -> StopReason? {
    var position = 0
    var indexes: [UInt32] = []
    while position < level.count {
      changeEngine()
      let first = position
      expansion.removeAll()
      while position < level.count, expansion.batch.count < Expansion.batchTarget,
        expansion.segments.count < Expansion.segmentLimit
      {
        let state = Int(nodes.nodes[Int(level[position])].state)
        expansion.add(state, of: store, by: judge.engine)
        position += 1
      }
      judge.judgeStates(of: expansion, stepCount: stepCount)
      if let stop = storeBatch(&nodes) { return stop }
      locateBatch(&indexes)
      for (offset, segment) in expansion.segments.enumerated() {
        follow(segment, from: level[first + offset], indexes, stepCount, &nodes, &next)
      }
      switchBytes = nodes.memoryBytes + (level.capacity + next.capacity) * 4
      if let stop = look() { return stop }
    }
    return nil
  }

  /// Notes where the steps from one pair lead.
  private mutating func follow(
    _ segment: Expansion.Segment, from node: UInt32, _ indexes: [UInt32], _ stepCount: Int,
    _ nodes: inout SwitchNodes, _ next: inout [UInt32]
  ) {
    let last = nodes.nodes[Int(node)].last
    if nodes.markCounted(segment.source) {
      transitionCount += segment.successors.count
      expandedCount += 1
    }
    let couldGoOn = last != SwitchNodes.nobody && couldGoOn(Int(last), segment)
    for successor in segment.successors {
      let process = UInt8(expansion.origin(successor).process)
      let state = indexes[successor]
      if nodes.isSettled(Int(state), process) { continue }
      let isPreemption = couldGoOn && process != last
      let target = SwitchNodes.Node(
        state: state, parent: node, last: process, isPreemption: isPreemption)
      if isPreemption {
        nodes.promise(target, stepCount: stepCount + 1)
      } else {
        settle(nodes.add(target), stepCount + 1, &nodes, &next)
      }
    }
    for index in segment.failures {
      let failure = expansion.batch.failures[index]
      let isPreemption = couldGoOn && failure.origin.process != UInt32(last)
      judge.note(
        Candidate(
          cause: .failure(failure.failure, value: failure.value), stepCount: stepCount + 1,
          state: segment.source, origin: failure.origin, preemptions: isPreemption ? 1 : 0))
    }
  }

  /// Stores the states of the batch that are new.
  private mutating func storeBatch(_ nodes: inout SwitchNodes) -> StopReason? {
    let count = expansion.batch.count
    if let stop = makeRoom(for: count) { return stop }
    let growth = nodes.growthBytes(for: count, stateCount: store.count + count)
    if let stop = refusal(of: growth, limits.maxMemoryBytes ?? .max) { return stop }
    let limit = min(limits.maxStates ?? .max, StateStore.stateLimit)
    let done = unsafe visited.insert(
      expansion.batch.states, count: count, into: &store, stateLimit: limit)
    if done < count { return .stateLimit(limit) }
    // Of pairs there are more than of states, and their numbers have 32 bits, too.
    if nodes.nodes.count + count >= Int(SwitchNodes.none) { return .stateLimit(store.count) }
    nodes.cover(stateCount: store.count)
    return nil
  }
}

extension Explorer {
  /// Makes the finding of the best violation; `isComplete` says whether no limit cut the search short.
  mutating func findingBySwitches(
    _ nodes: SwitchNodes, isComplete: Bool
  ) throws(SearchError) -> Finding {
    guard let candidate = judge.best else { throw .lostViolation }
    let legs = try legs(to: candidate, nodes)
    var finding = try finding(of: candidate, legs, isShortest: false, isSettled: isComplete)
    guard finding.preemptions == candidate.preemptions else {
      throw .replayMismatch(
        "\(candidate.preemptions) preemptions became \(finding.preemptions) in the replay")
    }
    finding.isShortest = isComplete && finding.trace.entries.isEmpty
    finding.switchClaim = Finding.SwitchClaim(
      ruledOut: isComplete ? candidate.preemptions : min(switchesRuledOut, candidate.preemptions),
      isShortestOfThose: isComplete)
    return finding
  }

  /// Returns the steps that lead to a violation, by way of the pairs.
  private mutating func legs(
    to candidate: Candidate, _ nodes: SwitchNodes
  ) throws(SearchError) -> [Leg] {
    guard let state = candidate.state else { return [] }
    var legs: [Leg] = []
    if let origin = candidate.origin { legs.append(Leg(source: state, origin: origin)) }
    guard var index = end(of: candidate, at: state, nodes) else { throw .lostViolation }
    while nodes.nodes[index].parent != SwitchNodes.none {
      let node = nodes.nodes[index]
      let parent = Int(node.parent)
      let source = Int(nodes.nodes[parent].state)
      expand(source)
      let successor = expansion.segments[0].successors.first {
        expansion.origin($0).process == UInt32(node.last) && isState(Int(node.state), at: $0)
      }
      guard let successor else { throw .lostViolation }
      legs.append(Leg(source: source, origin: expansion.origin(successor)))
      index = parent
    }
    return legs.reversed()
  }

  /// Finds the pair at the end of the trace to a violation: the one whose cost is that of the violation.
  private mutating func end(
    of candidate: Candidate, at state: Int, _ nodes: SwitchNodes
  ) -> Int? {
    expand(state)
    let segment = expansion.segments[0]
    return nodes.nodes.indices.first { index in
      let node = nodes.nodes[index]
      guard Int(node.state) == state else { return false }
      var cost = nodes.cost(of: index)
      if let origin = candidate.origin {
        cost.steps += 1
        if node.last != SwitchNodes.nobody, UInt32(node.last) != origin.process,
          couldGoOn(Int(node.last), segment)
        {
          cost.preemptions += 1
        }
      }
      return cost == (candidate.preemptions, candidate.stepCount)
    }
  }
}
