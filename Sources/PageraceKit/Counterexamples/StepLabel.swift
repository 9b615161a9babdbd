internal import Execution
internal import Machine

/// What a step is called in the source: the functions around it and its statement.
struct StepLabel: Hashable {
  /// The functions around it, outermost first.
  var functions: [String]
  /// The statement or the part of one, in the words of the source.
  var text: String

  /// Creates a label.
  init(functions: [String], text: String) {
    self.functions = functions
    self.text = text
  }

  /// The label of a step of the source.
  init(_ step: Step) {
    self.init(functions: step.frames.map(\.function), text: step.label)
  }

  /// The label of what a process at `location` performs with the given marks.
  init(_ marks: [(step: StepID, text: String)], at location: Location, in system: TransitionSystem)
  {
    if let mark = Self.telling(marks, in: system) {
      self.init(system[mark.step])
    } else {
      self.init(functions: [], text: location.text)
    }
  }

  /// Returns the mark that stands for all: the step itself, rather than what is joined to it.
  static func telling(
    _ marks: [(step: StepID, text: String)], in system: TransitionSystem
  ) -> (step: StepID, text: String)? {
    marks.first { system[$0.step].kind == .step } ?? marks.first { system[$0.step].kind == .joined }
  }

  /// The label with the function, for messages: `'lock_buffer(bh)' in buffer_migrate_page`.
  var description: String {
    functions.last.map { "'\(text)' in \($0)" } ?? "'\(text)'"
  }
}
