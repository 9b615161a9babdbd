internal import Exploration
internal import Machine
internal import SourceText

/// Counterexamples as trace events, which Perfetto and the tracing pages of browsers show.
///
/// Each run is a process with a track for each CPU. Held locks are asynchronous slices, counts are counters.
/// A timestamp is the number of a step: step one lasts from microsecond one to two.
struct TraceEventReport: ReportRenderer {
  private let toolVersion: String
  private var events: [JSONValue] = []
  private var runs: [JSONValue] = []

  init(_ context: ReportContext) { toolVersion = context.toolVersion }

  mutating func add(_ run: ReportedRun) {
    let title = "\(run.description.model), \(run.description.title): \(run.verdictWord)"
    runs.append(.string(title))
    guard let (system, finding) = run.violation else { return }
    events +=
      RunEvents(
        TraceAnalysis(finding, in: system), run, number: runs.count, title: title
      ).all
  }

  mutating func add(_ model: RejectedModel) {
    runs.append(.string("\(model.path): \(model.reason)"))
  }

  func render(exitStatus: Int32) -> String {
    let document: JSONValue = [
      "displayTimeUnit": "ns",
      "otherData": [
        "tool": "pagerace \(toolVersion)", "clock": "step numbers", "runs": .array(runs),
      ],
      "traceEvents": .array(events),
    ]
    return JSONText.render(document) + "\n"
  }
}

/// The events of one run.
private struct RunEvents {
  private let analysis: TraceAnalysis
  private let run: ReportedRun
  private let number: Int
  private let title: String
  /// The tracks: a name for each, in the order of the CPUs, then those of interrupts without a CPU.
  private let tracks: [String]

  init(_ analysis: TraceAnalysis, _ run: ReportedRun, number: Int, title: String) {
    self.analysis = analysis
    self.run = run
    self.number = number
    self.title = title
    let used = Set(analysis.records.map { Self.track(of: $0, analysis) })
    let cpus = analysis.system.cpuNames.filter { used.contains($0) }
    tracks = cpus + used.subtracting(cpus).sorted()
  }

  private var system: TransitionSystem { analysis.system }
  private var end: Int { analysis.records.count + 1 }

  private static func track(
    of record: TraceAnalysis.Record, _ analysis: TraceAnalysis
  ) -> String {
    analysis.cpu(of: record) ?? analysis.system[record.process].name
  }

  var all: [JSONValue] { names + steps + locks + counters + [violation] }

  private func event(
    _ phase: String, _ name: String, at time: Int, track: Int = 0,
    _ more: [String: JSONValue] = [:]
  ) -> JSONValue {
    let common: [String: JSONValue] = [
      "ph": .string(phase), "name": .string(name), "ts": .integer(time), "pid": .integer(number),
      "tid": .integer(track),
    ]
    return .object(common.merging(more, uniquingKeysWith: { $1 }))
  }

  /// The names of the run and its tracks.
  private var names: [JSONValue] {
    [event("M", "process_name", at: 0, ["args": ["name": .string(title)]])]
      + tracks.enumerated().map { index, track in
        let own = system.processes.filter { process in
          analysis.records.contains {
            system[$0.process].name == process.name && Self.track(of: $0, analysis) == track
          }
        }
        let name = "\(track.uppercased()) (\(own.map(\.name).joined(separator: ", ")))"
        return event(
          "M", "thread_name", at: 0, track: index + 1, ["args": ["name": .string(name)]])
      }
  }

  private var steps: [JSONValue] {
    analysis.records.enumerated().map { index, record in
      let changes = StateChanges.telling(from: record.before, to: record.after, in: analysis)
      return event(
        "X", analysis.text(ofStep: index + 1), at: index + 1,
        track: (tracks.firstIndex(of: Self.track(of: record, analysis)) ?? 0) + 1,
        [
          "cat": "step", "dur": 1,
          "args": [
            "process": .string(system[record.process].name),
            "place": .string(run.catalog.place(of: analysis.span(of: record))),
            "calls": .string(analysis.calls(of: record).joined(separator: " > ")),
            "changes": .string(changes.map(\.text).joined(separator: ", ")),
          ],
        ])
    }
  }

  /// A slice for each time that a process holds a lock; one that is held in the end lasts until then.
  private var locks: [JSONValue] {
    var events: [JSONValue] = []
    var count = 0
    for lock in system.locks {
      for process in system.processes.indices {
        let holds = { (values: [Int64]) in
          values[Int(lock.holder.index)] == Int64(process) + 1
            || lock.readers.map { values[Int($0.index)] >> Int64(process) & 1 == 1 } == true
        }
        var start = holds(analysis.finding.trace.initialValues) ? 0 : nil
        for index in 0...analysis.records.count {
          let isEnd = index == analysis.records.count
          let isHeld = !isEnd && holds(analysis.records[index].after)
          if let begin = start, !isHeld {
            count += 1
            events += slice(
              lock.name, by: process, from: begin, to: index + 1, number: count,
              isHeldAtEnd: isEnd)
            start = nil
          } else if start == nil, isHeld {
            start = index + 1
          }
        }
      }
    }
    return events
  }

  private func slice(
    _ lock: String, by process: Int, from: Int, to: Int, number: Int, isHeldAtEnd: Bool
  ) -> [JSONValue] {
    let id: [String: JSONValue] = ["cat": "lock", "id": "\(self.number).\(number)"]
    let holder: JSONValue = .string(system.processes[process].name)
    let opening: [String: JSONValue] = ["args": ["holder": holder]]
    let closing: [String: JSONValue] = ["args": ["heldAtEnd": .boolean(isHeldAtEnd)]]
    return [
      event("b", lock, at: from, id.merging(opening, uniquingKeysWith: { $1 })),
      event("e", lock, at: to, id.merging(closing, uniquingKeysWith: { $1 })),
    ]
  }

  /// The ledgers, and the numbers of objects that change during the trace.
  private var counters: [JSONValue] {
    system.variables.indices.filter { isCounter($0) }.flatMap { index -> [JSONValue] in
      let name = system.variables[index].name
      let counter = { (time: Int, value: Int64) in
        event("C", name, at: time, ["args": ["value": .integer(Int(value))]])
      }
      return [counter(0, analysis.finding.trace.initialValues[index])]
        + analysis.records.enumerated().compactMap { number, record in
          record.before[index] == record.after[index]
            ? nil : counter(number + 1, record.after[index])
        }
    }
  }

  private func isCounter(_ index: Int) -> Bool {
    guard analysis.records.contains(where: { $0.before[index] != $0.after[index] }) else {
      return false
    }
    return switch system.variables[index].role {
    case .ledger: true
    case .data: system.variables[index].format == .number
    case .ghost, .local, .programCounter, .live, .bookkeeping: false
    }
  }

  private var violation: JSONValue {
    let explanation = Explanation(analysis, catalog: run.catalog)
    return event(
      "i", analysis.finding.violation, at: end,
      [
        "cat": "violation", "s": "p",
        "args": [
          "text": .string(explanation.headline), "replay": .string(run.description.command),
        ],
      ])
  }
}
