public import Machine
public import SourceText

/// Builds transition systems by hand, for tests that are about searching and not about the language.
public struct SystemBuilder {
  /// The variables so far.
  public private(set) var variables: [Variable] = []
  /// The number of temporaries.
  public var registerCount = 0
  /// The code so far.
  public private(set) var code: [Instruction] = []
  private var defaults: [Int64] = []
  private var processes: [Process] = []
  private var properties: [Property] = []
  private var steps: [Step] = []
  private var failures: [Failure] = []
  private var prelude: Label?
  private let name: String

  /// A span for things that stand nowhere.
  public static let nowhere = SourceSpan(file: FileID(0), 0, 0)

  /// Creates an empty system with the given name.
  public init(_ name: String) {
    self.name = name
  }

  /// Adds a variable.
  public mutating func variable(
    _ name: String, _ range: ClosedRange<Int64>, initially value: Int64? = nil,
    format: ValueFormat = .number, role: Variable.Role = .data
  ) -> VariableID {
    variables.append(
      Variable(
        name: name, lower: range.lowerBound, upper: range.upperBound, format: format, role: role))
    defaults.append(value ?? range.lowerBound)
    return VariableID(variables.count - 1)
  }

  /// Adds a temporary.
  public mutating func register() -> RegisterID {
    registerCount += 1
    return RegisterID(registerCount - 1)
  }

  /// Adds a kind of failure.
  public mutating func failure(_ violation: String, text: DisplayText? = nil) -> FailureID {
    failures.append(
      Failure(
        violation: violation, message: "\(violation) happened", span: Self.nowhere,
        text: text ?? DisplayText(violation), frames: []))
    return FailureID(failures.count - 1)
  }

  /// Adds a step that code can mark.
  public mutating func step(_ process: ProcessID, _ text: DisplayText) -> StepID {
    steps.append(
      Step(process: process, span: Self.nowhere, text: text, accesses: [], frames: []))
    return StepID(steps.count - 1)
  }

  /// The label of the next instruction.
  public var here: Label { Label(code.count) }

  /// Adds code and returns its label.
  @discardableResult
  public mutating func emit(_ instructions: Instruction...) -> Label {
    let label = here
    code += instructions
    return label
  }

  /// Replaces an instruction, such as a jump to what was not known yet.
  public mutating func replace(_ label: Label, _ instruction: Instruction) {
    code[Int(label.index)] = instruction
  }

  /// Adds a program counter for a process with the given number of locations.
  public mutating func programCounter(_ name: String, locations: Int) -> VariableID {
    let process = ProcessID(processes.count)
    return variable(
      name + ".pc", 0...Int64(max(0, locations - 1)), format: .location(process),
      role: .programCounter(process))
  }

  /// Adds a process; a location is the label of its code, or nil at the end.
  @discardableResult
  public mutating func process(
    _ name: String, _ kind: Process.Kind = .task, counter: VariableID,
    readiness: Expression = .constant(1), locations: [Label?], rest: Set<Int> = []
  ) -> ProcessID {
    processes.append(
      Process(
        name: name, kind: kind, cpus: [0], cpuVariable: nil, programCounter: counter,
        readiness: readiness,
        locations: locations.enumerated().map { index, entry in
          Location(
            entry: entry, isRest: rest.contains(index), text: "\(name) at \(index)",
            span: Self.nowhere, locals: [])
        }, group: processes.count, span: Self.nowhere))
    return ProcessID(processes.count - 1)
  }

  /// Adds a property.
  public mutating func property(_ name: String, _ kind: Property.Kind, entry: Label) {
    properties.append(
      Property(name: name, kind: kind, entry: entry, parts: [], span: Self.nowhere))
  }

  /// Adds a property that is an expression.
  public mutating func property(_ name: String, _ kind: Property.Kind, _ condition: Expression) {
    let entry = emit(.result(condition))
    property(name, kind, entry: entry)
  }

  /// Sets where the prelude starts.
  public mutating func prelude(_ label: Label) {
    prelude = label
  }

  /// Returns the system.
  public mutating func build() -> TransitionSystem {
    let prelude = prelude ?? emit(.done)
    return TransitionSystem(
      name: name, variables: variables, defaults: defaults, registerCount: registerCount,
      code: code, prelude: prelude, processes: processes, properties: properties, steps: steps,
      failures: failures, locks: [], cpuNames: ["cpu0"])
  }
}

extension Expression {
  /// The value of a variable.
  public static func variable(_ id: VariableID) -> Expression { .read(Place(id)) }

  /// Whether a variable has the given value.
  public static func variable(_ id: VariableID, is value: Int64) -> Expression {
    .binary(.equal, .variable(id), .constant(value))
  }
}
