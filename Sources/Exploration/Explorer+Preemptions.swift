internal import Execution
internal import Machine

/// The second pass: of all violations with the fewest steps, the one with the fewest preemptions.
///
/// All states of the levels up to the violation are stored. Going through them level by level, the
/// fewest preemptions with which a state can be reached follow from those of the level before, if the
/// process that moved last is kept beside the state. Only edges from one level to the next matter: a
/// trace of the fewest steps has no others.
///
/// A preemption is a step of one process in a state in which the process that moved last could have
/// gone on. The arrival of an interrupt is one too; the end of a handler is none.
extension Explorer {
  /// A step of a trace: the index of the state in which it starts, and the run.
  struct Leg {
    var source: Int
    var origin: SuccessorBatch.Origin
  }

  /// What the second pass came to.
  enum Settlement {
    /// This is the violation to report, with the steps that lead to it.
    case settled(Candidate, [Leg])
    /// A limit was reached first.
    case stopped
  }

  /// Picks among all violations with as many steps as the best one that the first pass has met.
  mutating func settle() throws(SearchError) -> Settlement {
    guard let first = judge.best else { throw .lostViolation }
    // A failing prelude comes before everything else that takes no step.
    if first.state == nil { return .settled(first, []) }
    let level = first.stepCount
    let stateCount = levelStarts[level + 1]
    let processCount = system.processes.count
    let bytes = PreemptionTable.memoryBytes(stateCount: stateCount, processCount: processCount)
    if refusal(of: bytes, limits.maxMemoryBytes ?? .max) != nil { return .stopped }

    var table = PreemptionTable(stateCount: stateCount, processCount: processCount)
    judge.best = nil
    for earlier in 0..<level {
      if !relax(level: earlier, isLast: earlier + 1 == level, &table) {
        judge.best = first
        return .stopped
      }
    }
    if !judge(level: level, table) {
      judge.best = first
      return .stopped
    }
    guard let found = judge.best else { throw .lostViolation }
    if found.preemptions >= Int(PreemptionTable.saturation) { return .stopped }
    guard let legs = try retrace(found, table) else { return .stopped }
    return .settled(found, legs)
  }

  /// Computes the next level's entries from those of `level`, and returns false if a limit is reached.
  private mutating func relax(
    level: Int, isLast: Bool, _ table: inout PreemptionTable
  ) -> Bool {
    let end = levelStarts[level + 1]
    let next = UInt32(end)..<UInt32(levelStarts[level + 2])
    var indexes: [UInt32] = []
    var source = levelStarts[level]
    while source < end {
      source = expansion.fill(from: source, to: end, of: store, by: judge.engine)
      locateBatch(&indexes)
      for segment in expansion.segments {
        let state = segment.source
        let fewest = fewestBefore(segment, level: level, table)
        for successor in segment.successors where next.contains(indexes[successor]) {
          let process = Int(expansion.origin(successor).process)
          let cost = level == 0 ? 0 : min(fewest, table[state, process])
          let target = Int(indexes[successor])
          if cost < table[target, process] { table[target, process] = cost }
        }
        if !isLast { continue }
        for failure in expansion.batch.failures[segment.failures] {
          let process = Int(failure.origin.process)
          judge.note(
            Candidate(
              cause: .failure(failure.failure, value: failure.value), stepCount: level + 1,
              state: state, origin: failure.origin,
              preemptions: level == 0 ? 0 : Int(min(fewest, table[state, process]))))
        }
      }
      if look() != nil { return false }
    }
    return true
  }

  /// Returns the fewest preemptions of a trace that goes on from the segment's state with a process
  /// that did not move last.
  private func fewestBefore(
    _ segment: Expansion.Segment, level: Int, _ table: borrowing PreemptionTable
  ) -> UInt8 {
    if level == 0 { return 0 }
    var fewest = PreemptionTable.unreachable
    for last in 0..<table.processCount {
      let cost = table[segment.source, last]
      if cost == PreemptionTable.unreachable { continue }
      fewest = min(fewest, Self.raised(cost, if: couldGoOn(last, segment)))
    }
    return fewest
  }

  /// Returns `cost` plus one if a preemption is added.
  private static func raised(_ cost: UInt8, if isPreemption: Bool) -> UInt8 {
    isPreemption ? min(cost + 1, PreemptionTable.saturation) : cost
  }

  /// Whether turning away from the process in the segment's state is a preemption.
  func couldGoOn(_ process: Int, _ segment: Expansion.Segment) -> Bool {
    let isEnabled =
      segment.successors.contains { Int(expansion.origin($0).process) == process }
      || expansion.batch.failures[segment.failures].contains { Int($0.origin.process) == process }
    if !isEnabled { return false }
    return unsafe !judge.rest.isIdleInterrupt(process, in: expansion.state(of: segment))
  }

