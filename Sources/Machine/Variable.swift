/// A place in the state vector that holds one number.
///
/// Everything that a state consists of is flattened to variables: fields of objects, elements of
/// arrays, components of words, program counters, locals that live across a step, ghosts.
/// Variables of one array, and one field of all objects of a pool, are numbered consecutively with
/// a constant stride, so that a computed index selects among them (see ``Place``).
public struct Variable: Sendable {
  /// What a variable is there for.
  public enum Role: Hashable, Sendable {
    /// Data that code reads and writes.
    case data
    /// Data that only properties, requires and ghosts read.
    case ghost
    /// A local of a process, or several that never live at the same time.
    case local(ProcessID)
    /// The location of a process: an index into its ``Process/locations``.
    case programCounter(ProcessID)
    /// Whether an object of a pool lives.
    case live
    /// The number of references that a process has on its ledger.
    case ledger(ProcessID)
    /// Kept by the machine: the holder of a lock bit, the CPU of an interrupt and the like.
    case bookkeeping
  }

  /// The name that reports show, such as `page0.count`.
  public let name: String
  /// The smallest value.
  public let lower: Int64
  /// The largest value.
  public let upper: Int64
  /// How a value is shown.
  public let format: ValueFormat
  /// What the variable is there for.
  public let role: Role
  /// Where it lies; the bits hold `value - lower`.
  ///
  /// Set by ``StateLayout``.
  public var field: BitField

  /// Creates a variable that has no place in the state yet.
  ///
  /// - Precondition: `lower <= upper`, and the difference is below 2⁶³.
  public init(name: String, lower: Int64, upper: Int64, format: ValueFormat, role: Role) {
    precondition(lower <= upper, "a variable needs at least one value")
    self.name = name
    self.lower = lower
    self.upper = upper
    self.format = format
    self.role = role
    self.field = BitField(offset: 0, width: 0)
  }

  /// The number of bits that the variable needs; zero if it has only one value.
  public var width: Int {
    64 - (UInt64(bitPattern: upper) &- UInt64(bitPattern: lower)).leadingZeroBitCount
  }
}
