internal import SourceText

/// What can be wrong with scenarios and checks.
extension Diagnostic {
  static func wrongComponent(_ message: String, at span: SourceSpan, declared: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      rule: "wrong-component", message: message, span: span,
      notes: [Note(message: "it is declared here", span: declared)])
  }

  static func unusedBug(_ id: String, name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      severity: .warning, rule: "unused-bug",
      message: "no check shows what the bug \(id) '\(name)' does", span: span,
      help: "add a row '\(id) expect \u{2026}' to a check")
  }

  static func missingPass(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      severity: .warning, rule: "missing-pass",
      message: "the check '\(name)' has no row 'expect pass'", span: span,
      help: "a violation says little while the same system without the bug is not known to pass")
  }

  static func duplicateRow(at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      severity: .warning, rule: "duplicate-row",
      message: "two rows have the same bugs and options", span: span,
      notes: [Note(message: "the first one is here", span: first)])
  }

  static func configuration(_ message: String, rule: String, at span: SourceSpan, nearest: String?)
    -> Diagnostic
  {
    Diagnostic(
      rule: rule, message: message, span: span, help: nearest.map { "did you mean '\($0)'?" })
  }
}
