internal import Execution
internal import Machine

extension Explorer {
  /// Makes the finding of the best violation, with a trace that has been replayed; `isComplete` says
  /// whether no limit cut the first pass short.
  mutating func finding(isComplete: Bool) throws(SearchError) -> Finding {
    if isComplete && method.memory == .exact, case .settled(let candidate, let legs) = try settle()
    {
      let finding = try finding(of: candidate, legs, isShortest: true, isSettled: true)
      guard finding.preemptions == candidate.preemptions else {
        throw .replayMismatch(
          "\(candidate.preemptions) preemptions became \(finding.preemptions) in the replay")
      }
      return finding
    }
    guard let candidate = judge.best else { throw .lostViolation }
    if method.memory != .exact {
      let candidate = try retrieveStates(to: candidate)
      let legs = try legsBetweenStates(to: candidate)
      return try finding(of: candidate, legs, isShortest: false, isSettled: false)
    }
    let legs = try legsByParents(to: candidate)
    return try finding(of: candidate, legs, isShortest: isComplete, isSettled: false)
  }

  /// Returns the steps by which the search itself came to a violation.
  private mutating func legsByParents(to candidate: Candidate) throws(SearchError) -> [Leg] {
    guard var state = candidate.state else { return [] }
    var legs: [Leg] = []
    if let origin = candidate.origin { legs.append(Leg(source: state, origin: origin)) }
    while state >= levelStarts[1] {
      let leg = try legByBirth(of: state)
      legs.append(leg)
      state = leg.source
    }
    return legs.reversed()
  }

  /// Returns the step by which the search found a state.
  private mutating func legByBirth(of state: Int) throws(SearchError) -> Leg {
    var lower = 0
    var upper = births.count
    while lower + 1 < upper {
      let middle = (lower + upper) / 2
      if Int(births[middle].firstNew) <= state { lower = middle } else { upper = middle }
    }
    guard lower < births.count else { throw .lostViolation }
    for source in Int(births[lower].firstSource)..<state {
      expand(source)
      if let position = position(of: state) {
        return Leg(source: source, origin: expansion.origin(position))
      }
    }
    throw .lostViolation
  }

  /// The position of the stored state in the batch.
  private func position(of state: Int) -> Int? {
    (0..<expansion.batch.count).first { isState(state, at: $0) }
  }

  /// Replays the steps of a violation and makes a finding of it.
  mutating func finding(
    of candidate: Candidate, _ legs: [Leg], isShortest: Bool, isSettled: Bool
  ) throws(SearchError) -> Finding {
    var moves: [TraceReplayer.Move] = []
    for leg in legs {
      unsafe store.load(leg.source, to: scratch)
      let choices = unsafe judge.engine.choices(
        ofRun: Int(leg.origin.ordinal), of: leg.origin.process, in: scratch)
      moves.append(
        TraceReplayer.Move(
          process: ProcessID(Int(leg.origin.process)), choices: choices ?? []))
    }
    let initialChoices = try initialChoices(of: legs.first?.source ?? candidate.state, candidate)
    let replayer = TraceReplayer(system)
    let replay = replayer.replay(initialChoices: initialChoices, moves: moves)
    try compare(replay, with: candidate, legs)
    var text = ""
    if case .failed(_, _, let failureText) = replay.end { text = failureText }
    if case .propertyFailure(let property, _, _) = candidate.cause {
      let last = replay.trace.entries.last?.values ?? replay.trace.initialValues
      text = replayer.judge(system[property].entry, in: last).failure?.text ?? ""
    }
    return Finding(
      cause: candidate.cause, violation: candidate.violation(in: system), trace: replay.trace,
      preemptions: replay.preemptions, isShortest: isShortest, hasFewestPreemptions: isSettled,
      text: text)
  }

  /// Returns the prelude's choices that lead to the initial state with the given index, or to the
  /// prelude's failure.
  private mutating func initialChoices(
    of state: Int?, _ candidate: Candidate
  ) throws(SearchError) -> [Int] {
    expansion.removeAll()
    judge.engine.start(into: &expansion.batch)
    var ordinal = candidate.origin?.ordinal
    if let state {
      guard let position = position(of: state) else {
        throw .lostViolation
      }
      ordinal = expansion.origin(position).ordinal
    }
    let choices = unsafe judge.engine.choices(
      ofRun: Int(ordinal ?? 0), of: SuccessorBatch.prelude, in: expansion.batch.states)
    guard let choices else { throw .lostViolation }
    return choices
  }

  /// Throws unless the replay came by the states of the search and ended as it should.
  private func compare(
    _ replay: TraceReplayer.Replay, with candidate: Candidate, _ legs: [Leg]
  ) throws(SearchError) {
    switch (candidate.cause, replay.end) {
    case (.failure(let failure, let value), .failed(let replayed, let replayedValue, _)):
      guard failure == replayed && value == replayedValue else {
        throw .replayMismatch("the last step fails in another way")
      }
    case (.property, .completed), (.propertyFailure, .completed), (.deadlock, .completed):
      break
    default:
      throw .replayMismatch("the replay ended with \(replay.end)")
    }
    var visited = [replay.trace.initialValues] + replay.trace.entries.map(\.values)
    if candidate.origin != nil { visited.removeLast() }
    var expected = legs.map(\.source)
    if candidate.origin == nil, let state = candidate.state { expected.append(state) }
    guard visited.count == expected.count else {
      throw .replayMismatch("the replay has \(visited.count) states, not \(expected.count)")
    }
    for (step, (values, index)) in zip(visited, expected).enumerated() {
      unsafe store.load(index, to: scratch)
      let words = (0..<system.wordCount).map { unsafe scratch[$0] }
      guard system.pack(values) == words else {
        throw .replayMismatch("the state after step \(step) differs")
      }
    }
    let last = visited.last ?? []
    guard causeHolds(candidate.cause, in: last) else {
      throw .replayMismatch("the last state does not show \(candidate.cause)")
    }
  }

  /// Whether the replayer, too, sees a false property in the last state, and the evaluator, which need not
  /// have made the successors, the deadlock or the rest.
  private func causeHolds(_ cause: Finding.Cause, in values: [Int64]) -> Bool {
    let replayer = TraceReplayer(system)
    switch cause {
    case .failure:
      return true
    case .deadlock: break
    case .property(let property):
      guard replayer.judge(system[property].entry, in: values).value == 0 else { return false }
    case .propertyFailure(let property, let failure, _):
      let judgement = replayer.judge(system[property].entry, in: values)
      guard judgement.failure?.id == failure else { return false }
    }
    return SituationJudge(system).causes(in: values).contains(cause)
  }
}
