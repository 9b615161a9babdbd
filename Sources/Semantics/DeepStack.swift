import Dispatch
import Foundation
import Synchronization

/// Runs `body` on a thread of its own with a stack of 16 MB, and returns its result.
///
/// Phases that walk a tree recurse as deep as the parser lets trees grow: 200 levels of an
/// expression inside 64 levels of blocks. Unoptimised code takes up to 6 KB a level, and a thread
/// of a pool may have a stack of 512 KB only.
package func onDeepStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
  let box = ResultBox<Result>()
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    let result = body()
    box.value.withLock { $0 = result }
    done.signal()
  }
  thread.stackSize = 16 << 20
  thread.start()
  done.wait()
  guard let result = box.value.withLock({ $0 }) else {
    preconditionFailure("the thread has signalled without a result")
  }
  return result
}

/// A place for the result of a thread.
private final class ResultBox<Result: Sendable>: Sendable {
  let value = Mutex<Result?>(nil)
}