  /// Collects the violations in the states of the last level, and returns false if a limit is reached.
  private mutating func judge(level: Int, _ table: borrowing PreemptionTable) -> Bool {
    let end = levelStarts[level + 1]
    var source = levelStarts[level]
    while source < end {
      source = expansion.fill(from: source, to: end, of: store, by: judge.engine)
      for segment in expansion.segments {
        let causes = judge.causes(in: segment, expansion)
        if causes.isEmpty { continue }
        let preemptions = level == 0 ? 0 : Int(table.fewest(at: segment.source))
        for cause in causes {
          judge.note(
            Candidate(
              cause: cause, stepCount: level, state: segment.source, preemptions: preemptions))
        }
      }
      if look() != nil { return false }
    }
    return true
  }

  /// Writes the indexes of the batch's states.
  mutating func locateBatch(_ indexes: inout [UInt32]) {
    while indexes.count < expansion.batch.count { indexes.append(VisitedSet.absent) }
    unsafe indexes.withUnsafeMutableBufferPointer { indexes in
      guard let indexes = indexes.baseAddress else { return }
      unsafe visited.locate(
        expansion.batch.states, count: expansion.batch.count, in: store, indexes: indexes)
    }
  }
}

extension Explorer {
  /// Finds the steps that lead to a violation with as few preemptions as the table says, or returns
  /// nil if a limit is reached.
  private mutating func retrace(
    _ candidate: Candidate, _ table: borrowing PreemptionTable
  ) throws(SearchError) -> [Leg]? {
    guard var state = candidate.state else { return [] }
    var legs: [Leg] = []
    var level = candidate.stepCount
    var cost = UInt8(candidate.preemptions)
    var last = 0
    if let origin = candidate.origin {
      legs.append(Leg(source: state, origin: origin))
      level -= 1
      if level > 0 {
        expand(state)
        let found = previous(expansion.segments[0], mover: Int(origin.process), cost: cost, table)
        guard let found else { throw .lostViolation }
        (last, cost) = found
      }
    } else if level > 0 {
      guard let process = (0..<table.processCount).first(where: { table[state, $0] == cost })
      else { throw .lostViolation }
      last = process
    }
    while level > 0 {
      switch retrace(to: state, level: level, last: last, cost: cost, table) {
      case .found(let leg, let previousLast, let previousCost):
        legs.append(leg)
        state = leg.source
        last = previousLast
        cost = previousCost
        level -= 1
      case .lost: throw .lostViolation
      case .stopped: return nil
      }
    }
    return legs.reversed()
  }

  private enum Retraced {
    case found(Leg, last: Int, cost: UInt8)
    case lost
    case stopped
  }

  /// Finds a step by `last` from the level before to `state` that accounts for `cost`.
  private mutating func retrace(
    to state: Int, level: Int, last: Int, cost: UInt8, _ table: borrowing PreemptionTable
  ) -> Retraced {
    for source in levelStarts[level - 1]..<levelStarts[level] {
      // Most states of the level can be ruled out without computing their successors.
      if level > 1 {
        let fewest = table.fewest(at: source)
        if fewest > cost || Int(fewest) + 1 < Int(cost) { continue }
      }
      expand(source)
      if look() != nil { return .stopped }
      let segment = expansion.segments[0]
      let successor = segment.successors.first {
        Int(expansion.origin($0).process) == last && isState(state, at: $0)
      }
      guard let successor else { continue }
      let leg = Leg(source: source, origin: expansion.origin(successor))
      if level == 1 { return cost == 0 ? .found(leg, last: 0, cost: 0) : .lost }
      if let (last, cost) = previous(segment, mover: last, cost: cost, table) {
        return .found(leg, last: last, cost: cost)
      }
    }
    return .lost
  }

  /// Returns a process that may have moved before `mover` does in the segment's state, and the
  /// preemptions up to there, so that they come to `cost` with that step.
  private func previous(
    _ segment: Expansion.Segment, mover: Int, cost: UInt8, _ table: borrowing PreemptionTable
  ) -> (last: Int, cost: UInt8)? {
    for last in 0..<table.processCount {
      let before = table[segment.source, last]
      if before == PreemptionTable.unreachable { continue }
      let isPreemption = last != mover && couldGoOn(last, segment)
      if Self.raised(before, if: isPreemption) == cost { return (last, before) }
    }
    return nil
  }

  /// Whether the batch's state at `position` is the stored state `index`.
  func isState(_ index: Int, at position: Int) -> Bool {
    unsafe store.matches(index, expansion.successor(position))
  }

  /// Fills the batch with the successors of one state.
  mutating func expand(_ source: Int) {
    expansion.removeAll()
    expansion.add(source, of: store, by: judge.engine)
  }
}
