public import SourceText

/// One check of a model, ready to be explored: the waist of the hourglass.
///
/// The front end ends here, and every search, engine, export and report starts here. A system is
/// plain data: a state vector, processes with code for their steps, and properties. Nothing in it
/// refers to the language it came from, except texts and spans for reports.
///
/// **Meaning.** A state gives each variable a value. The initial states are the results of running
/// ``prelude`` on the state in which every variable has its `defaults` value. A process can perform a
/// step if its ``Process/readiness`` holds and a run of the code at its location ends in
/// ``Instruction/arrive(_:)``; each different way through ``Instruction/choose(_:count:)`` is a
/// transition of its own. Successors are ordered by process, then by choices.
public struct TransitionSystem: Sendable {
  /// The name of the check.
  public var name: String
  /// The variables; consecutive numbers where a ``Place`` computes an index.
  public var variables: [Variable]
  /// The value of each variable before the prelude.
  public var defaults: [Int64]
  /// The number of 64-bit words of a packed state.
  public var wordCount: Int
  /// How many temporaries a run needs at most.
  public var registerCount: Int
  /// All code.
  public var code: [Instruction]
  /// Where the prelude starts; it ends in ``Instruction/done`` with every program counter set.
  public var prelude: Label
  /// The processes, in declaration order.
  public var processes: [Process]
  /// The properties, in declaration order.
  public var properties: [Property]
  /// The steps that ``Instruction/mark(_:)`` names.
  public var steps: [Step]
  /// The ways in which runs can fail.
  public var failures: [Failure]
  /// The locks, for reports.
  public var locks: [LockInfo]
  /// The names of the CPUs, by index.
  public var cpuNames: [String]
  /// The statements that ``Instruction/cover(_:)`` names, by index.
  public var coverage: [SourceSpan]

  /// The largest number of words of a packed state; models that mean anything have a few.
  package static let wordLimit = 4096

  /// Creates a system and lays its state out.
  public init(
    name: String, variables: [Variable], defaults: [Int64], registerCount: Int,
    code: [Instruction], prelude: Label, processes: [Process], properties: [Property],
    steps: [Step], failures: [Failure], locks: [LockInfo], cpuNames: [String],
    coverage: [SourceSpan] = []
  ) {
    self.name = name
    self.variables = variables
    self.defaults = defaults
    self.wordCount = 0
    self.registerCount = registerCount
    self.code = code
    self.prelude = prelude
    self.processes = processes
    self.properties = properties
    self.steps = steps
    self.failures = failures
    self.locks = locks
    self.cpuNames = cpuNames
    self.coverage = coverage
    self.wordCount = StateLayout.assign(to: &self.variables)
  }

  /// The variable with the identity `id`.
  public subscript(id: VariableID) -> Variable { variables[Int(id.index)] }
  /// The process with the identity `id`.
  public subscript(id: ProcessID) -> Process { processes[Int(id.index)] }
  /// The step with the identity `id`.
  public subscript(id: StepID) -> Step { steps[Int(id.index)] }
  /// The failure with the identity `id`.
  public subscript(id: FailureID) -> Failure { failures[Int(id.index)] }
  /// The property with the identity `id`.
  public subscript(id: PropertyID) -> Property { properties[Int(id.index)] }
}
