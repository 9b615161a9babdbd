internal import Machine

/// How many bytes of a packed state say anything.
///
/// A state is a number of whole words wherever it is computed with. In the store the upper half of the
/// last word is left out if no variable has a bit there.
struct StateShape {
  /// The number of 64-bit words of a state.
  let wordCount: Int
  /// Whether the upper half of the last word is always zero.
  let endsInHalfWord: Bool

  /// Creates the shape of the states of `system`.
  init(_ system: TransitionSystem) {
    wordCount = system.wordCount
    let lastWord = system.wordCount - 1
    endsInHalfWord = system.variables.allSatisfy {
      $0.field.word < lastWord || $0.width == 0 || Int($0.field.shift) + $0.width <= 32
    }
  }

  /// Creates a shape.
  @inline(__always)
  init(wordCount: Int, endsInHalfWord: Bool) {
    self.wordCount = wordCount
    self.endsInHalfWord = endsInHalfWord
  }

  /// The number of bytes that a state takes in the store.
  @inline(__always)
  var byteCount: Int { wordCount &* 8 &- (endsInHalfWord ? 4 : 0) }

  /// The number of words that are stored whole.
  @inline(__always)
  private var wholeWordCount: Int { endsInHalfWord ? wordCount &- 1 : wordCount }

  /// Copies a state to the place in the store.
  @inline(__always)
  func store(_ state: UnsafePointer<UInt64>, to place: UnsafeMutableRawPointer) {
    let whole = wholeWordCount
    for word in 0..<whole {
      unsafe place.storeBytes(of: state[word], toByteOffset: word &* 8, as: UInt64.self)
    }
    if endsInHalfWord {
      let half = unsafe UInt32(truncatingIfNeeded: state[whole])
      unsafe place.storeBytes(of: half, toByteOffset: whole &* 8, as: UInt32.self)
    }
  }

  /// Copies a state from its place in the store.
  @inline(__always)
  func load(_ place: UnsafeRawPointer, to state: UnsafeMutablePointer<UInt64>) {
    let whole = wholeWordCount
    for word in 0..<whole {
      unsafe state[word] = place.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
    }
    if endsInHalfWord {
      let half = unsafe place.loadUnaligned(fromByteOffset: whole &* 8, as: UInt32.self)
      unsafe state[whole] = UInt64(half)
    }
  }

  /// Whether a state is the one at a place in the store.
  @inline(__always)
  func matches(_ state: UnsafePointer<UInt64>, _ place: UnsafeRawPointer) -> Bool {
    let whole = wholeWordCount
    var difference: UInt64 = 0
    for word in 0..<whole {
      let other = unsafe place.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
      difference |= unsafe other ^ state[word]
    }
    if endsInHalfWord {
      let half = unsafe place.loadUnaligned(fromByteOffset: whole &* 8, as: UInt32.self)
      difference |= unsafe UInt64(half) ^ state[whole]
    }
    return difference == 0
  }

  /// Whether two states are the same.
  @inline(__always)
  func areEqual(_ state: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>) -> Bool {
    var difference: UInt64 = 0
    for word in 0..<wordCount { difference |= unsafe state[word] ^ other[word] }
    return difference == 0
  }
}
