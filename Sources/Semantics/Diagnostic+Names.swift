internal import SourceText

/// What can be wrong with names: unknown, ambiguous, declared twice.
///
/// Each factory is named after its rule, so a call site reads as the finding it reports, and all
/// the wording of one subject can be read in one place.
extension Diagnostic {
  static func unknownName(
    _ name: String, what: String = "name", rule: String = "unknown-name", at span: SourceSpan,
    nearest: String?, help: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      rule: rule, message: "there is no \(what) '\(name)' here", span: span,
      help: nearest.map { "did you mean '\($0)'?" } ?? help,
      suggestion: nearest.map { Suggestion(span: span, replacement: $0) })
  }

  static func unknownField(
    _ name: String, of type: String, at span: SourceSpan, nearest: String?
  ) -> Diagnostic {
    Diagnostic(
      rule: "unknown-field", message: "\(type) has no field '\(name)'", span: span,
      help: nearest.map { "did you mean '\($0)'?" },
      suggestion: nearest.map { Suggestion(span: span, replacement: $0) })
  }

  static func unknownCase(
    _ name: String, of type: String, at span: SourceSpan, nearest: String?
  ) -> Diagnostic {
    Diagnostic(
      rule: "unknown-case", message: "'\(type)' has no case '\(name)'", span: span,
      help: nearest.map { "did you mean '\($0)'?" },
      suggestion: nearest.map { Suggestion(span: span, replacement: $0) })
  }

  static func notImported(_ name: String, module: String, at span: SourceSpan, declared: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      rule: "unknown-name", message: "'\(name)' is declared in a module that is not imported here",
      span: span, notes: [Note(message: "'\(name)' is declared here", span: declared)],
      help: "add 'import \(module)'")
  }

  static func ambiguousName(_ name: String, at span: SourceSpan, declared: [SourceSpan])
    -> Diagnostic
  {
    Diagnostic(
      rule: "ambiguous-name",
      message: "'\(name)' is declared more than once among the modules in use",
      span: span,
      notes: declared.map { Note(message: "'\(name)' is declared here", span: $0) })
  }

  static func ambiguousCase(_ name: String, at span: SourceSpan, types: [String]) -> Diagnostic {
    let list = types.map { "'\($0).\(name)'" }.joined(separator: " or ")
    return Diagnostic(
      rule: "ambiguous-name", message: "'\(name)' is a case of more than one enum", span: span,
      help: "write \(list)")
  }

  static func duplicateName(_ name: String, at span: SourceSpan, first: SourceSpan?) -> Diagnostic {
    Diagnostic(
      rule: "duplicate-name", message: "'\(name)' is declared twice", span: span,
      notes: first.map { [Note(message: "'\(name)' is declared here first", span: $0)] } ?? [])
  }

  static func shadowedName(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "shadowed-name", message: "'\(name)' hides another '\(name)' that is in scope",
      span: span,
      notes: [Note(message: "'\(name)' is declared here", span: first)], help: "choose another name"
    )
  }

  static func reservedName(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "reserved-name", message: "'\(name)' is built in and cannot be declared", span: span)
  }

  static func recursion(_ cycle: [String], at span: SourceSpan, notes: [Note]) -> Diagnostic {
    Diagnostic(
      rule: "recursion",
      message: "functions are inlined, so '\(cycle[0])' cannot call itself: "
        + cycle.joined(separator: " -> "),
      span: span, notes: notes)
  }

  static func constantCycle(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "constant-cycle", message: "the value of '\(name)' depends on itself", span: span)
  }

  static func recursiveStruct(_ cycle: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "recursive-struct",
      message: "'\(cycle[0])' would contain itself: " + cycle.joined(separator: " -> "), span: span,
      help: "refer to an object of a pool instead")
  }

  static func notYet(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "not-yet", message: "\(what) is not checked by this version", span: span,
      help: "leave it out; deadlocks and violations of safety are found without it")
  }
}
