public import SourceText

/// A task or an interrupt handler: a graph of locations with the code of the steps between them.
public struct Process: Sendable {
  /// What kind of process it is.
  public enum Kind: Hashable, Sendable {
    /// Must end.
    case task
    /// Need not end.
    case daemon
    /// A handler. It starts at location 0, where its only step is its arrival, and it is *running*
    /// in every location but location 0 and those that are ended. With `repeats` it returns to location 0.
    case interrupt(repeats: Bool)
  }

  /// The name that reports show, such as `reader` or `reader[1]`.
  public let name: String
  /// What kind of process it is.
  public let kind: Kind
  /// The CPUs it can run on, by index; one for tasks, at least one for interrupts.
  public let cpus: [Int]
  /// For an interrupt that arrives on any of several CPUs: the CPU of the running handler.
  public let cpuVariable: VariableID?
  /// Where the process stands.
  public let programCounter: VariableID
  /// Whether the CPU lets the process run: no handler runs there, no other task has pinned it.
  ///
  /// For an interrupt this is true; what its arrival needs stands in the code of location 0.
  public let readiness: Expression
  /// The locations, by the value of the program counter.
  public let locations: [Location]
  /// Processes with the same number run identical code and are interchangeable.
  public let group: Int
  /// Where the process is declared.
  public let span: SourceSpan

  /// Creates a process.
  public init(
    name: String, kind: Kind, cpus: [Int], cpuVariable: VariableID?, programCounter: VariableID,
    readiness: Expression, locations: [Location], group: Int, span: SourceSpan
  ) {
    self.name = name
    self.kind = kind
    self.cpus = cpus
    self.cpuVariable = cpuVariable
    self.programCounter = programCounter
    self.readiness = readiness
    self.locations = locations
    self.group = group
    self.span = span
  }
}

/// A point where a process stands between two steps.
public struct Location: Sendable {
  /// A local that lives here, and the variable that holds it.
  public struct Local: Sendable {
    /// The local's name in the model.
    public let name: String
    /// The variable that holds it.
    public let variable: VariableID
    /// How its value is shown here; several locals share one variable at different times.
    public let format: ValueFormat
    /// The function whose local it is; nil in the body of the process.
    public let function: String?

    /// Creates a local.
    public init(
      name: String, variable: VariableID, format: ValueFormat, function: String? = nil
    ) {
      self.name = name
      self.variable = variable
      self.format = format
      self.function = function
    }
  }

  /// The code of the step that starts here; nil where the process has ended.
  public let entry: Label?
  /// Whether a daemon that stands here is at rest even if it could go on (`await rest`).
  public let isRest: Bool
  /// What the process is about to do, for `pagerace steps` and for reports of deadlocks.
  public let text: String
  /// The statement it is about to execute.
  public let span: SourceSpan
  /// The locals that live here.
  public let locals: [Local]

  /// Creates a location.
  public init(entry: Label?, isRest: Bool, text: String, span: SourceSpan, locals: [Local]) {
    self.entry = entry
    self.isRest = isRest
    self.text = text
    self.span = span
    self.locals = locals
  }
}
