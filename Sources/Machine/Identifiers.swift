/// The index of a ``Variable`` in its system.
public struct VariableID: Hashable, Sendable {
  /// The index in ``TransitionSystem/variables``.
  public let index: UInt32
  /// Creates the identity of the variable with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// The index of a ``Process`` in its system.
public struct ProcessID: Hashable, Sendable {
  /// The index in ``TransitionSystem/processes``.
  public let index: UInt32
  /// Creates the identity of the process with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// The index of a ``Location`` among those of one process; also the value of its program counter.
public struct LocationID: Hashable, Sendable {
  /// The index in ``Process/locations``.
  public let index: UInt32
  /// Creates the identity of the location with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// The index of an ``Instruction`` in ``TransitionSystem/code``.
public struct Label: Hashable, Sendable {
  /// The index in ``TransitionSystem/code``.
  public let index: UInt32
  /// Creates the label of the instruction with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// A temporary of one run of code.
///
/// It lives for one step only and starts undefined.
public struct RegisterID: Hashable, Sendable {
  /// The number of the register, from zero and dense.
  public let index: UInt32
  /// Creates the identity of the register with the given number.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// The index of a ``Step`` in its system.
public struct StepID: Hashable, Sendable {
  /// The index in ``TransitionSystem/steps``.
  public let index: UInt32
  /// Creates the identity of the step with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// The index of a ``Failure`` in its system.
public struct FailureID: Hashable, Sendable {
  /// The index in ``TransitionSystem/failures``.
  public let index: UInt32
  /// Creates the identity of the failure with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}

/// The index of a ``Property`` in its system.
public struct PropertyID: Hashable, Sendable {
  /// The index in ``TransitionSystem/properties``.
  public let index: UInt32
  /// Creates the identity of the property with the given index.
  @inlinable public init(_ index: Int) { self.index = UInt32(index) }
}
