internal import Execution
public import Machine

/// What else could have happened along a trace: the moves that were not made, and where they lead.
///
/// From each move that was not made a small search looks ahead, up to a number of states. It is as exact as
/// the search itself, but only as far as it goes; what it says is the same on every machine.
public struct TraceOutlook: Sendable {
  /// How far to look.
  public struct Limits: Sendable {
    /// The most states that are looked at from one move on.
    public var statesPerMove: Int
    /// The most states that are looked at in all; divided evenly, so that the later steps get their share.
    public var statesInAll: Int

    /// Creates limits.
    public init(statesPerMove: Int = 1000, statesInAll: Int = 60_000) {
      self.statesPerMove = statesPerMove
      self.statesInAll = statesInAll
    }
  }

  /// A move that was not made.
  public struct Move: Sendable {
    /// The process that could have moved.
    public var process: ProcessID
    /// What its choices would have given.
    public var choices: [Int]
    /// What a search from there on has found.
    public var outlook: Outlook
  }

  /// What a search from a move on has found.
  public struct Outlook: Sendable {
    /// The first violation that it came to, if any: with the fewest steps.
    public var violation: Violation?
    /// Where it first met the trace again: the number of the step after which the states are the same, and
    /// how many steps after the move that is.
    public var rejoins: (step: Int, after: Int)?
    /// The number of states looked at.
    public var states: Int
    /// Whether these are all states that can follow.
    public var isComplete: Bool
  }

  /// A violation that follows from a move.
  public struct Violation: Sendable {
    /// Its name, as `expect` has it.
    public var name: String
    /// The moves that lead to it after the one that it is about; if one fails, it is the last.
    public var path: [TraceReplayer.Move]
  }

  /// The moves that were not made in each state of the trace, the initial one first and without the last: in
  /// the order of the processes.
  public let moves: [[Move]]
  /// The steps, numbered from one on, that are preemptions: the process before could have gone on.
  public let preemptions: Set<Int>

  /// Looks around along a trace of `system`.
  ///
  /// - Complexity: O(*m*·*n*) states for *m* moves that were not made and *n* states for each.
  public init(of trace: Trace, in system: TransitionSystem, limits: Limits = Limits()) {
    let states = [trace.initialValues] + trace.entries.map(\.values)
    var scout = Scout(system, trace: states)
    let open = trace.entries.indices.map { index in
      scout.moves(from: states[index]).filter { move in
        move.process != trace.entries[index].process || move.choices != trace.entries[index].choices
      }
    }
    let count = max(1, open.reduce(0) { $0 + $1.count })
    let limit = max(1, min(limits.statesPerMove, limits.statesInAll / count))
    moves = open.indices.map { index in
      open[index].map { move in
        Move(
          process: move.process, choices: move.choices,
          outlook: scout.outlook(after: move, from: states[index], limit: limit))
      }
    }
    let situations = SituationJudge(system)
    preemptions = Set(
      trace.entries.indices.dropFirst().filter { index in
        let last = trace.entries[index - 1].process
        return last != trace.entries[index].process
          && situations.couldGoOn(last, in: states[index])
      }.map { $0 + 1 })
  }
}

/// Looks ahead from single states.
private struct Scout {
  /// A state that was found, and how.
  private struct Node {
    var state: [UInt64]
    var depth: Int
    var parent: Int
    var origin: SuccessorBatch.Origin
  }

  /// A violation that was found: in a state itself, or by a failing step from there.
  private struct Sighting {
    var name: String
    var node: Int
    var failing: SuccessorBatch.Origin?
    var depth: Int
  }

  private let system: TransitionSystem
  private let engine: Evaluator
  private let rest: RestConditions
  private let replayer: Replayer
  private let stepOfState: [[UInt64]: Int]
  /// What is judged in every state: a `reachable` may be false, but must not fail.
  private let everywhere: [PropertyID]
  private let atRest: [PropertyID]

  init(_ system: TransitionSystem, trace: [[Int64]]) {
    self.system = system
    engine = Evaluator(system)
    rest = RestConditions(system)
    replayer = Replayer(system)
    stepOfState = Dictionary(
      trace.enumerated().map { (system.pack($0.element), $0.offset) }, uniquingKeysWith: { $1 })
    let properties = JudgedProperties(system)
    // A violation is more telling than the failure of what is to be reached.
    everywhere =
      properties.everywhere.filter { $0.isInvariant }.map { $0.id }
      + properties.everywhere.filter { !$0.isInvariant }.map { $0.id }
    atRest = properties.atRest
  }

  /// Returns all moves that can be made in a state, those that fail included.
  func moves(from values: [Int64]) -> [TraceReplayer.Move] {
    let state = system.pack(values)
    var batch = SuccessorBatch(wordCount: engine.wordCount)
    expand(state, into: &batch)
    var origins = batch.failures.map(\.origin)
    for index in 0..<batch.count { unsafe origins.append(batch.origins[index]) }
    origins.sort { ($0.process, $0.ordinal) < ($1.process, $1.ordinal) }
    return origins.map { move(by: $0, from: state) }
  }

