/// What one checker needed for one system in one round.
public struct Measurement: Sendable, Encodable {
  /// The round, from one on.
  public var round: Int
  /// How many states the checker counted.
  public var states: Int
  /// How many transitions it counted, without the way to the initial state.
  public var transitions: Int
  /// The time of the search alone, as the checker reports it; if it does not, that of the whole process.
  public var searchSeconds: Double
  /// From the start of the process to its end.
  public var wallSeconds: Double
  /// The time that the whole process spent on processors, in the system too.
  public var cpuSeconds: Double
  /// The most memory that was resident.
  public var peakBytes: Int
  /// The time to a verdict if nothing has been compiled before.
  public var coldSeconds: Double

  /// Creates a measurement.
  public init(
    round: Int = 1, states: Int, transitions: Int, searchSeconds: Double, wallSeconds: Double,
    cpuSeconds: Double, peakBytes: Int, coldSeconds: Double
  ) {
    self.round = round
    self.states = states
    self.transitions = transitions
    self.searchSeconds = searchSeconds
    self.wallSeconds = wallSeconds
    self.cpuSeconds = cpuSeconds
    self.peakBytes = peakBytes
    self.coldSeconds = coldSeconds
  }

  /// What the checker counted.
  var counts: BenchmarkSystem.Counts {
    BenchmarkSystem.Counts(states: states, transitions: transitions)
  }
}
