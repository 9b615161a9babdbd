/// A set of small numbers, as bits.
///
/// Operations on two sets take a step for every 64 numbers up to the largest one.
struct BitSet {
  private var words: [UInt64] = []

  /// Whether a number is a member.
  func contains(_ member: Int) -> Bool {
    let word = member >> 6
    return word < words.count && words[word] >> UInt64(member & 63) & 1 != 0
  }

  /// Adds a number.
  mutating func insert(_ member: Int) {
    while words.count <= member >> 6 { words.append(0) }
    words[member >> 6] |= 1 << UInt64(member & 63)
  }

  /// Takes a number away.
  mutating func remove(_ member: Int) {
    if member >> 6 < words.count { words[member >> 6] &= ~(1 << UInt64(member & 63)) }
  }

  /// Adds all members of another set, and returns whether one of them was new.
  @discardableResult
  mutating func formUnion(_ other: BitSet) -> Bool {
    if words.count < other.words.count {
      words += Array(repeating: 0, count: other.words.count - words.count)
    }
    var isLarger = false
    for (index, word) in other.words.enumerated() where word & ~words[index] != 0 {
      words[index] |= word
      isLarger = true
    }
    return isLarger
  }

  /// The members of both sets.
  func intersection(_ other: BitSet) -> BitSet {
    var result = self
    result.words = zip(words, other.words).map { $0 & $1 }
    return result
  }

  /// The members that are not in another set.
  func subtracting(_ other: BitSet) -> BitSet {
    var result = self
    for (index, word) in other.words.prefix(words.count).enumerated() {
      result.words[index] &= ~word
    }
    return result
  }

  /// The members, from the smallest on.
  var members: [Int] {
    var members: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return members
  }
}
