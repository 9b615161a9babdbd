internal import Execution
internal import Machine

extension Explorer {
  /// Expands a block of a level with all workers, and returns where the next one begins; nil if this has to
  /// be done batch by batch, because a limit is near.
  mutating func exploreTogether(_ level: Int, _ source: Int, _ end: Int) -> Int? {
    let limit = min(limits.maxStates ?? .max, StateStore.stateLimit)
    let chunkSize = chunkSize
    let sources = source..<min(end, source + sharing.chunkCount * chunkSize)
    let chunkCount = (sources.count + chunkSize - 1) / chunkSize
    let mostSuccessors = chunkCount << sharing.successorLimitLog2
    guard store.count + mostSuccessors <= limit, let team = gatherTeam(),
      makeRoom(for: mostSuccessors, keeping: team.reservedBytes) == nil
    else {
      // From here on, one thread goes on exactly up to the limit.
      coveredBefore.formUnion(coveredPoints)
      team = nil
      sharing.workerCount = 1
      return nil
    }
    let expanded = team.expand(
      sources, chunkSize: chunkSize, level: level, &store, &visited, &judge)
    if let best = judge.best, best.stepCount == level {
      team.forget(&visited)
      return expanded.upperBound
    }
    team.number(level: level, &store, &visited, &judge)
    transitionCount += team.successorCount
    // What was lost is made good by as much work that cannot be lost, so that at most half of it is.
    soloEnd = transitionCount + team.lostSuccessorCount
    lastBlock = (expanded.count, team.successorCount)
    team.forEachBirth { firstSource, firstNew in
      noteBirth(from: firstSource, firstNew: firstNew)
    }
    // A state that has too many successors for a block is expanded alone.
    return expanded.isEmpty ? nil : expanded.upperBound
  }

  /// Whether it pays to share the work on that many states now.
  func sharesWork(on stateCount: Int) -> Bool {
    sharing.isWorthwhile(stateCount) && transitionCount >= soloEnd
  }

  /// The number of states in a chunk: as many as are likely to have far less successors than are allowed.
  private var chunkSize: Int {
    let allowance = (1 << sharing.successorLimitLog2) / 4
    let overall = allowance * expandedCount / max(1, transitionCount)
    let lately = allowance * lastBlock.states / max(1, lastBlock.successors)
    return max(1, min(sharing.chunkSize, overall, lastBlock.successors > 0 ? lately : overall))
  }

  /// Returns the team; nil if there is no memory for one.
  private mutating func gatherTeam() -> Team? {
    if let team { return team }
    let most = Team.mostBytes(sharing, wordCount: system.wordCount)
    if refusal(of: most, limits.maxMemoryBytes ?? .max) != nil { return nil }
    let team = Team(sharing, system) { [faster, system] in faster?.another() ?? Evaluator(system) }
    self.team = team
    return team
  }

  /// Goes over to the faster engine if it is ready; engines agree, so nothing else changes.
  mutating func changeEngine() {
    repeat {
      if let engine = faster?.look(stateCount: store.count) {
        coveredBefore.formUnion(coveredPoints)
        judge.engine = engine
        team?.changeEngines { [faster, system] in faster?.another() ?? Evaluator(system) }
      }
      // Whoever wants the search to stop does not want it to wait either.
      if faster?.isAwaited == true, look() != nil { faster?.stopWaiting() }
    } while faster?.isAwaited == true
  }

  /// The coverage points that any engine has reached.
  var coveredPoints: Set<Int> {
    judge.engine.coveredPoints.union(team?.coveredPoints ?? []).union(coveredBefore)
  }
}
