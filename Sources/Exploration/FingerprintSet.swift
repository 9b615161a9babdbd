internal import CacheHints

/// The fingerprints of states, for `--compact`: a hash table with linear probing.
///
/// A fingerprint is the state's hash of 64 bits. Its highest bits tell where it is in the table.
@safe
final class FingerprintSet: InexactSet {
  private var table: UnsafeMutablePointer<UInt64>
  private var slotCountLog2 = 12
  private var count = 0

  /// Creates an empty set.
  init() { unsafe table = Self.table(slotCountLog2) }

  deinit { unsafe LargeMemory.free(table, byteCount: 8 << slotCountLog2) }

  private static func table(_ log2: Int) -> UnsafeMutablePointer<UInt64> {
    unsafe LargeMemory.allocate(byteCount: 8 << log2)
      .bindMemory(to: UInt64.self, capacity: 1 << log2)
  }

  var memoryBytes: Int { 8 << slotCountLog2 }

  func growthBytes(for addition: Int) -> Int {
    let log2 = slotCountLog2(for: count + addition)
    return log2 == slotCountLog2 ? 0 : 8 << log2
  }

  private func slotCountLog2(for count: Int) -> Int {
    var log2 = slotCountLog2
    // Four slots in five may be in use.
    while count > (1 << log2) / 5 * 4 { log2 += 1 }
    return log2
  }

  func grow(for addition: Int) {
    let log2 = slotCountLog2(for: count + addition)
    if log2 == slotCountLog2 { return }
    let old = unsafe table
    let oldSlotCount = 1 << slotCountLog2
    slotCountLog2 = log2
    unsafe table = Self.table(log2)
    for slot in 0..<oldSlotCount {
      let fingerprint = unsafe old[slot]
      if fingerprint != 0 { _ = enter(fingerprint) }
    }
    unsafe LargeMemory.free(old, byteCount: 8 * oldSlotCount)
  }

  func insert(_ hashes: [UInt64], new: inout [Int]) {
    let shift = UInt64(64 - slotCountLog2)
    let table = unsafe table
    for hash in hashes {
      unsafe cache_prefetch(table + Int(truncatingIfNeeded: hash &>> shift))
    }
    for (position, hash) in hashes.enumerated() where enter(max(1, hash)) {
      new.append(position)
      count += 1
    }
  }

  /// Enters a fingerprint, and returns whether it was not there.
  ///
  /// Zero is a free slot, so that the hash zero shares its fingerprint with another.
  @inline(__always)
  private func enter(_ fingerprint: UInt64) -> Bool {
    let table = unsafe table
    let mask = (1 &<< slotCountLog2) &- 1
    var slot = Int(truncatingIfNeeded: fingerprint &>> UInt64(64 &- slotCountLog2))
    while true {
      let found = unsafe table[slot]
      if found == fingerprint { return false }
      if found == 0 {
        unsafe table[slot] = fingerprint
        return true
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Of *n* states, each shares its fingerprint with one of those before it with a probability of less than
  /// *n* / 2⁶⁴.
  var expectedOmissions: Double { Double(count) * Double(count) / 0x1p65 }
}
