/// The tags of a ``TableLine``, to be compared four at a time as parts of a word.
struct LineTags {
  private static let highBits: UInt64 = 0x8000_8000_8000_8000
  private static let highBitsOfThird: UInt64 = 0x8000_8000
  private static let lowBits: UInt64 = 0x7FFF_7FFF_7FFF_7FFF

  /// The tags of entries 0 to 3.
  let first: UInt64
  /// The tags of entries 4 to 7.
  let second: UInt64
  /// The tags of entries 8 and 9, and 32 other bits.
  let third: UInt64

  /// The entries with a tag, to be gone through with ``pop(_:)``.
  @inline(__always)
  func matches(_ tag: UInt16) -> UInt64 {
    let pattern = UInt64(tag) &* 0x0001_0001_0001_0001
    // The other bits of the third word never look like a tag: its highest bit is set, and theirs are not.
    return Self.zeros(first ^ pattern) &>> 15 | Self.zeros(second ^ pattern) &>> 14
      | Self.zeros(third ^ pattern) &>> 13
  }

  /// Takes an entry from a set of them that is not empty.
  @inline(__always)
  static func pop(_ entries: inout UInt64) -> Int {
    let bit = entries.trailingZeroBitCount
    entries &= entries &- 1
    return (bit & 15) &* 4 &+ bit &>> 4
  }

  /// Whether no entry is free.
  ///
  /// While other threads fill entries, the words may be of different moments; so all of them are looked at.
  @inline(__always)
  var isFull: Bool {
    first & second & Self.highBits == Self.highBits
      && third & Self.highBitsOfThird == Self.highBitsOfThird
  }

  /// The first entry that is free, if the line is not full.
  @inline(__always)
  var firstFree: Int? {
    let free = ~first & Self.highBits
    if free != 0 { return free.trailingZeroBitCount &>> 4 }
    let freeSecond = ~second & Self.highBits
    if freeSecond != 0 { return 4 &+ freeSecond.trailingZeroBitCount &>> 4 }
    let freeThird = ~third & Self.highBitsOfThird
    return freeThird != 0 ? 8 &+ freeThird.trailingZeroBitCount &>> 4 : nil
  }

  /// One of the three words.
  @inline(__always)
  func word(_ number: Int) -> UInt64 { number == 0 ? first : number == 1 ? second : third }

  /// The highest bit of each 16-bit part that is zero.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    ~((word & lowBits) &+ lowBits | word) & highBits
  }
}
