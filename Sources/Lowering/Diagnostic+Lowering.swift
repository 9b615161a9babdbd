internal import SourceText

/// What can be wrong with a check although every declaration in it is right.
extension Diagnostic {
  /// Returns a warning: a `require` reads what the step before it has not loaded.
  static func vanishedLoad(_ name: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      severity: .warning, rule: "vanished-load",
      message: "this 'require' reads the shared location '\(name)' without a step of its own",
      span: span,
      help: "load it first, as in 'let value = \(name)', or say 'ghost require'")
  }

  /// Returns an error: a loop in any order ranges over more members than a machine word has bits.
  static func loopTooLarge(_ count: Int, limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "loop-too-large",
      message: "this 'for' can have \(count) turns in any order, but at most \(limit) are possible",
      span: span, help: "make the pool smaller, or loop over a list")
  }

  /// Returns an error: a loop, a choice or a quantifier ranges over too many numbers.
  static func rangeTooLarge(_ count: UInt64, limit: UInt64, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "loop-too-large",
      message: "this range can have \(count) numbers, but at most \(limit) are possible here",
      span: span, help: "make the range smaller: every number is tried")
  }

  /// Returns an error: the check has more tasks than a set of tasks can have members.
  static func tooManyTasks(_ count: Int, limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "too-many-tasks",
      message: "the check has \(count) tasks and interrupts, but at most \(limit) are possible",
      span: span)
  }

  /// Returns an error: all variables of the check together take too much memory.
  static func stateTooLarge(_ byteCount: Int, limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "state-too-large",
      message: "a state of this check has \(byteCount) bytes, but at most \(limit) are possible",
      span: span, help: "make arrays, pools and ranges smaller: each state is stored")
  }

  /// Returns an error: the pools make a set larger than a machine word.
  static func setTooLarge(_ name: String, count: Int, limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "set-too-large",
      message:
        "the set '\(name)' can have \(count) members here, but at most \(limit) are possible",
      span: span)
  }
}
