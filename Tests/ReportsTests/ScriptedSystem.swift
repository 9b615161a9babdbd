import Exploration
import Machine
import Reports
import SourceText
import TestSupport

/// A system whose processes run straight through, built from a script: what reports are tested on.
///
/// The source of the model has a line for every step, so that reports have places to name.
struct ScriptedSystem {
  /// What a process does in one step.
  struct Line {
    var text: DisplayText
    var calls: [String]
    var code: [Instruction]
  }

  private(set) var variables: [Variable] = []
  private var defaults: [Int64] = []
  private var code: [Instruction] = []
  private var processes: [Process] = []
  private var steps: [Step] = []
  private var failures: [Failure] = []
  private var properties: [Property] = []
  private var locks: [LockInfo] = []
  private var source: [String] = ["module toy", ""]
  private let file = FileID(0)
  private let name: String

  init(_ name: String) { self.name = name }

  mutating func variable(
    _ name: String, _ range: ClosedRange<Int64>, initially value: Int64 = 0,
    format: ValueFormat = .number, role: Variable.Role = .data
  ) -> VariableID {
    variables.append(
      Variable(
        name: name, lower: range.lowerBound, upper: range.upperBound, format: format, role: role))
    defaults.append(value)
    return VariableID(variables.count - 1)
  }

  /// Adds a lock that processes hold by number plus one.
  mutating func lock(_ name: String) -> VariableID {
    let holder = variable(name + ".holder", 0...15, format: .process)
    locks.append(LockInfo(name: name, holder: holder, readers: nil))
    return holder
  }

  mutating func failure(_ violation: String, _ message: String, _ text: DisplayText) -> FailureID {
    let span = addSource("require … else \(violation)")
    failures.append(
      Failure(violation: violation, message: message, span: span, text: text, frames: []))
    return FailureID(failures.count - 1)
  }

  /// Adds a process that executes `lines` one after the other.
  mutating func process(
    _ name: String, _ kind: Process.Kind = .task, cpu: Int? = nil, lines: [Line]
  ) {
    let id = ProcessID(processes.count)
    let counter = variable(
      name + ".pc", 0...Int64(lines.count), format: .location(id), role: .programCounter(id))
    let span = addSource("task \(name) {")
    var locations: [Location] = []
    for (index, line) in lines.enumerated() {
      let place = addSource("    \(text(line.text))")
      steps.append(
        Step(
          process: id, span: place, text: line.text, accesses: ["load something"],
          frames: line.calls.enumerated().map { depth, function in
            Step.Frame(call: Int(id.index) * 100 + depth, function: function, span: place)
          }))
      let entry = Label(code.count)
      code.append(.mark(StepID(steps.count - 1)))
      code += line.code + [.arrive(LocationID(index + 1))]
      locations.append(
        Location(entry: entry, isRest: false, text: text(line.text), span: place, locals: []))
    }
    locations.append(
      Location(entry: nil, isRest: false, text: "the end", span: addSource("}"), locals: []))
    processes.append(
      Process(
        name: name, kind: kind, cpus: [cpu ?? processes.count], cpuVariable: nil,
        programCounter: counter, readiness: .constant(1), locations: locations,
        group: processes.count, span: span))
  }

  /// Adds a property that is a conjunction of the given parts.
  mutating func property(
    _ name: String, _ kind: Property.Kind, _ parts: [(text: String, condition: Expression)]
  ) {
    let span = addSource("\(kind.rawValue) \(name) { … }")
    let judged = parts.map { part in
      let entry = Label(code.count)
      code.append(.result(part.condition))
      return Property.Part(text: part.text, entry: entry, span: span)
    }
    let entry = Label(code.count)
    code.append(
      .result(parts.map(\.condition).reduce(.constant(1)) { .binary(.and, $0, $1) }))
    properties.append(
      Property(name: name, kind: kind, entry: entry, parts: judged, span: span))
  }

  func build() -> TransitionSystem {
    TransitionSystem(
      name: name, variables: variables, defaults: defaults, registerCount: 1,
      code: code + [.done], prelude: Label(code.count), processes: processes,
      properties: properties, steps: steps, failures: failures, locks: locks,
      cpuNames: processes.indices.map { "cpu\($0)" })
  }

  /// The source that goes with the system.
  var catalog: SourceCatalog {
    var catalog = SourceCatalog()
    _ = catalog.add(
      SourceFile(path: "Models/toy.race", text: source.joined(separator: "\n") + "\n"))
    return catalog
  }

  private func text(_ text: DisplayText) -> String {
    text.pieces.map { if case .literal(let text) = $0 { text } else { "_" } }.joined()
  }

  private mutating func addSource(_ line: String) -> SourceSpan {
    let lower = UInt32(source.joined(separator: "\n").utf8.count + 1)
    source.append(line)
    return SourceSpan(file: file, lower, lower + UInt32(line.utf8.count))
  }
}

extension ScriptedSystem.Line {
  /// A step with the given text and code.
  static func step(
    _ text: String, in calls: [String] = [], _ code: Instruction...
  ) -> ScriptedSystem.Line {
    ScriptedSystem.Line(text: DisplayText(text), calls: calls, code: code)
  }

  /// A step that waits for a lock and takes it.
  static func take(
    _ holder: VariableID, _ text: String, in calls: [String] = [], by process: Int,
    requiring: [Instruction] = []
  ) -> ScriptedSystem.Line {
    ScriptedSystem.Line(
      text: DisplayText(text), calls: calls,
      code: requiring + [
        .await(.variable(holder, is: 0)),
        .assign(Place(holder), .constant(Int64(process + 1))),
      ])
  }
}
