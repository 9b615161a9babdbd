internal import Execution

extension Explorer {
  /// The memory that the search takes now, in bytes.
  var memoryBytes: Int {
    store.memoryBytes + visited.memoryBytes + (known?.memoryBytes ?? 0) + ancestry.memoryBytes
      + expansion.batch.memoryBytes + 8 * batchHashes.capacity + switchBytes
      + (team?.memoryBytes ?? 0) + births.capacity * MemoryLayout<Birth>.stride
  }

  /// Makes room for `addition` more states, or returns why that is not allowed.
  ///
  /// That many bytes are kept for other things that may come.
  mutating func makeRoom(for addition: Int, keeping keptBytes: Int = 0) -> StopReason? {
    let limit = (limits.maxMemoryBytes ?? .max) - keptBytes
    if let stop = refusal(of: store.growthBytes(for: addition), limit) { return stop }
    store.reserve(addition)
    while visited.shouldGrow(for: addition) {
      if visited.canSpread, refusal(of: visited.spreadBytes, limit) == nil {
        visited.spread(store)
        continue
      }
      if let stop = refusal(of: visited.growthBytes, limit) {
        // A full table is slow, but it still answers.
        return visited.hasRoom(for: addition) ? nil : stop
      }
      visited.grow(from: store)
    }
    return nil
  }

  /// Why the search cannot have so many bytes more; nil if it can.
  func refusal(of byteCount: Int, _ limit: Int) -> StopReason? {
    if memoryBytes + byteCount > limit {
      return .memoryLimit(bytes: limits.maxMemoryBytes ?? limit)
    }
    return LargeMemory.isAvailable(byteCount) ? nil : .noMemory
  }

  /// Looks at the clock, and tells the caller how the search gets on.
  mutating func look() -> StopReason? {
    switch clock.look() {
    case .goOn: nil
    case .report: clock.report(statistics) ? nil : .cancelled
    case .stop(let reason): reason
    }
  }

  /// What the search has covered by now.
  var statistics: SearchStatistics {
    SearchStatistics(
      states: store.count, transitions: transitionCount, depth: depth,
      frontier: store.count - expandedCount, memoryBytes: memoryBytes, elapsed: clock.elapsed)
  }

  /// What the search has covered if it ended with a violation: all states of the violation's level
  /// and of the levels before, and all transitions between them.
  ///
  /// That does not depend on where on its level the violation was met.
  var statisticsToViolation: SearchStatistics {
    var statistics = self.statistics
    statistics.states = levelStarts.last ?? 0
    statistics.frontier = statistics.states - expandedCount
    return statistics
  }

  /// The number of steps to the farthest state of a complete level, or of the level that is being made.
  private var depth: Int {
    if let deepest { return deepest }
    guard let end = levelStarts.last else { return 0 }
    let levelCount = levelStarts.count - 1
    if store.count > end && judge.best == nil { return levelCount }
    return max(0, levelStarts[levelCount - 1] == end ? levelCount - 2 : levelCount - 1)
  }
}
