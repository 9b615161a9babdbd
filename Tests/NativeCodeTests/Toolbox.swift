import Execution
import Machine
import NativeCode
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Returns settings that find a compiler where tests run.
func testSettings(cache: String? = nil, explicit: String? = nil) -> NativeSettings {
  let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
  return NativeSettings(
    compiler: CompilerSearch(explicit: explicit, searchPath: path), cacheFolder: cache)
}

/// Returns an engine for a system, compiled now.
func nativeEngine(_ system: TransitionSystem) throws -> NativeEngine {
  let source = NativeEngineSource(system, settings: testSettings())
  source.begin()
  guard case .ready(let engine) = source.waitUntilDone(), let native = engine as? NativeEngine
  else {
    throw EngineMissing()
  }
  return native
}

/// There is no engine although there should be one.
struct EngineMissing: Error {}

/// Runs two engines side by side on every state that can be reached.
///
/// - Returns: the number of states and of transitions.
func compare(
  _ left: any StepEngine, _ right: any StepEngine, _ system: TransitionSystem,
  stateLimit: Int = .max
) -> (states: Int, transitions: Int)? {
  let size = system.wordCount
  var first = SuccessorBatch(wordCount: size, capacity: 1)
  var second = SuccessorBatch(wordCount: size, capacity: 1)
  left.start(into: &first)
  right.start(into: &second)
  var seen: Set<[UInt64]> = []
  var queue: [[UInt64]] = []
  var transitions = 0
  func note(_ batch: borrowing SuccessorBatch) {
    for index in 0..<batch.count {
      let state = (0..<size).map { batch.states[index * size + $0] }
      if seen.insert(state).inserted { queue.append(state) }
    }
  }
  guard isEqual(first, second) else { return nil }
  note(first)
  var next = 0
  while next < queue.count, next < stateLimit {
    let agrees = queue[next].withUnsafeBufferPointer { words in
      guard let state = words.baseAddress else { return false }
      first.removeAll()
      second.removeAll()
      left.expand(state, into: &first)
      right.expand(state, into: &second)
      transitions += first.count
      return isEqual(first, second)
        && system.properties.indices.allSatisfy {
          left.judge(PropertyID($0), in: state) == right.judge(PropertyID($0), in: state)
        }
    }
    guard agrees else { return nil }
    note(first)
    next += 1
  }
  return (queue.count, transitions)
}

/// Whether two batches hold the same successors and failures in the same order.
private func isEqual(
  _ left: borrowing SuccessorBatch, _ right: borrowing SuccessorBatch
) -> Bool {
  guard left.count == right.count, left.failures == right.failures else { return false }
  for index in 0..<left.count where left.origins[index] != right.origins[index] { return false }
  for index in 0..<left.count * left.wordCount where left.states[index] != right.states[index] {
    return false
  }
  return true
}
