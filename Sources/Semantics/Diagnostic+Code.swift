internal import SourceText

/// What can be wrong with statements and with where things stand.
extension Diagnostic {
  static func notAssignable(
    _ name: String, kind: String, at span: SourceSpan, declared: SourceSpan?
  )
    -> Diagnostic
  {
    let help: String? =
      switch kind {
      case "parameter": "make it 'inout' to change what the caller passes"
      case "let": "declare it with 'var'"
      default: nil
      }
    return Diagnostic(
      rule: "not-assignable", message: "'\(name)' is a \(kind) and cannot be changed", span: span,
      notes: declared.map { [Note(message: "'\(name)' is declared here", span: $0)] } ?? [],
      help: help)
  }

  static func needsPlace(_ message: String, at span: SourceSpan, help: String? = nil) -> Diagnostic
  {
    Diagnostic(rule: "needs-place", message: message, span: span, help: help)
  }

  static func notAValue(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(rule: "not-a-value", message: "\(what) is not a value", span: span)
  }

  static func notCallable(_ what: String, at span: SourceSpan, help: String? = nil) -> Diagnostic {
    Diagnostic(rule: "not-callable", message: "\(what) cannot be called", span: span, help: help)
  }

  static func uselessExpression(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "useless-expression", message: "this computes a value and does nothing with it",
      span: span)
  }

  static func ghostRead(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "ghost-read", message: "code cannot read the ghost '\(name)'", span: span,
      help: "only properties, requires and ghost statements can")
  }

  static func ghostWrite(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "ghost-write", message: "a ghost statement cannot change '\(name)', which is no ghost",
      span: span)
  }

  static func ghostStatement(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "ghost-write", message: "\(what) cannot stand in a ghost statement", span: span,
      help: "a ghost statement changes ghosts only")
  }

  static func needsGhost(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "ghost-write", message: "\(what) belongs to a ghost statement", span: span,
      help: "write 'ghost' before it")
  }

  static func impureExpression(_ what: String, context: String, at span: SourceSpan, notes: [Note])
    -> Diagnostic
  {
    Diagnostic(
      rule: "impure-expression",
      message: "\(context) only reads the state, but \(what)", span: span, notes: notes)
  }

  static func quantifierOutsideAtomic(_ word: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "quantifier-outside-atomic",
      message: "'\(word)' reads many locations in one go, which code cannot do here", span: span,
      help: "put it into 'atomic', 'await', 'require' or a property, or write a loop")
  }

  static func awaitAfterWrite(
    _ word: String, at span: SourceSpan, notes: [Note]
  ) -> Diagnostic {
    Diagnostic(
      rule: "await-after-write",
      message: "inside an atomic step '\(word)' cannot come after a change or a loop", span: span,
      notes: notes, help: "end the atomic step before it")
  }

  static func missingReturn(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "missing-return", message: "'\(name)' can end without returning a value", span: span,
      help: "end every path with 'return' and a value")
  }

  static func returnValue(_ message: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(rule: "return-value", message: message, span: span)
  }

  static func misplaced(_ what: String, reason: String, at span: SourceSpan, help: String? = nil)
    -> Diagnostic
  {
    Diagnostic(
      rule: "misplaced-statement", message: "\(what) cannot stand here: \(reason)", span: span,
      help: help)
  }

  static func misplacedSelf(at span: SourceSpan, notes: [Note] = []) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-self", message: "no task is running here, so there is no 'self'", span: span,
      notes: notes, help: "say which task is meant, as in 'all t in task: t.name'")
  }

  static func unknownLabel(_ name: String, kind: String, at span: SourceSpan, nearest: String?)
    -> Diagnostic
  {
    Diagnostic(
      rule: "unknown-label", message: "no \(kind) around this is called '\(name)'", span: span,
      help: nearest.map { "did you mean '\($0)'?" },
      suggestion: nearest.map { Suggestion(span: span, replacement: $0) })
  }
}
