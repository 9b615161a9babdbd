public import Machine

/// A finite run of a system that has been replayed in the evaluator.
public struct Trace: Sendable {
  /// One step of a trace.
  public struct Entry: Sendable {
    /// The process that moves.
    public var process: ProcessID
    /// What its `choose` instructions gave, in order.
    public var choices: [Int]
    /// The steps of the source that it performed, with their texts filled in; nearly always one.
    public var marks: [(step: StepID, text: String)]
    /// The values of all variables afterwards; of a failing step, at the point of failure.
    public var values: [Int64]

    /// Creates an entry.
    public init(
      process: ProcessID, choices: [Int], marks: [(step: StepID, text: String)], values: [Int64]
    ) {
      self.process = process
      self.choices = choices
      self.marks = marks
      self.values = values
    }
  }

  /// The choices of the prelude.
  public var initialChoices: [Int]
  /// The values of all variables in the initial state.
  public var initialValues: [Int64]
  /// What processes have done up to the initial state: computation that is joined to it.
  public var initialMarks: [(step: StepID, text: String)]
  /// The steps in order.
  public var entries: [Entry]

  /// Creates a trace.
  public init(
    initialChoices: [Int], initialValues: [Int64], entries: [Entry],
    initialMarks: [(step: StepID, text: String)] = []
  ) {
    self.initialMarks = initialMarks
    self.initialChoices = initialChoices
    self.initialValues = initialValues
    self.entries = entries
  }
}
