public import SourceText

/// A checked location: something that can be loaded from, and perhaps stored to.
public struct Place: Sendable {
  /// What the location is.
  public indirect enum Kind: Sendable {
    /// A value local, parameter or bound variable of the body.
    case local(LocalIndex)
    /// What an `inout` or struct parameter, or a `let a = &place`, stands for.
    case alias(LocalIndex)
    /// A variable of the module, or of the scenario that the code stands in.
    case variable(VariableIndex)
    /// A task variable of a task: `preempt_count` (with `selfTask`) or `t.preempt_count`.
    case taskVariable(VariableIndex, of: Expression)
    /// A parameter or `let` of the scenario that the task or property stands in.
    case scenarioLocal(LocalIndex)
    /// A field of an object: the reference is evaluated and must not be nil or dead.
    case object(Expression, PoolID, field: Int)
    /// A field of an embedded struct or word.
    case field(Place, field: Int)
    /// An element of an array; the index is a number, an enum case or a reference.
    case element(Place, Expression)
    /// `c.pinned` of a CPU: a `task?`.
    case cpuPinned(Expression)
    /// `c.irqs_off` of a CPU: a `bool`.
    case cpuInterruptsOff(Expression)
  }

  /// What the location is.
  public var kind: Kind
  /// Its declared type.
  public var type: Type
  /// Where it stands.
  public var span: SourceSpan

  /// Creates a place.
  public init(_ kind: Kind, type: Type, span: SourceSpan) {
    self.kind = kind
    self.type = type
    self.span = span
  }
}
