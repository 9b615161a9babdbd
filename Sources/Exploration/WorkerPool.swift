internal import Synchronization
internal import Threads

/// Threads that do a piece of work together, over and over.
///
/// Pieces are short (a fraction of a millisecond), so that a thread that has nothing to do looks for the
/// next one for a while before it goes to sleep.
final class WorkerPool: @unchecked Sendable {
  /// How often to look before giving the core to someone else.
  private static let looksPerYield = 64
  /// How often to do that before going to sleep.
  private static let yieldLimit = 200

  /// The number of threads besides the one that calls.
  private var helperCount = 0
  /// Goes up by one with each piece of work.
  private let round = Atomic<Int>(0)
  /// How many of the other workers have not finished the piece.
  private let busyCount = Atomic<Int>(0)
  private let condition = Condition()
  /// Written only between two rounds.
  private var work: ((Int) -> Void)?

  /// Starts one thread less than there are workers, or as many of them as the system gives.
  init(workerCount: Int) {
    for worker in 1..<max(1, workerCount) {
      guard startThread({ self.serve(worker) }) else { break }
      helperCount += 1
    }
  }

  /// Has all workers call `body` with their number, and returns when all have done so.
  ///
  /// There may be fewer workers than were asked for, so that `body` shall take what is left to do.
  func run(_ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      work = body
      busyCount.store(helperCount, ordering: .relaxed)
      begin()
      body(0)
      wait { busyCount.load(ordering: .acquiring) == 0 }
      work = nil
    }
  }

  /// Ends the threads; the pool cannot be used after that.
  func stop() {
    work = nil
    begin()
  }

  private func begin() {
    condition.wakeAll { round.add(1, ordering: .releasing) }
  }

  private func serve(_ worker: Int) {
    var seen = 0
    while true {
      wait { round.load(ordering: .acquiring) != seen }
      seen += 1
      if !callWork(worker) { return }
      if busyCount.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        condition.wakeAll()
      }
    }
  }

  /// Does the worker's part of the piece, and returns whether there is one; the piece is let go of on return.
  @inline(never)
  private func callWork(_ worker: Int) -> Bool {
    guard let work else { return false }
    work(worker)
    return true
  }

  private func wait(until isDone: () -> Bool) {
    for _ in 0..<Self.yieldLimit {
      for _ in 0..<Self.looksPerYield where isDone() { return }
      yieldCore()
    }
    condition.wait(until: isDone)
  }
}
