package import SourceText

/// What can be wrong with the bytes of a model, or with its tokens.
///
/// Each factory is named after its rule; `syntaxRulePages` has a page for every one.
extension Diagnostic {
  /// Returns the error that a file cannot be read as text.
  package static func notText(reason: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "not-text", message: "the file is not a text in UTF-8: \(reason)", span: span,
      help: "a model is a text file whose name ends in '.race'")
  }

  /// Returns the error that a file is larger than any model.
  package static func fileTooLarge(byteCount: Int, limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "file-too-large",
      message: "the file has \(byteCount) bytes, more than the \(limit) that a model may have",
      span: span, help: "split the model into modules and import them")
  }

  /// Returns the error that characters have no meaning in the language.
  package static func unexpectedCharacter(
    _ text: some StringProtocol, span: SourceSpan
  ) -> Diagnostic {
    let shown = text.unicodeScalars.map { scalar in
      scalar.value < 32 || scalar.value == 127
        ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }.joined()
    return Diagnostic(
      rule: "unexpected-character", message: "'\(shown)' has no meaning here", span: span,
      help: "outside of strings and comments a model is written in ASCII")
  }

  /// Returns the error that a string does not end on its line.
  package static func unterminatedString(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "unterminated-string", message: "the string does not end on its line", span: span,
      help: "close it with '\"'")
  }

  /// Returns the error that a backslash stands before an unknown character.
  package static func invalidEscape(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "invalid-escape", message: "a backslash in a string stands only before '\"' or '\\'",
      span: span, help: "write '\\\\' for a backslash")
  }

  /// Returns the error that a comment is written as in C.
  package static func blockComment(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "block-comment", message: "a comment starts with '//' and ends with its line",
      span: span)
  }

  /// Returns the error that letters follow the digits of a number.
  package static func malformedNumber(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "malformed-number", message: "a number is written in decimal digits only", span: span,
      help: "a name starts with a letter or '_'")
  }

  /// Returns the error that a number does not fit 64 bits.
  package static func numberTooLarge(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "number-too-large", message: "the number is larger than \(Int64.max)", span: span)
  }

  /// Returns the error that a name is too long to be printed.
  package static func nameTooLong(length: Int, limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "name-too-long",
      message: "the name has \(length) characters, more than the \(limit) that a name may have",
      span: span)
  }

  /// Returns the error that blocks or groups are nested too deep.
  package static func nestingTooDeep(limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "nesting-too-deep", message: "this is nested more than \(limit) deep", span: span,
      help: "give the inner part a function of its own")
  }

  /// Returns the error that an expression has too many operators on one another.
  package static func expressionTooLong(limit: Int, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "expression-too-long",
      message: "the expression hangs more than \(limit) operators on one another", span: span,
      help: "split it with 'let'")
  }
}

