/// What came out of a whole benchmark.
public struct BenchmarkResult: Sendable {
  /// The systems in the order in which they were measured.
  public var systems: [SystemResult]
  /// How many rounds there were.
  public var rounds: Int
  /// The most memory that this program needs for a few states.
  public var emptyRunBytes: Int
  /// What is counted for any program: less cannot be seen.
  public var floorBytes: Int
  /// New keys a second in a bare hash table; nil if that could not be measured.
  public var tableInserts: Double?

  /// Creates a result.
  public init(
    systems: [SystemResult], rounds: Int, emptyRunBytes: Int, floorBytes: Int,
    tableInserts: Double?
  ) {
    self.systems = systems
    self.rounds = rounds
    self.emptyRunBytes = emptyRunBytes
    self.floorBytes = floorBytes
    self.tableInserts = tableInserts
  }

  /// What is wrong, in sentences; empty if all counts are equal.
  public var complaints: [String] { systems.flatMap(\.complaints) }
}
