internal import Synchronization

/// Has `threadCount` threads call `body` for each number below `count`, and hands the results over in
/// the order of the numbers, on the thread that called.
///
/// Nobody waits for a slow piece of work but its result and those behind it. If the system has no
/// threads to give, the caller does the work.
///
/// `stackBytes` is the size of a thread's stack, the system's usual one if nothing is said.
package func performInOrder<Result: Sendable>(
  _ count: Int, threadCount: Int, stackBytes: Int? = nil,
  _ body: @escaping @Sendable (Int) -> Result, deliver: (Int, Result) -> Void
) {
  let desk = Desk<Result>(count)
  var startedCount = 0
  while startedCount < min(threadCount, count),
    startThread(stackBytes: stackBytes, { desk.work(body) })
  { startedCount += 1 }
  if startedCount == 0 { desk.work(body) }
  for index in 0..<count { deliver(index, desk.take(index)) }
}

/// Where threads find the next piece of work and leave its result.
private final class Desk<Result: Sendable>: @unchecked Sendable {
  private let condition = Condition()
  private let count: Int
  private let next = Atomic<Int>(0)
  /// Read and written with the lock held.
  private var results: [Result?]

  init(_ count: Int) {
    self.count = count
    results = Array(repeating: nil, count: count)
  }

  /// Works until nothing is left.
  func work(_ body: (Int) -> Result) {
    while true {
      // Whoever adds has the number; nothing else depends on the order.
      let index = next.add(1, ordering: .relaxed).oldValue
      if index >= count { return }
      let result = body(index)
      condition.wakeAll { results[index] = result }
    }
  }

  /// Waits for a result and lets go of it.
  func take(_ index: Int) -> Result {
    var result: Result?
    condition.wait {
      result = results[index]
      return result != nil
    }
    condition.wakeAll { results[index] = nil }
    guard let result else { preconditionFailure("the wait ends with a result") }
    return result
  }
}
