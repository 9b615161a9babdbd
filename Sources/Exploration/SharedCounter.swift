internal import Synchronization

/// A counter that threads count on together.
final class SharedCounter: Sendable {
  private let atomic = Atomic<Int>(0)

  /// What was counted, for when nobody counts any more.
  var value: Int { atomic.load(ordering: .acquiring) }

  /// Begins anew.
  func reset() { atomic.store(0, ordering: .relaxed) }

  /// Counts one.
  func count() { atomic.add(1, ordering: .relaxed) }

  /// Returns a number that nobody else gets, or nil if all below the limit are taken.
  func next(below limit: Int) -> Int? {
    let number = atomic.add(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }
}