/// What can be wrong with the structure of a model.
extension Diagnostic {
  /// Returns the error that something else is expected.
  package static func expectedToken(
    _ expected: String, found: String, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "expected-token", message: "expected \(expected), but found \(found)", span: span)
  }

  /// Returns the error that a reserved word is used as a name.
  package static func reservedWord(
    _ word: String, wanted: String, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "reserved-word", message: "'\(word)' is a reserved word and cannot be \(wanted)",
      span: span)
  }

  /// Returns the error that a body has no end.
  package static func unclosedBrace(_ span: SourceSpan, end: SourceSpan?) -> Diagnostic {
    Diagnostic(
      rule: "unclosed-brace", message: "the '{' is never closed", span: span,
      notes: end.map { [Note(message: "the '}' is missing before this declaration", span: $0)] }
        ?? [])
  }

  /// Returns the error that a closing bracket closes nothing.
  package static func unexpectedCloser(_ text: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "unexpected-closer", message: "the '\(text)' closes nothing", span: span)
  }

  /// Returns the error that two things stand on one line.
  package static func missingSeparator(
    found: String, commas: Bool, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "missing-separator",
      message: "\(found) must be on a line of its own, or behind a '\(commas ? "," : ";")'",
      span: span)
  }

  /// Returns the error that no declaration starts with `word`.
  package static func unknownDeclaration(
    _ word: String, suggestion: String?, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "unknown-declaration", message: "'\(word)' does not begin a declaration", span: span,
      help: suggestion.map { "did you mean '\($0)'?" }
        ?? "declarations are 'fn', 'struct', 'pool', 'scenario', 'check' and the like",
      suggestion: suggestion.map { Suggestion(span: span, replacement: $0) })
  }

  /// Returns the error that no statement starts with `word`.
  package static func unknownStatement(
    _ word: String, suggestion: String, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "unknown-statement", message: "'\(word)' does not begin a statement", span: span,
      help: "did you mean '\(suggestion)'?",
      suggestion: Suggestion(span: span, replacement: suggestion))
  }

  /// Returns the error that `module` or `import` comes too late.
  package static func misplacedHead(_ message: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(rule: "misplaced-head", message: message, span: span)
  }

  /// Returns the error that a declaration stands inside of another one.
  package static func misplacedDeclaration(_ word: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-declaration",
      message: "a declaration with '\(word)' stands at the top of a file, not in a body",
      span: span)
  }

  /// Returns the error that a task stands outside of a scenario.
  package static func misplacedTask(_ word: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-task", message: "'\(word)' stands in a scenario or an environment",
      span: span)
  }

  /// Returns the error that a statement stands outside of a body.
  package static func misplacedStatement(_ word: String, span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-statement",
      message: "a statement such as '\(word)' stands in a function, a task or a scenario",
      span: span)
  }

  /// Returns the error that a clause belongs to another kind of process.
  package static func misplacedClause(
    _ clause: String, owner: String, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-clause", message: "\(clause) belongs to \(owner)", span: span)
  }

  /// Returns the error that a property says nothing.
  package static func emptyProperty(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "empty-property", message: "the property has no condition", span: span)
  }

  /// Returns the error that a property has two conditions.
  package static func extraCondition(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "extra-condition", message: "a property has one condition", span: span,
      help: "join the conditions with '&&', or give each a property of its own")
  }
}

/// What can be wrong with expressions and assignments.
extension Diagnostic {
  /// Returns the error that a comparison is compared.
  package static func chainedComparison(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "chained-comparison", message: "a comparison cannot be compared again", span: span,
      help: "join two comparisons with '&&', or use parentheses")
  }

  /// Returns the error that a condition assigns.
  package static func assignmentInCondition(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "assignment-in-condition", message: "a condition compares with '==', '=' assigns",
      span: span, suggestion: Suggestion(span: span, replacement: "=="))
  }

  /// Returns the error that a field is reached as in C.
  package static func arrowMember(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "arrow-member", message: "a field is reached with '.', also through a reference",
      span: span, suggestion: Suggestion(span: span, replacement: "."))
  }

  /// Returns the error that a variable is stepped as in C.
  package static func noIncrement(
    _ text: String, replacement: String, span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "no-increment", message: "'\(text)' is not an operator", span: span,
      help: "write '\(replacement.dropFirst())'",
      suggestion: Suggestion(span: span, replacement: replacement))
  }

  /// Returns the error that an address is taken outside of a `let`.
  package static func misplacedAddress(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-address", message: "'&' makes an alias only behind 'let name ='",
      span: span, help: "an 'inout' argument is passed by its name")
  }

  /// Returns the error that a string is used as a value.
  package static func misplacedString(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-string", message: "a string is a message, not a value", span: span,
      help: "use an enum")
  }

  /// Returns the error that something cannot be assigned to.
  package static func invalidTarget(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "invalid-target", message: "only a variable, a field or an element can be assigned to",
      span: span)
  }

  /// Returns the error that something cannot be called.
  package static func invalidCallee(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "invalid-callee", message: "only a function or a method can be called", span: span)
  }

  /// Returns the error that the value of an expression is dropped.
  package static func unusedExpression(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "unused-expression", message: "an expression alone does nothing", span: span,
      help: "assign it, call it, or wait for it with 'await'")
  }
}
