internal import CacheHints

/// Three bits for each state, for `--bitstate`.
///
/// All three are in one line of the cache, so that a state costs one access to memory (Bloom filters of this
/// kind are called blocked: Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters",
/// 2009). Holzmann introduced the method to model checking ("An analysis of bitstate hashing", 1998).
@safe
final class BitstateSet: InexactSet {
  private static let lineBytes = 64

  private let bits: UnsafeMutableRawPointer
  private let byteCount: Int
  /// How many states are expected to have been taken for others.
  private(set) var expectedOmissions = 0.0
  /// How many bits are set.
  private var setCount = 0

  /// Creates an empty set of `byteCount` bytes, a power of two of at least 64; nil if the system does not
  /// give as much.
  init?(byteCount: Int) {
    precondition(
      byteCount >= Self.lineBytes && byteCount & (byteCount - 1) == 0, "a power of two")
    guard LargeMemory.isAvailable(byteCount) else { return nil }
    self.byteCount = byteCount
    unsafe bits = LargeMemory.allocate(byteCount: byteCount)
  }

  deinit { unsafe LargeMemory.free(bits, byteCount: byteCount) }

  var memoryBytes: Int { byteCount }

  /// The field never grows.
  func growthBytes(for addition: Int) -> Int { 0 }

  func grow(for addition: Int) {}

  func insert(_ hashes: [UInt64], new: inout [Int]) {
    for hash in hashes { unsafe cache_prefetch(bits + line(of: hash)) }
    // The chance that the bits of a new state are all set. Lines differ in how full they are, which makes it
    // somewhat larger than this.
    let filled = Double(setCount) / (8 * Double(byteCount))
    let chance = filled * filled * filled
    let before = new.count
    for (position, hash) in hashes.enumerated() where enter(hash) { new.append(position) }
    expectedOmissions += Double(new.count - before) * chance / (1 - min(chance, 0.999))
  }

  @inline(__always)
  private func line(of hash: UInt64) -> Int {
    let (high, _) = hash.multipliedFullWidth(by: UInt64(byteCount / Self.lineBytes))
    return Int(high) &* Self.lineBytes
  }

  /// Sets the bits of a state, and returns whether one was not set.
  @inline(__always)
  private func enter(_ hash: UInt64) -> Bool {
    let line = unsafe bits + line(of: hash)
    var isNew = false
    // The line is told by the highest bits of the hash, the places in it by 27 of the lowest.
    for shift: UInt64 in [0, 9, 18] {
      let place = Int((hash &>> shift) & 511)
      let word = unsafe (line + (place &>> 6) &* 8).assumingMemoryBound(to: UInt64.self)
      let bit: UInt64 = 1 &<< UInt64(place & 63)
      if unsafe word.pointee & bit == 0 {
        unsafe word.pointee |= bit
        setCount &+= 1
        isNew = true
      }
    }
    return isNew
  }
}
