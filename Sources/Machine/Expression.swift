/// A pure and total computation on 64-bit integers; false is 0 and true is 1.
///
/// Whatever can go wrong (nil, a dead object, an index out of range, a division by zero) is tested
/// by an ``Instruction/require(_:_:value:)`` before the expression is evaluated, so evaluating one
/// never fails. The lowering has proved that no intermediate result leaves 64 bits.
public indirect enum Expression: Hashable, Sendable {
  /// A number.
  case constant(Int64)
  /// The value of a variable.
  case read(Place)
  /// The value of a temporary.
  case register(RegisterID)
  /// A computation on one operand.
  case unary(UnaryOperator, Expression)
  /// A computation on two operands. Both may be evaluated; `and` and `or` may skip the right one.
  case binary(BinaryOperator, Expression, Expression)
  /// The second operand if the first is not zero, otherwise the third.
  case conditional(Expression, Expression, Expression)
}

/// An operator with one operand.
public enum UnaryOperator: String, Hashable, Sendable {
  /// 1 if the operand is 0, otherwise 0.
  case not
  /// The operand with the other sign.
  case negate
  /// 1 shifted left by the operand, which lies in 0...62.
  case bit
  /// The number of bits set.
  case populationCount
  /// The number of zero bits below the lowest bit set, of an operand that is not zero.
  case lowestBit
}

/// An operator with two operands.
public enum BinaryOperator: String, Hashable, Sendable {
  case add, subtract, multiply
  /// Truncates towards zero; the right operand is not zero.
  case divide
  /// Has the sign of the left operand; the right one is not zero.
  case remainder
  case equal, notEqual, less, lessOrEqual
  /// Logical; the operands are 0 or 1.
  case and, or
  case bitAnd, bitOr
  /// The left operand without the bits of the right one.
  case bitAndNot
}

/// A variable, chosen by zero or more computed indexes.
///
/// The variable is `base + Σ index·stride`. Every index lies in `0..<count` of its term: code
/// tests that before it uses the place.
public struct Place: Hashable, Sendable {
  /// One computed index.
  public struct Term: Hashable, Sendable {
    /// The index.
    public var index: Expression
    /// How many variables one step of the index is worth.
    public var stride: Int
    /// How many values the index can have.
    public var count: Int

    /// Creates a term.
    public init(index: Expression, stride: Int, count: Int) {
      self.index = index
      self.stride = stride
      self.count = count
    }
  }

  /// The variable that all indexes zero select.
  public var base: VariableID
  /// The computed indexes; empty for a fixed variable.
  public var terms: [Term]

  /// Creates a place.
  public init(_ base: VariableID, _ terms: [Term] = []) {
    self.base = base
    self.terms = terms
  }

  /// The fixed variable that this place is, or nil if an index is computed.
  public var fixed: VariableID? { terms.isEmpty ? base : nil }
}
