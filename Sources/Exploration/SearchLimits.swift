/// Where a search stops although it is not done.
public struct SearchLimits: Sendable {
  /// The largest number of states to store.
  public var maxStates: Int?
  /// The largest size of tables, states, parents and frontier together, in bytes; the program comes on top.
  public var maxMemoryBytes: Int?
  /// The longest time to search.
  public var timeout: Duration?

  /// Creates limits; nil means no limit.
  public init(maxStates: Int? = nil, maxMemoryBytes: Int? = nil, timeout: Duration? = nil) {
    self.maxStates = maxStates
    self.maxMemoryBytes = maxMemoryBytes
    self.timeout = timeout
  }
}

/// Why a search stopped before it was done.
public enum StopReason: Hashable, Sendable {
  /// ``SearchLimits/maxStates`` was reached.
  case stateLimit(Int)
  /// ``SearchLimits/maxMemoryBytes`` was reached.
  case memoryLimit(bytes: Int)
  /// The system has no more memory to give.
  case noMemory
  /// ``SearchLimits/timeout`` was reached.
  case timeout(Duration)
  /// The caller asked for it, as with Ctrl-C.
  case cancelled
  /// The search came to its end, but it may have taken new states for known ones.
  case inexact(Omission)
}
