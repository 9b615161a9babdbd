internal import Machine

/// How many bytes of a packed state say anything.
///
/// A state is a number of whole words wherever it is computed with. In the store it takes just the bytes in
/// which a variable has a bit, but at least four. No access goes beyond these bytes, so threads may write
/// neighbours at the same time.
struct StateShape {
  /// The number of 64-bit words of a state.
  let wordCount: Int
  /// The number of bytes that a state takes in the store.
  let byteCount: Int

  /// Creates the shape of the states of `system`.
  init(_ system: TransitionSystem) {
    let lastWord = system.wordCount - 1
    let usedBits =
      system.variables.filter { $0.field.word == lastWord && $0.width > 0 }
      .map { Int($0.field.shift) + $0.width }.max() ?? 0
    self.init(
      wordCount: system.wordCount, byteCount: max(4, lastWord * 8 + max(1, (usedBits + 7) / 8)))
  }

  /// Creates a shape.
  @inline(__always)
  init(wordCount: Int, byteCount: Int) {
    self.wordCount = wordCount
    self.byteCount = byteCount
  }

  /// The same with a number of words that is known when compiling, so that nothing is a loop.
  @inline(__always)
  func with(wordCount: Int) -> StateShape {
    StateShape(wordCount: wordCount, byteCount: byteCount)
  }

  /// By how many bits the last word of a state with several words is moved to end where the state ends.
  @inline(__always)
  private var lastShift: UInt64 { UInt64(truncatingIfNeeded: (wordCount &* 8 &- byteCount) &* 8) }

  /// Copies a state to the place in the store.
  @inline(__always)
  func store(_ state: UnsafePointer<UInt64>, to place: UnsafeMutableRawPointer) {
    let last = wordCount &- 1
    if last == 0 {
      // Two halves, which overlap unless there are eight bytes.
      let word = unsafe state[0]
      let end = byteCount &- 4
      let high = word &>> UInt64(truncatingIfNeeded: end &* 8)
      unsafe place.storeBytes(of: UInt32(truncatingIfNeeded: word), as: UInt32.self)
      unsafe place.storeBytes(
        of: UInt32(truncatingIfNeeded: high), toByteOffset: end, as: UInt32.self)
      return
    }
    for word in 0..<last {
      unsafe place.storeBytes(of: state[word], toByteOffset: word &* 8, as: UInt64.self)
    }
    // The last eight bytes: the end of the last word but one, and the last.
    let shift = lastShift
    let before = unsafe shift == 0 ? 0 : state[last &- 1] &>> (64 &- shift)
    let end = unsafe state[last] &<< shift | before
    unsafe place.storeBytes(of: end, toByteOffset: byteCount &- 8, as: UInt64.self)
  }

  /// Copies a state from its place in the store.
  @inline(__always)
  func load(_ place: UnsafeRawPointer, to state: UnsafeMutablePointer<UInt64>) {
    for word in 0..<wordCount { unsafe state[word] = self.word(word, of: place) }
  }

  /// Whether a state is the one at a place in the store.
  @inline(__always)
  func matches(_ state: UnsafePointer<UInt64>, _ place: UnsafeRawPointer) -> Bool {
    var difference: UInt64 = 0
    for word in 0..<wordCount { difference |= unsafe self.word(word, of: place) ^ state[word] }
    return difference == 0
  }

  /// One word of a state in the store.
  @inline(__always)
  private func word(_ number: Int, of place: UnsafeRawPointer) -> UInt64 {
    if number < wordCount &- 1 {
      return unsafe place.loadUnaligned(fromByteOffset: number &* 8, as: UInt64.self)
    }
    if number > 0 {
      let end = unsafe place.loadUnaligned(fromByteOffset: byteCount &- 8, as: UInt64.self)
      return end &>> lastShift
    }
    let end = byteCount &- 4
    let low = unsafe UInt64(place.loadUnaligned(as: UInt32.self))
    let high = unsafe UInt64(place.loadUnaligned(fromByteOffset: end, as: UInt32.self))
    return low | high &<< UInt64(truncatingIfNeeded: end &* 8)
  }

  /// Whether two states are the same.
  @inline(__always)
  func areEqual(_ state: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>) -> Bool {
    var difference: UInt64 = 0
    for word in 0..<wordCount { difference |= unsafe state[word] ^ other[word] }
    return difference == 0
  }
}