  /// Searches from a move on until `limit` states are known, or the level of a violation is done.
  mutating func outlook(
    after move: TraceReplayer.Move, from values: [Int64], limit: Int
  ) -> TraceOutlook.Outlook {
    let run = replayer.step(move.process, choices: move.choices, from: values)
    if case .failed(let failure, _, _) = run.outcome {
      let violation = TraceOutlook.Violation(name: system[failure].violation, path: [])
      return .init(violation: violation, rejoins: nil, states: 0, isComplete: true)
    }
    let start = system.pack(run.values)
    var nodes = [Node(state: start, depth: 0, parent: -1, origin: .init(process: 0, ordinal: 0))]
    var known: Set<[UInt64]> = [start]
    var rejoins = stepOfState[start].map { (step: $0, after: 0) }
    var best = violation(in: start).map { Sighting(name: $0, node: 0, failing: nil, depth: 0) }
    var isCut = false
    var next = 0
    while next < nodes.count, best.map({ nodes[next].depth < $0.depth }) ?? true {
      let node = nodes[next]
      var batch = SuccessorBatch(wordCount: engine.wordCount, capacity: 32)
      expand(node.state, into: &batch)
      if let name = violationAtRest(in: node.state, batch) {
        best = Sighting(name: name, node: next, failing: nil, depth: node.depth)
        break
      }
      if best == nil, let failure = batch.failures.first {
        best = Sighting(
          name: system[failure.failure].violation, node: next, failing: failure.origin,
          depth: node.depth + 1)
      }
      for index in 0..<batch.count {
        let state = unsafe Array(
          UnsafeBufferPointer(start: batch.states + index * batch.wordCount, count: batch.wordCount)
        )
        if known.contains(state) { continue }
        if nodes.count >= limit {
          isCut = true
          break
        }
        known.insert(state)
        nodes.append(
          Node(
            state: state, depth: node.depth + 1, parent: next,
            origin: unsafe batch.origins[index]))
        if rejoins == nil, let step = stepOfState[state] {
          rejoins = (step: step, after: node.depth + 1)
        }
        if best == nil, let name = violation(in: state) {
          best = Sighting(name: name, node: nodes.count - 1, failing: nil, depth: node.depth + 1)
        }
      }
      next += 1
    }
    return .init(
      violation: best.map { .init(name: $0.name, path: path(to: $0, in: nodes)) },
      rejoins: rejoins, states: nodes.count, isComplete: !isCut && best == nil)
  }

  private func path(to sighting: Sighting, in nodes: [Node]) -> [TraceReplayer.Move] {
    var moves: [TraceReplayer.Move] = []
    var index = sighting.node
    while nodes[index].parent >= 0 {
      moves.append(move(by: nodes[index].origin, from: nodes[nodes[index].parent].state))
      index = nodes[index].parent
    }
    moves.reverse()
    if let failing = sighting.failing {
      moves.append(move(by: failing, from: nodes[sighting.node].state))
    }
    return moves
  }

  // MARK: States

  private func expand(_ state: [UInt64], into batch: inout SuccessorBatch) {
    unsafe state.withUnsafeBufferPointer { words in
      guard let words = words.baseAddress else { return }
      unsafe engine.expand(words, into: &batch)
    }
  }

  private func move(by origin: SuccessorBatch.Origin, from state: [UInt64]) -> TraceReplayer.Move {
    let choices = unsafe state.withUnsafeBufferPointer { words in
      unsafe words.baseAddress.flatMap {
        unsafe engine.choices(ofRun: Int(origin.ordinal), of: origin.process, in: $0)
      }
    }
    return .init(process: ProcessID(Int(origin.process)), choices: choices ?? [])
  }

  /// Returns what is wrong in a state, whatever goes on in it.
  private func violation(in state: [UInt64]) -> String? {
    everywhere.isEmpty ? nil : firstViolated(of: everywhere, in: state)
  }

  /// Returns what is wrong if nothing goes on.
  private func violationAtRest(
    in state: [UInt64], _ batch: borrowing SuccessorBatch
  ) -> String? {
    let successors = unsafe UnsafeBufferPointer(start: batch.origins, count: batch.count)
    let failures = batch.failures[...]
    let situation = unsafe state.withUnsafeBufferPointer { words in
      unsafe words.baseAddress.map {
        unsafe rest.situation(of: $0, successors: successors, failures: failures)
      }
    }
    switch situation {
    case .deadlock: return "deadlock"
    case .rest: return firstViolated(of: atRest, in: state)
    case .running, nil: return nil
    }
  }

  private func firstViolated(of properties: [PropertyID], in state: [UInt64]) -> String? {
    unsafe state.withUnsafeBufferPointer { words in
      guard let words = words.baseAddress else { return nil }
      for property in properties {
        switch unsafe engine.judge(property, in: words) {
        case .holds: break
        case .isFalse:
          if system[property].kind != .reachable { return system[property].name }
        case .failed(let failure, _): return system[failure].violation
        }
      }
      return nil
    }
  }
}
