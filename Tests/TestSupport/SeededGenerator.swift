/// A random source that gives the same numbers for the same seed, everywhere (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Creates a source with the given seed.
  public init(seed: UInt64) { state = seed }

  /// Returns the next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Returns a number in `0..<count`.
  public mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  /// Returns true in so many cases of a hundred.
  public mutating func chance(_ percent: Int) -> Bool { pick(100) < percent }
}
