/// A place in the packed state vector: a run of bits that lies inside one 64-bit word.
///
/// A field never straddles two words, so reading one is a load, a shift and a mask. The layout
/// pass pays for that with a little padding; see "State layout" in `docs/ARCHITECTURE.md`.
public struct BitField: Hashable, Sendable {
  /// The index of the word that holds the field.
  public let word: Int

  /// The number of bits below the field in its word.
  public let shift: UInt64

  /// The field's bits, moved down to bit zero.
  public let mask: UInt64

  /// Creates a field of `width` bits that starts `offset` bits into the state.
  ///
  /// A field of width zero reads as zero wherever it is.
  ///
  /// - Precondition: `width` lies in `0...64` and the field does not cross a word boundary.
  @inlinable
  public init(offset: Int, width: Int) {
    precondition((0...64).contains(width), "a field holds at most 64 bits")
    precondition(offset & 63 + width <= 64, "a field cannot straddle two words")
    self.word = offset >> 6
    self.shift = UInt64(offset & 63)
    self.mask = width == 64 ? .max : (1 << UInt64(width)) - 1
  }

  /// Returns the field's value in `state`.
  ///
  /// - Complexity: O(1); one load.
  @inlinable
  public func read(_ state: UnsafePointer<UInt64>) -> UInt64 {
    unsafe (state[word] &>> shift) & mask
  }

  /// Replaces the field's value in `state`, leaving every other bit alone.
  ///
  /// - Precondition: `value` fits the field. Checked in debug builds only: the evaluator calls
  ///   this for every assignment of every step, and has clamped the value already.
  @inlinable
  public func write(_ value: UInt64, to state: UnsafeMutablePointer<UInt64>) {
    assert(value & ~mask == 0, "value \(value) does not fit a field of mask \(mask)")
    unsafe state[word] = (state[word] & ~(mask &<< shift)) | (value &<< shift)
  }
}
