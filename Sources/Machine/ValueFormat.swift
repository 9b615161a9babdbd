/// How the number in a variable is shown to a person.
public indirect enum ValueFormat: Hashable, Sendable {
  /// A plain number.
  case number
  /// `false` or `true`.
  case boolean
  /// One of the names, by index.
  case cases([String])
  /// `nil` for zero, otherwise the object with the index `value - 1` of the named pool: `page0`.
  case reference(pool: String)
  /// `nil` for zero, otherwise the process with the index `value - 1`.
  case process
  /// The CPU with the index `value`: `cpu0`.
  case cpu
  /// A bit mask; bit *i* stands for the member with the value *i* of the element's format
  /// (so bit *i* of a set of references is the object *i*, and of a set of tasks the process *i*).
  case set(of: ValueFormat)
  /// The location of the process.
  case location(ProcessID)
}
