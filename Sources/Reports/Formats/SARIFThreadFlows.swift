internal import Exploration
internal import Machine
internal import SourceText

/// A trace as SARIF has it: a thread flow for each CPU, whose locations are numbered in the order of
/// the steps.
struct SARIFThreadFlows {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog

  init(_ analysis: TraceAnalysis, _ catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  private var system: TransitionSystem { analysis.system }

  /// What happens on one CPU.
  private struct Flow {
    var processes: [String] = []
    var locations: [JSONValue] = []
  }

  /// Returns the thread flows, in the order of the CPUs; files that they speak of are added to `artifacts`.
  func flows(_ artifacts: inout SARIFArtifacts) -> [JSONValue] {
    var flows: [String: Flow] = [:]
    for (index, record) in analysis.records.enumerated() {
      let cpu = analysis.cpu(of: record) ?? system[record.process].name
      let location = location(ofStep: index, record, &artifacts)
      add(location, of: record.process, to: &flows[cpu, default: Flow()])
    }
    if case .deadlock = analysis.finding.cause {
      for blocked in analysis.blocked {
        let cpu = system[blocked.process].cpus.first.map { system.text(of: Int64($0), as: .cpu) }
        let name = system[blocked.process].name
        let text = "\(name) waits for ever: \(blocked.text)"
        let span = SourcePlace.own(blocked.location.span, blocked.frames)
        add(
          [
            "executionOrder": .integer(analysis.records.count + 1), "importance": "essential",
            "location": artifacts.location(span, in: catalog, message: text),
          ], of: blocked.process, to: &flows[cpu ?? name, default: Flow()])
      }
    }
    let order = system.cpuNames + flows.keys.filter { !system.cpuNames.contains($0) }.sorted()
    return order.compactMap { cpu in
      guard let flow = flows[cpu] else { return nil }
      let names = flow.processes.joined(separator: ", ")
      return [
        "id": .string(cpu), "message": SARIFText.message("\(cpu.uppercased()) (\(names))"),
        "locations": .array(flow.locations),
      ]
    }
  }

  private func add(_ location: JSONValue, of process: ProcessID, to flow: inout Flow) {
    let name = system[process].name
    if !flow.processes.contains(name) { flow.processes.append(name) }
    flow.locations.append(location)
  }

  private func location(
    ofStep index: Int, _ record: TraceAnalysis.Record, _ artifacts: inout SARIFArtifacts
  ) -> JSONValue {
    let isLast = index == analysis.records.count - 1
    let changes = StateChanges.telling(from: record.before, to: record.after, in: analysis)
    var text = "\(system[record.process].name): \(analysis.text(ofStep: index + 1))"
    if isLast, case .failure = analysis.finding.cause, !analysis.finding.text.isEmpty {
      text += "; \(analysis.finding.text)"
    }
    var location: [String: JSONValue] = [
      "executionOrder": .integer(index + 1),
      "nestingLevel": .integer(analysis.calls(of: record).count),
      "importance": isLast ? "essential" : "important",
      "location": artifacts.location(analysis.span(of: record), in: catalog, message: text),
    ]
    if !changes.isEmpty {
      location["state"] = .object(
        Dictionary(
          changes.map { ($0.name, SARIFText.message("\($0.before) -> \($0.after)")) },
          uniquingKeysWith: { $1 }))
    }
    return .object(location)
  }
}
