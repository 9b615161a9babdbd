/// What came out for one system.
public struct SystemResult: Sendable {
  /// What one checker has to show.
  public struct Entry: Sendable {
    /// The checker's name.
    public var checker: String
    /// What it needed, round by round.
    public var measurements: [Measurement] = []
    /// Why it has no result, or none for all rounds.
    public var failure: String?

    /// Creates an entry.
    public init(checker: String, measurements: [Measurement] = [], failure: String? = nil) {
      self.checker = checker
      self.measurements = measurements
      self.failure = failure
    }
  }

  /// The system.
  public let system: BenchmarkSystem
  /// The checkers, ours first.
  public var entries: [Entry]

  /// Creates a result.
  public init(system: BenchmarkSystem, entries: [Entry]) {
    self.system = system
    self.entries = entries
  }

  /// How many states and transitions there are: as is known, or else as we have counted.
  public var counts: BenchmarkSystem.Counts? {
    system.known ?? entries.first?.measurements.first?.counts
  }

  /// What is wrong with the counts or with a checker, in sentences; empty if all is as it should be.
  public var complaints: [String] {
    entries.flatMap { entry -> [String] in
      if let failure = entry.failure { return ["\(system.name), \(entry.checker): \(failure)"] }
      guard let counts, let wrong = entry.measurements.first(where: { $0.counts != counts }) else {
        return []
      }
      return [
        "\(system.name), \(entry.checker): \(wrong.states) states and \(wrong.transitions) transitions, "
          + "where there are \(counts.states) and \(counts.transitions)"
      ]
    }
  }

  /// The median over the rounds, or nil if there was none.
  func median(of checker: String, _ value: (Measurement) -> Double) -> Double? {
    guard let entry = entries.first(where: { $0.checker == checker }),
      !entry.measurements.isEmpty
    else { return nil }
    return Bench.median(entry.measurements.map(value))
  }

  /// How much faster one checker is than another by some time: the median of the ratios within the rounds.
  public func speed(
    of checker: String, to other: String, _ seconds: (Measurement) -> Double
  ) -> Double? {
    guard let first = entries.first(where: { $0.checker == checker }),
      let second = entries.first(where: { $0.checker == other })
    else { return nil }
    let ratios = first.measurements.compactMap { mine in
      second.measurements.first { $0.round == mine.round }.map {
        seconds($0) / seconds(mine)
      }
    }
    return ratios.isEmpty ? nil : Bench.median(ratios)
  }
}

/// The middle one of the numbers, or the mean of the middle two.
///
/// - Precondition: There is at least one.
func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
