/// Returns a hash of a packed state, all of whose bits are good.
///
/// Each word is folded in by a full multiplication with a constant of its own. A bad hash could cost
/// time, but never an answer, because states are compared whole.
@inline(__always)
func stateHash(_ state: UnsafePointer<UInt64>, wordCount: Int) -> UInt64 {
  var hash: UInt64 = 0x243F_6A88_85A3_08D3
  var multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  for index in 0..<wordCount {
    let word = unsafe state[index]
    let product = (word ^ hash).multipliedFullWidth(by: multiplier)
    hash = product.low ^ product.high ^ word
    // An even step keeps the multiplier odd.
    multiplier = multiplier &+ 0xC6BC_2796_92B5_C322
  }
  hash ^= hash &>> 32
  hash = hash &* 0xD6E8_FEB8_6659_FD93
  return hash ^ (hash &>> 32)
}
