internal import Exploration
internal import Machine
internal import SourceText

/// What the script of a page knows of one trace.
struct PlayerRecord: Encodable {
  /// A process that has something to do.
  struct Process: Encodable {
    let name: String
    let cpu: String
    let color: Int
  }

  /// A step of the trace.
  struct Step: Encodable {
    let process: Int
    let cpu: String?
    let text: String
    let stand: TraceMap.Stand
    let changes: [String]
    let differences: [StateTable.Difference]
    let isPreemption: Bool
  }

  /// The number of the run on its page.
  let run: Int
  let violation: String
  let processes: [Process]
  let steps: [Step]
  /// The values of a state.
  let keys: [StateTable.Key]
  /// The initial ones.
  let initial: [String?]
  /// Where each process stands in the source, in each state.
  let stands: [[SourceShelf.Place?]]
  /// What else could have happened in each state but the last.
  let ways: [[OtherWays.Way]]
  /// The first and last row of each state in two diagrams: the one that leaves things out, and the whole one.
  let rows: [[[Int]]]

  init(
    _ analysis: TraceAnalysis, run: Int, catalog: SourceCatalog, columns: [ProcessID],
    rows: [[[Int]]], others: OtherWays, shelf: inout SourceShelf
  ) {
    let system = analysis.system
    let states = StateTable(analysis)
    var map = TraceMap(analysis, catalog: catalog)
    self.run = run
    self.rows = rows
    violation = analysis.finding.violation
    processes = system.processes.enumerated().map { index, process in
      let column = columns.firstIndex(of: ProcessID(index))
      return Process(
        name: process.name,
        cpu: process.cpus.count == 1 ? system.text(of: Int64(process.cpus[0]), as: .cpu) : "",
        color: column.map { $0 % DiagramTable.colors } ?? -1)
    }
    var steps: [Step] = []
    for (index, record) in analysis.records.enumerated() {
      let changes = StateChanges.telling(from: record.before, to: record.after, in: analysis)
      steps.append(
        Step(
          process: Int(record.process.index), cpu: analysis.cpu(of: record),
          text: Self.text(of: record, in: analysis),
          stand: map.stand(ofStep: index, on: &shelf), changes: changes.map(\.text),
          differences: states.differences[index],
          isPreemption: others.isPreemption(step: index + 1)))
    }
    self.steps = steps
    keys = states.keys
    initial = states.initial
    stands = Self.stands(in: analysis, &map, on: &shelf)
    ways = others.ways
  }

  /// Returns where each process goes on in each state; who has failed does not.
  private static func stands(
    in analysis: TraceAnalysis, _ map: inout TraceMap, on shelf: inout SourceShelf
  ) -> [[SourceShelf.Place?]] {
    let states = [analysis.finding.trace.initialValues] + analysis.records.map(\.after)
    var stands: [[SourceShelf.Place?]] = []
    for values in states {
      var row: [SourceShelf.Place?] = []
      for process in analysis.system.processes.indices {
        let stand = map.stand(of: ProcessID(process), in: values, on: &shelf)
        row.append(
          stand.flatMap { $0.crumbs.indices.contains($0.own) ? $0.crumbs[$0.own].place : nil })
      }
      stands.append(row)
    }
    if case .failure = analysis.finding.cause, let failing = analysis.records.last?.process {
      stands[stands.count - 1][Int(failing.index)] = nil
    }
    return stands
  }

  /// What a step does, without the calls that it opens.
  static func text(of record: TraceAnalysis.Record, in analysis: TraceAnalysis) -> String {
    let text = record.marks.filter { analysis.system[$0.step].kind != .call }.map(\.text)
      .joined(separator: "; ")
    return text.isEmpty ? analysis.location(of: record).text : text
  }
}
