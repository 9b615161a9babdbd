/// Finds out whether a run goes round in a circle (Brent's method).
///
/// A run's passes through back edges form a sequence in which each element, a back edge with the
/// state and the temporaries there, follows from the one before. If one occurs twice, the run never
/// ends. One saved element is compared with every later one and replaced by the current element
/// after 1, 2, 4, 8 … passes, so that it lies in the circle at last, and the circle is seen when the
/// run comes by again. This is exact and needs no limit on the number of passes.
@safe
struct CycleDetector {
  private let wordCount: Int
  private let registerCount: Int
  /// The saved element: state, then temporaries.
  private let saved: UnsafeMutablePointer<UInt64>
  /// The saved element's back edge; negative if there is none.
  private var savedEdge = -1
  /// After how many passes the saved element is replaced.
  private var period = 1
  /// The number of passes since the saved element.
  private var passCount = 0

  /// Creates a detector for runs with states and temporaries of the given sizes.
  init(wordCount: Int, registerCount: Int) {
    self.wordCount = wordCount
    self.registerCount = registerCount
    unsafe saved = .allocate(capacity: wordCount + registerCount)
  }

  /// Frees the memory.
  func deallocate() {
    unsafe saved.deallocate()
  }

  /// Forgets all passes.
  mutating func beginRun() {
    savedEdge = -1
    period = 1
    passCount = 0
  }

  /// Returns whether the run was at this back edge with the same state and temporaries before.
  mutating func pass(
    edge: Int, state: UnsafePointer<UInt64>, registers: UnsafePointer<Int64>
  ) -> Bool {
    if edge == savedEdge, unsafe isSaved(state, registers) { return true }
    passCount += 1
    if savedEdge < 0 || passCount == period {
      if savedEdge >= 0 { period *= 2 }
      passCount = 0
      savedEdge = edge
      for index in 0..<wordCount { unsafe saved[index] = state[index] }
      for index in 0..<registerCount {
        unsafe saved[wordCount + index] = UInt64(bitPattern: registers[index])
      }
    }
    return false
  }

  private func isSaved(
    _ state: UnsafePointer<UInt64>, _ registers: UnsafePointer<Int64>
  ) -> Bool {
    for index in 0..<wordCount {
      if unsafe saved[index] != state[index] { return false }
    }
    for index in 0..<registerCount {
      if unsafe saved[wordCount + index] != UInt64(bitPattern: registers[index]) { return false }
    }
    return true
  }
}
