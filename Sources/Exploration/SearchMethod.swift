/// How a search goes about its work.
///
/// The verdict does not depend on the number of workers, nor do counts and trace.
public struct SearchMethod: Hashable, Sendable {
  /// How the search knows a state again.
  public enum Memory: Hashable, Sendable {
    /// Whole states are kept and compared. Nothing is ever missed.
    case exact
    /// A fingerprint of 64 bits is kept of each state. Two states with the same one are taken for one.
    case compact
    /// Three bits stand for a state, in a field of the given size in bytes, a power of two of at least 64.
    /// A state whose bits were set by others is taken for known.
    case bitstate(bytes: Int)
  }

  /// Which of several violations is reported.
  public enum Order: Hashable, Sendable {
    /// The one with the fewest steps, then with the fewest preemptions.
    case fewestSteps
    /// The one with the fewest preemptions, then with the fewest steps.
    case fewestSwitches
  }

  /// Which violation is reported.
  public var order: Order
  /// How states are known again.
  public var memory: Memory
  /// The number of threads; searches without whole states and for the fewest preemptions have one.
  public var workerCount: Int

  /// Creates a method.
  ///
  /// - Precondition: a search for the fewest preemptions keeps whole states.
  public init(memory: Memory = .exact, workerCount: Int = 1, order: Order = .fewestSteps) {
    precondition(order == .fewestSteps || memory == .exact, "pairs are of whole states")
    self.memory = memory
    self.order = order
    self.workerCount = workerCount
  }
}

/// How much a search without whole states may have missed.
public struct Omission: Hashable, Sendable {
  /// How states were known again.
  public var memory: SearchMethod.Memory
  /// How many states are expected to have been taken for others, and so not to have been visited, if hashes
  /// are as good as random.
  ///
  /// What could be reached through those alone is not counted.
  public var expectedStates: Double

  /// Creates a statement about omissions.
  public init(memory: SearchMethod.Memory, expectedStates: Double) {
    self.memory = memory
    self.expectedStates = expectedStates
  }
}
