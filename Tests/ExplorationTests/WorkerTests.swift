import Exploration
import Machine
import TestSupport
import Testing

@Suite struct WorkerTests {
  /// How many systems are compared; fewer in debug builds, to keep the tests quick.
  static var systemCount: UInt64 {
    #if DEBUG
    500
    #else
    5_000
    #endif
  }

  /// Ways to share that give small systems something to share, and make all that is rare frequent.
  static let sharings = [
    WorkSharing(workerCount: 2, chunkSize: 1, chunksPerWorker: 1, smallestShare: 1),
    WorkSharing(workerCount: 3, chunkSize: 2, chunksPerWorker: 2, smallestShare: 1),
    // Four successors are too many for a chunk.
    WorkSharing(
      workerCount: 2, chunkSize: 4, chunksPerWorker: 2, smallestShare: 1, successorLimitLog2: 2),
  ]

  @Test("any number of workers comes to the same result, trace and counts included")
  func sameResults() throws {
    for seed in 0..<Self.systemCount {
      let system = RandomSystem.make(seed: seed)
      let expected = Outcome(try Search(system).run())
      for sharing in Self.sharings {
        let outcome = Outcome(try Search(system, sharing: sharing).run())
        #expect(outcome == expected, "seed \(seed), \(sharing)")
        if outcome != expected { return }
      }
    }
  }

  @Test("states, transitions and the order of states are those of one worker on large levels")
  func largeLevels() throws {
    let system = TinySystems.philosophers(10)
    let expected = Outcome(try Search(system).run())
    for workerCount in 2...4 {
      let method = SearchMethod(workerCount: workerCount)
      for _ in 0..<3 {
        #expect(Outcome(try Search(system, method: method).run()) == expected)
      }
    }
    // Chunks that are cut short now and then, and entries that are taken back.
    for successorLimitLog2 in 3...6 {
      let sharing = WorkSharing(
        workerCount: 3, chunkSize: 64, chunksPerWorker: 8, smallestShare: 16,
        successorLimitLog2: successorLimitLog2)
      #expect(Outcome(try Search(system, sharing: sharing).run()) == expected)
    }
  }

  @Test("a violation behind large levels has the same trace for any number of workers")
  func violations() throws {
    let system = TinySystems.philosophers(8, deadlock: true)
    let expected = Outcome(try Search(system).run())
    for workerCount in 2...3 {
      let sharing = WorkSharing(workerCount: workerCount, chunksPerWorker: 4, smallestShare: 8)
      #expect(Outcome(try Search(system, sharing: sharing).run()) == expected)
    }
    #expect(expected.verdict.contains("violated"))
  }

  @Test(
    "a limit of states stops every number of workers at the same state",
    arguments: [1, 7, 100, 999])
  func stateLimit(limit: Int) throws {
    let system = TinySystems.philosophers(6)
    let limits = SearchLimits(maxStates: limit)
    let expected = Outcome(try Search(system, limits: limits).run())
    for sharing in Self.sharings {
      #expect(Outcome(try Search(system, limits: limits, sharing: sharing).run()) == expected)
    }
  }

  @Test("a limit of memory is not passed by any number of workers", arguments: [1, 2, 12, 30, 60])
  func memoryLimit(megabytes: Int) throws {
    let limit = megabytes << 20
    let system = TinySystems.philosophers(12)
    let result = try Search(
      system, limits: SearchLimits(maxMemoryBytes: limit), method: SearchMethod(workerCount: 2)
    ).run()
    #expect(result.statistics.memoryBytes <= limit)
    if case .holds = result.verdict {
      #expect(result.statistics.states == 531_441)
    } else {
      guard case .inconclusive(.memoryLimit) = result.verdict else {
        Issue.record("the verdict is \(result.verdict)")
        return
      }
      #expect(result.statistics.states < 531_441)
    }
  }

  /// What of a result must not depend on the workers.
  private struct Outcome: Equatable {
    var verdict: String
    var states: Int
    var transitions: Int
    var depth: Int
    var frontier: Int
    var witnessed: Set<PropertyID>
    var covered: Set<Int>

    init(_ result: SearchResult) {
      verdict = String(describing: result.verdict)
      states = result.statistics.states
      transitions = result.statistics.transitions
      depth = result.statistics.depth
      frontier = result.statistics.frontier
      witnessed = result.witnessed
      covered = result.covered
    }
  }
}
