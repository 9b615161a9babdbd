internal import Exploration
internal import Machine
internal import SourceText

/// A counterexample in the Informal Trace Format, which viewers of the TLA+ and Quint world read.
///
/// The format holds one trace: the first counterexample has it.
struct ITFReport: ReportRenderer {
  private let toolVersion: String
  private var trace: JSONValue?
  private var verdicts: [JSONValue] = []
  private var leftOut: [String] = []

  init(_ context: ReportContext) { toolVersion = context.toolVersion }

  mutating func add(_ run: ReportedRun) {
    guard let (system, finding) = run.violation else {
      verdicts.append("\(run.description.model), \(run.description.title): \(run.verdictWord)")
      return
    }
    if trace == nil {
      trace = ITFTrace(finding, in: system, run: run, toolVersion: toolVersion).document
    } else {
      leftOut.append(run.description.title)
    }
  }

  var omissions: [String] {
    leftOut.map { "a file holds one counterexample; that of '\($0)' is left out" }
  }

  func render(exitStatus: Int32) -> String {
    let empty: JSONValue = [
      "#meta": [
        "format": "ITF", "tool": "pagerace \(toolVersion)",
        "description": "no counterexample", "runs": .array(verdicts),
      ],
      "vars": [], "states": [],
    ]
    return JSONText.render(trace ?? empty) + "\n"
  }
}

/// One trace in the Informal Trace Format.
private struct ITFTrace {
  private let analysis: TraceAnalysis
  private let run: ReportedRun
  private let toolVersion: String
  /// The variables that are shown, with names that are all different.
  private let names: [(id: VariableID, name: String)]

  init(_ finding: Finding, in system: TransitionSystem, run: ReportedRun, toolVersion: String) {
    let analysis = TraceAnalysis(finding, in: system)
    self.analysis = analysis
    self.run = run
    self.toolVersion = toolVersion
    names = Self.names(in: analysis)
  }

  private var system: TransitionSystem { analysis.system }

  /// Returns the variables but the locals, which share variables and are shown by process.
  private static func names(in analysis: TraceAnalysis) -> [(id: VariableID, name: String)] {
    let system = analysis.system
    return system.variables.indices.compactMap { index in
      let variable = system.variables[index]
      switch variable.role {
      case .local: return nil
      // An object that always lives needs no variable to say so.
      case .live where variable.width == 0: return nil
      case .data, .ghost, .live, .ledger, .bookkeeping, .programCounter:
        return (VariableID(index), analysis.names.variables[index])
      }
    }
  }

  /// The whole document.
  var document: JSONValue {
    let explanation = Explanation(analysis, catalog: run.catalog)
    var states = [state(0, analysis.finding.trace.initialValues, meta: [:])]
    for (index, record) in analysis.records.enumerated() {
      var meta: [String: JSONValue] = [
        "action": .string(analysis.text(ofStep: index + 1)),
        "process": .string(system[record.process].name),
        "place": .string(run.catalog.place(of: analysis.span(of: record))),
      ]
      meta.set("cpu", analysis.cpu(of: record).map { .string($0) })
      states.append(state(index + 1, record.after, meta: meta))
    }
    return [
      "#meta": [
        "format": "ITF", "tool": "pagerace \(toolVersion)", "source": .string(run.description.path),
        "status": "violation", "violation": .string(analysis.finding.violation),
        "description": .string(
          "\(run.description.model), \(run.description.title): \(explanation.headline)"),
        "command": .string(run.description.command),
      ],
      "vars": .array(
        (names.map(\.name) + system.processes.map(Self.localsName)).map { .string($0) }),
      "states": .array(states),
    ]
  }

  private static func localsName(of process: Process) -> String { "\(process.name).locals" }

  private func state(_ index: Int, _ values: [Int64], meta: [String: JSONValue]) -> JSONValue {
    var meta = meta
    meta["index"] = .integer(index)
    var state: [String: JSONValue] = ["#meta": .object(meta)]
    for (id, name) in names {
      state[name] = value(values[Int(id.index)], as: system[id].format)
    }
    for (index, process) in system.processes.enumerated() {
      state[Self.localsName(of: process)] = locals(of: ProcessID(index), values)
    }
    return .object(state)
  }

  /// Returns the locals that live where a process stands, as a map from names to values in words.
  private func locals(of process: ProcessID, _ values: [Int64]) -> JSONValue {
    let location = system.location(of: process, in: values)
    let entries = analysis.names.locals(at: location, of: process).map { name, local -> JSONValue in
      [
        .string(name),
        .string(system.text(of: values[Int(local.variable.index)], as: local.format)),
      ]
    }
    return ["#map": .array(entries)]
  }

  private func value(_ value: Int64, as format: ValueFormat) -> JSONValue {
    switch format {
    case .number: ["#bigint": "\(value)"]
    case .boolean: .boolean(value != 0)
    case .set(let element): ["#set": .array(members(UInt64(bitPattern: value), of: element))]
    case .cases, .reference, .process, .cpu, .location:
      .string(system.text(of: value, as: format))
    }
  }

  /// Returns the members of a set; those of references and processes count from one, for zero is nil.
  private func members(_ bits: UInt64, of element: ValueFormat) -> [JSONValue] {
    let offset: Int64 =
      switch element {
      case .reference, .process: 1
      default: 0
      }
    return (0..<Int64(64)).filter { bits >> UInt64($0) & 1 == 1 }
      .map { value($0 + offset, as: element) }
  }
}
