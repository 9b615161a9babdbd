/// A type of the language, with everything constant already computed.
public indirect enum Type: Hashable, Sendable {
  /// `false` and `true`.
  case bool
  /// The numbers in the range. Expressions have one too: the interval of their possible values.
  case integer(ClosedRange<Int64>)
  /// An `enum`.
  case enumeration(EnumID)
  /// A reference to an object of a pool; nil only if optional. `holds` only on locations.
  case reference(PoolID, isOptional: Bool, holds: Bool)
  /// A task or interrupt handler.
  case task(isOptional: Bool)
  /// A CPU.
  case cpu
  /// A set of enum cases, references or tasks. References in it may hold.
  case set(of: Type)
  /// A fixed array.
  case array(of: Type, index: ArrayIndex)
  /// A list of at most `capacity` elements, in order.
  case list(of: Type, capacity: Int)
  /// A struct, lock struct, word or word enum.
  case structure(StructID)
  /// No value: calls of functions without a result.
  case none
  /// The literal `nil` before it meets another type.
  case null
  /// A type that could not be found; errors about it are not repeated.
  case error
}

/// What an array is indexed by.
public enum ArrayIndex: Hashable, Sendable {
  /// The numbers from zero up to, not including, the count.
  case count(Int)
  /// The cases of an enum.
  case enumeration(EnumID)
  /// The objects of a pool, whose size the scenario sets.
  case pool(PoolID)
}

/// The index of an ``EnumType`` in its program.
public struct EnumID: Hashable, Sendable {
  /// The index.
  public let index: Int
  /// Creates an identity.
  public init(_ index: Int) { self.index = index }
}

/// The index of a ``StructType`` in its program.
public struct StructID: Hashable, Sendable {
  /// The index.
  public let index: Int
  /// Creates an identity.
  public init(_ index: Int) { self.index = index }
}

/// The index of a ``PoolType`` in its program.
public struct PoolID: Hashable, Sendable {
  /// The index.
  public let index: Int
  /// Creates an identity.
  public init(_ index: Int) { self.index = index }
}
