internal import Threads

/// Runs `body` on a thread of its own with a stack of 16 MB, and returns its result.
///
/// Phases that walk a tree recurse as deep as the parser lets trees grow: 200 levels of an
/// expression inside 64 levels of blocks. Unoptimised code takes up to 6 KB a level, and a thread
/// of a pool may have a stack of 512 KB only. If there is no thread to be had, the stack that we are on
/// has to do.
package func onDeepStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
  let place = ResultPlace<Result>()
  let isStarted = startThread(stackBytes: 16 << 20) {
    let result = body()
    place.condition.wakeAll { place.result = result }
  }
  guard isStarted else { return body() }
  place.condition.wait { place.result != nil }
  guard let result = place.result else {
    preconditionFailure("the thread has woken us without a result")
  }
  return result
}

/// A place for the result of a thread, which is written once, with the lock held.
private final class ResultPlace<Result: Sendable>: @unchecked Sendable {
  let condition = Condition()
  var result: Result?
}
