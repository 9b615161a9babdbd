public import Machine

/// Memory that an engine writes successors to, reused from state to state.
///
/// A batch may hold the successors of several states one after the other; who calls the engine keeps
/// account of where those of each state begin.
@safe
public struct SuccessorBatch: ~Copyable {
  /// How a successor comes about.
  public struct Origin: Hashable, Sendable {
    /// The index of the process that moves, or ``SuccessorBatch/prelude``.
    public var process: UInt32
    /// The number of the run among those of the process in this state; runs that are disabled or
    /// fail count too.
    public var ordinal: UInt32

    /// Creates an origin.
    @inlinable
    public init(process: UInt32, ordinal: UInt32) {
      self.process = process
      self.ordinal = ordinal
    }
  }

  /// A run that failed.
  public struct StepFailure: Hashable, Sendable {
    /// The process and run that failed.
    public var origin: Origin
    /// How it failed.
    public var failure: FailureID
    /// The number that the failure's text shows, or zero.
    public var value: Int64

    /// Creates the description of a failed run.
    public init(origin: Origin, failure: FailureID, value: Int64) {
      self.origin = origin
      self.failure = failure
      self.value = value
    }
  }

  /// The process of initial states.
  public static let prelude = UInt32.max

  /// The number of 64-bit words in a state.
  public let wordCount: Int
  /// The successors' packed states, one after the other.
  public private(set) var states: UnsafeMutablePointer<UInt64>
  /// The successors' origins.
  public private(set) var origins: UnsafeMutablePointer<Origin>
  /// The number of successors.
  public var count = 0
  /// The runs that failed, in order.
  public var failures: [StepFailure] = []
  /// The number of successors that there is memory for.
  public private(set) var capacity: Int

  /// Creates an empty batch for states of the given size.
  public init(wordCount: Int, capacity: Int = 256) {
    precondition(wordCount > 0 && capacity > 0, "a batch needs room")
    self.wordCount = wordCount
    self.capacity = capacity
    unsafe states = .allocate(capacity: capacity * wordCount)
    unsafe origins = .allocate(capacity: capacity)
  }

  deinit {
    unsafe states.deallocate()
    unsafe origins.deallocate()
  }

  /// The size of the memory, in bytes.
  public var memoryBytes: Int { capacity * (wordCount * 8 + MemoryLayout<Origin>.stride) }

  /// Forgets all successors and failures.
  public mutating func removeAll() {
    count = 0
    if !failures.isEmpty { failures.removeAll(keepingCapacity: true) }
  }

  /// Doubles the memory.
  public mutating func grow() {
    let states = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * capacity * wordCount)
    let origins = UnsafeMutablePointer<Origin>.allocate(capacity: 2 * capacity)
    unsafe states.update(from: self.states, count: count * wordCount)
    unsafe origins.update(from: self.origins, count: count)
    unsafe self.states.deallocate()
    unsafe self.origins.deallocate()
    unsafe self.states = states
    unsafe self.origins = origins
    capacity *= 2
  }
}
