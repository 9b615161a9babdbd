import Dispatch
import Foundation
import Synchronization

/// Runs `body` on a thread with a stack of 512 KB, which any thread but the first may have, and
/// returns its result.
public func onSmallStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
  let box = ResultBox<Result>()
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    let result = body()
    box.value.withLock { $0 = result }
    done.signal()
  }
  thread.stackSize = 512 << 10
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
