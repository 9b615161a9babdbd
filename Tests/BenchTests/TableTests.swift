import Bench
import Testing

/// Tables of fixed numbers.
@Suite struct TableTests {
  private let system = BenchmarkSystem.all.first { $0.name == "pagemig-4" }

  private func measurement(
    _ round: Int, _ seconds: Double, states: Int = 13_028_116, transitions: Int = 68_871_691,
    peakBytes: Int = 400_000_000
  ) -> Measurement {
    Measurement(
      round: round, states: states, transitions: transitions, searchSeconds: seconds,
      wallSeconds: seconds + 0.5, cpuSeconds: seconds - 0.5, peakBytes: peakBytes,
      coldSeconds: seconds + 2)
  }

  private func result() throws -> SystemResult {
    SystemResult(
      system: try #require(system),
      entries: [
        .init(
          checker: "pagerace",
          measurements: [measurement(1, 3), measurement(2, 8), measurement(3, 4)]),
        .init(
          checker: "C by hand",
          measurements: [
            measurement(1, 3, peakBytes: 900_000_000), measurement(2, 4, peakBytes: 900_000_000),
            measurement(3, 1, peakBytes: 900_000_000),
          ]),
        .init(checker: "SPIN", failure: "'pan' failed with status 1"),
      ])
  }

  @Test("cells are medians over the rounds, and speeds medians of their ratios")
  func markdown() throws {
    let whole = BenchmarkResult(
      systems: [try result()], rounds: 3, emptyRunBytes: 30_000_000, floorBytes: 20_000_000,
      tableInserts: 50_000_000)
    let text = whole.markdown(date: "2006-01-31", machine: "a machine, 2 processors, 8 GB")
    #expect(
      text == """
        Measured on 2006-01-31: a machine, 2 processors, 8 GB; median of 3 rounds; an empty run has 30.0 MB.

        | system | checker | M states/s | M transitions/s | speed | per CPU s | speed | bytes a state | less empty run | verdict s, cold | warm |
        | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | pagemig-4 | pagerace | 3.26 | 17.2 | 0.50 | 19.7 | 0.47 | 30.7 | 28.4 | 6.000 | 4.500 |
        | pagemig-4 | C by hand | 4.34 | 23.0 | 1.00 | 27.5 | 1.00 | 69.1 | – | 5.000 | 3.500 |
        | pagemig-4 | SPIN | – | – | – | – | – | – | – | – | – |

        Speed of the search against C by hand, geometric mean of 1: 0.50.

        A bare hash table takes 50.0 million new keys of 8 bytes a second.

        """)
  }

  @Test("columns are aligned")
  func text() throws {
    let table = BenchmarkTable(emptyRunBytes: 30_000_000, floorBytes: 20_000_000)
    let lines = table.text(of: [try result()]).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(Set(lines.map(\.count)).count == 1)
    #expect(lines[1].hasPrefix("pagemig-4     pagerace "))
  }

  @Test("memory that any process seems to have is not shown")
  func floor() throws {
    let table = BenchmarkTable(emptyRunBytes: 400_000_000, floorBytes: 390_000_000)
    let first = try #require(
      table.text(of: [try result()]).split(separator: "\n").dropFirst().first)
    #expect(first.split(separator: " ").suffix(4).prefix(2) == ["–", "–"])
  }

  @Test("counts that differ and checkers that fail are complained about")
  func complaints() throws {
    var result = try result()
    #expect(result.complaints == ["pagemig-4, SPIN: 'pan' failed with status 1"])
    result.entries.removeLast()
    #expect(result.complaints == [])
    result.entries[1].measurements[2].transitions += 1
    #expect(
      result.complaints == [
        "pagemig-4, C by hand: 13028116 states and 68871692 transitions, "
          + "where there are 13028116 and 68871691"
      ])
    result.entries[1].measurements[2].transitions -= 1
    result.entries[0].measurements[0].states -= 1
    #expect(result.complaints.count == 1)
  }
}
