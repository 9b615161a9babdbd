internal import Foundation
internal import Synchronization

/// Threads that do a piece of work together, over and over.
///
/// Pieces are short (a fraction of a millisecond), so that a thread that has nothing to do looks for the
/// next one for a while before it goes to sleep.
final class WorkerPool: @unchecked Sendable {
  /// How often to look before giving the core to someone else.
  private static let looksPerYield = 64
  /// How often to do that before going to sleep.
  private static let yieldLimit = 200

  /// The number of workers, the calling thread included.
  let workerCount: Int
  /// Goes up by one with each piece of work.
  private let round = Atomic<Int>(0)
  /// How many of the other workers have not finished the piece.
  private let busyCount = Atomic<Int>(0)
  private let condition = NSCondition()
  /// Written only between two rounds.
  private var work: ((Int) -> Void)?

  /// Starts one thread less than there are workers.
  init(workerCount: Int) {
    self.workerCount = workerCount
    for worker in 1..<max(1, workerCount) {
      let thread = Thread { self.serve(worker) }
      thread.name = "pagerace worker \(worker)"
      thread.start()
    }
  }

  /// Has all workers call `body` with their number, and returns when all have done so.
  func run(_ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      work = body
      busyCount.store(workerCount - 1, ordering: .relaxed)
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
    condition.lock()
    round.add(1, ordering: .releasing)
    condition.broadcast()
    condition.unlock()
  }

  private func serve(_ worker: Int) {
    var seen = 0
    while true {
      wait { round.load(ordering: .acquiring) != seen }
      seen += 1
      if !callWork(worker) { return }
      if busyCount.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        condition.lock()
        condition.broadcast()
        condition.unlock()
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
      sched_yield()
    }
    condition.lock()
    while !isDone() { condition.wait() }
    condition.unlock()
  }
}
