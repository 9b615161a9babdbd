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
func nativeEngine(
  _ system: TransitionSystem, _ settings: NativeSettings = testSettings()
) throws -> NativeEngine {
  let source = NativeEngineSource(system, settings: settings)
  source.begin()
  guard case .ready(let engine) = source.waitUntilDone(), let native = engine as? NativeEngine
  else {
    throw EngineMissing()
  }
  return native
}

/// There is no engine although there should be one.
struct EngineMissing: Error {}

/// Runs two engines side by side on every state that can be reached, or on so many.
///
/// - Returns: the number of states and of transitions, or nil if the engines differ anywhere.
func compare(
  _ left: any StepEngine, _ right: any StepEngine, _ system: TransitionSystem,
  stateLimit: Int = .max
) -> (states: Int, transitions: Int)? {
  let size = system.wordCount
  var first = SuccessorBatch(wordCount: size, capacity: 1)
  var second = SuccessorBatch(wordCount: size, capacity: 1)
  left.start(into: &first)
  right.start(into: &second)
  guard isEqual(first, second) else { return nil }
  var states = StateList(wordCount: size)
  states.add(first)
  var transitions = 0
  var next = 0
  let state = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
  defer { state.deallocate() }
  let properties = system.properties.indices.map { PropertyID($0) }
  while next < states.count, next < stateLimit {
    states.copy(next, to: state)
    first.removeAll()
    second.removeAll()
    left.expand(state, into: &first)
    right.expand(state, into: &second)
    guard isEqual(first, second),
      properties.allSatisfy({ left.judge($0, in: state) == right.judge($0, in: state) })
    else { return nil }
    transitions += first.count
    states.add(first)
    next += 1
  }
  return left.coveredPoints == right.coveredPoints ? (states.count, transitions) : nil
}

/// The states that were found, each once, in order.
private struct StateList {
  private let wordCount: Int
  private var words: [UInt64] = []
  private(set) var count = 0
  /// The numbers of the states, at the place that their hash says or behind it; -1 where none is.
  private var table = [Int](repeating: -1, count: 1 << 10)

  init(wordCount: Int) { self.wordCount = wordCount }

  func copy(_ index: Int, to state: UnsafeMutablePointer<UInt64>) {
    for word in 0..<wordCount { state[word] = words[index * wordCount + word] }
  }

  mutating func add(_ batch: borrowing SuccessorBatch) {
    for index in 0..<batch.count { add(batch.states + index * wordCount) }
  }

  private mutating func add(_ state: UnsafePointer<UInt64>) {
    if 2 * count >= table.count { grow() }
    var place = place(of: state)
    while table[place] >= 0 {
      let start = table[place] * wordCount
      if (0..<wordCount).allSatisfy({ words[start + $0] == state[$0] }) { return }
      place = (place + 1) & (table.count - 1)
    }
    table[place] = count
    count += 1
    words.append(contentsOf: UnsafeBufferPointer(start: state, count: wordCount))
  }

  private func place(of state: UnsafePointer<UInt64>) -> Int {
    var hash: UInt64 = 0
    for word in 0..<wordCount {
      hash = (hash ^ state[word]) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash) & (table.count - 1)
  }

  private mutating func grow() {
    let states = words
    words = []
    table = [Int](repeating: -1, count: 2 * table.count)
    count = 0
    states.withUnsafeBufferPointer { states in
      guard let base = states.baseAddress else { return }
      for start in stride(from: 0, to: states.count, by: wordCount) { add(base + start) }
    }
  }
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
