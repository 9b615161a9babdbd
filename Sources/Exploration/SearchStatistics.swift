/// What a search has covered, when it ended or while it runs.
public struct SearchStatistics: Hashable, Sendable {
  /// The number of different states found, initial states included.
  public var states: Int
  /// The number of transitions taken, those to known states included.
  ///
  /// Initial states are none.
  public var transitions: Int
  /// The number of steps to the farthest state found.
  public var depth: Int
  /// The number of states found whose successors were not computed; zero in a completed search.
  public var frontier: Int
  /// The memory that states, table, parents and frontier take, in bytes.
  public var memoryBytes: Int
  /// How long the search has taken.
  public var elapsed: Duration

  /// Creates statistics.
  public init(
    states: Int = 0, transitions: Int = 0, depth: Int = 0, frontier: Int = 0,
    memoryBytes: Int = 0, elapsed: Duration = .zero
  ) {
    self.states = states
    self.transitions = transitions
    self.depth = depth
    self.frontier = frontier
    self.memoryBytes = memoryBytes
    self.elapsed = elapsed
  }
}
