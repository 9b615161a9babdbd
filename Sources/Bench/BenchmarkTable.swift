#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Shows results as tables: plain, or as Markdown.
///
/// Each cell is the median over the rounds. A `speed` belongs to the column before it and is the median of
/// the ratios to the search in C that was written by hand, which are taken within each round.
public struct BenchmarkTable: Sendable {
  /// The heads of the columns.
  static let heads = [
    "system", "checker", "M states/s", "M transitions/s", "speed", "per CPU s", "speed",
    "bytes a state", "less empty run", "verdict s, cold", "warm",
  ]

  private let emptyRunBytes: Int
  private let floorBytes: Int

  /// Creates tables for results that were measured over these bases.
  public init(emptyRunBytes: Int, floorBytes: Int) {
    self.emptyRunBytes = emptyRunBytes
    self.floorBytes = floorBytes
  }

  /// Returns the cells of a system, one row a checker.
  func rows(of result: SystemResult) -> [[String]] {
    result.entries.map { row(of: $0, in: result) }
  }

  private func row(of entry: SystemResult.Entry, in result: SystemResult) -> [String] {
    let system = result.system
    let name = entry.checker
    guard let counts = result.counts, entry.failure == nil, !entry.measurements.isEmpty else {
      return [system.name, name] + Array(repeating: "–", count: Self.heads.count - 2)
    }
    let median = { (value: (Measurement) -> Double) in result.median(of: name, value) }
    let rate = { (count: Int, seconds: (Measurement) -> Double) in
      counts.areLarge ? median { Double(count) / seconds($0) / 1_000_000 } : nil
    }
    let speed = { (seconds: (Measurement) -> Double) in
      counts.areLarge ? result.speed(of: name, to: Yardstick().name, seconds) : nil
    }
    let peak = median { Double($0.peakBytes) }
    // A peak that any process seems to have says nothing.
    let hasPeak = counts.areLarge && (peak ?? 0) > Double(floorBytes) * 1.2
    let empty = name.hasPrefix(OwnChecker().name) ? Double(emptyRunBytes) : nil
    let perState = { (bytes: Double) in max(0, bytes) / Double(counts.states) }
    return [
      system.name, name,
      number(rate(counts.states) { $0.searchSeconds }, digits: 2),
      number(rate(counts.transitions) { $0.searchSeconds }, digits: 1),
      number(speed { $0.searchSeconds }, digits: 2),
      number(rate(counts.transitions) { $0.cpuSeconds }, digits: 1),
      number(speed { $0.cpuSeconds }, digits: 2),
      number(hasPeak ? peak.map(perState) : nil, digits: 1),
      number(
        hasPeak ? empty.flatMap { empty in peak.map { perState($0 - empty) } } : nil, digits: 1),
      number(median { $0.coldSeconds }, digits: 3),
      number(median { $0.wallSeconds }, digits: 3),
    ]
  }

  private func number(_ value: Double?, digits: Int) -> String {
    value.map { decimal($0, digits: digits) } ?? "–"
  }

  /// Returns a table with aligned columns.
  public func text(of results: [SystemResult], hasHead: Bool = true) -> String {
    let widths = [14, 10, 11, 16, 7, 11, 7, 14, 16, 16, 8]
    let rows = (hasHead ? [Self.heads] : []) + results.flatMap(rows)
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { index, cell in
        let space = String(repeating: " ", count: max(1, cell.1 - cell.0.count))
        return index < 2 ? cell.0 + space : space + cell.0
      }
      return cells.joined() + "\n"
    }.joined()
  }

  /// Returns a table in Markdown.
  public func markdown(of results: [SystemResult]) -> String {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |\n" }
    return line(Self.heads)
      + line(Self.heads.indices.map { $0 < 2 ? "---" : "--:" })
      + results.flatMap(rows).map(line).joined()
  }
}

extension BenchmarkResult {
  /// The results in Markdown, with when and where they were measured, for `docs/performance.md`.
  public func markdown(date: String, machine: String) -> String {
    let table = BenchmarkTable(emptyRunBytes: emptyRunBytes, floorBytes: floorBytes)
    return "Measured on \(date): \(machine); \(footnote)\n\n" + table.markdown(of: systems)
      + summary.map { "\n\($0)\n" }.joined()
  }

  /// How many rounds there were, and what an empty run needs.
  private var footnote: String {
    let megabytes = "\(decimal(Double(emptyRunBytes) / 1_000_000, digits: 1)) MB"
    return "median of \(rounds) \(rounds == 1 ? "round" : "rounds"); an empty run has \(megabytes)."
  }

  /// Sentences over all systems: the geometric mean of the speeds, and the machine's limit.
  public var summary: [String] {
    var sentences: [String] = []
    let own = OwnChecker().name
    for other in [Yardstick().name, Spin().name, Rumur().name] {
      let ratios = systems.filter { $0.counts?.areLarge == true }.compactMap {
        $0.speed(of: own, to: other) { $0.searchSeconds }
      }
      guard !ratios.isEmpty else { continue }
      let mean = exp(ratios.reduce(0) { $0 + log($1) } / Double(ratios.count))
      let number = decimal(mean, digits: 2)
      sentences.append(
        "Speed of the search against \(other), geometric mean of \(ratios.count): \(number).")
    }
    let teams = Set(systems.flatMap(\.entries).map(\.checker)).filter { $0.hasPrefix(own + " x") }
    for team in teams.sorted() {
      let ratios = systems.filter { $0.counts?.areLarge == true }
        .compactMap { $0.speed(of: team, to: own) { $0.searchSeconds } }
      guard !ratios.isEmpty else { continue }
      let list = ratios.map { decimal($0, digits: 2) }.joined(separator: ", ")
      sentences.append("Speed of \(team) against one thread: \(list).")
    }
    if let tableInserts {
      let number = decimal(tableInserts / 1_000_000, digits: 1)
      sentences.append("A bare hash table takes \(number) million new keys of 8 bytes a second.")
    }
    return sentences
  }
}
