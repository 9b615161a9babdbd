/// One step of a stored schedule: who moves, and what the source says there.
public struct ScheduledStep: Codable, Hashable, Sendable {
  /// The task or interrupt that moves.
  public var task: String
  /// The functions around the step, outermost first.
  public var functions: [String]
  /// The statement or the part of one that is executed, in the words of the source.
  public var label: String
  /// How often the task has come by this label in these functions so far, this time included.
  public var occurrence: Int
  /// What the choices of the step gave, in order.
  public var choices: [Int]
  /// What was done when it was recorded, with the objects filled in.
  public var text: String

  private enum CodingKeys: String, CodingKey {
    case task, functions = "in", label = "at", occurrence, choices, text
  }

  /// Creates a step.
  init(
    task: String, functions: [String], label: String, occurrence: Int, choices: [Int], text: String
  ) {
    self.task = task
    self.functions = functions
    self.label = label
    self.occurrence = occurrence
    self.choices = choices
    self.text = text
  }

  /// Reads a step; what most steps do without may be missing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    task = try values.decode(String.self, forKey: .task)
    label = try values.decode(String.self, forKey: .label)
    functions = try values.decodeIfPresent([String].self, forKey: .functions) ?? []
    occurrence = try values.decodeIfPresent(Int.self, forKey: .occurrence) ?? 1
    choices = try values.decodeIfPresent([Int].self, forKey: .choices) ?? []
    text = try values.decodeIfPresent(String.self, forKey: .text) ?? label
  }

  /// Writes the step, without what a reader assumes anyway.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(task, forKey: .task)
    try values.encode(label, forKey: .label)
    if !functions.isEmpty { try values.encode(functions, forKey: .functions) }
    if occurrence != 1 { try values.encode(occurrence, forKey: .occurrence) }
    if !choices.isEmpty { try values.encode(choices, forKey: .choices) }
    if text != label { try values.encode(text, forKey: .text) }
  }

  /// Where the step stands.
  var place: StepLabel { StepLabel(functions: functions, text: label) }
}
