extension RulePage {
  /// The rules about the form of the text.
  static let syntax: [RulePage] = text + structure + forms

  /// The rules about characters, numbers and sizes.
  private static let text: [RulePage] = [
    .rule(
      "not-text", "The file is not UTF-8 text.", "A model is a text file that ends in '.race'."),
    .rule(
      "file-too-large", "The file is larger than a model may be.",
      "Split the model into modules and import them."),
    .rule(
      "unexpected-character", "A character stands where none of its kind can.",
      "Outside of strings and comments a model is written in ASCII."),
    .rule("unterminated-string", "A string does not end on its line."),
    .rule(
      "invalid-escape", "A backslash in a string stands before something it cannot escape.",
      #"In a string '\"' is a quotation mark and '\\' a backslash; there are no other escapes."#),
    .rule(
      "block-comment", "A comment between '/*' and '*/' is not part of the language.",
      "A comment starts with '//' and ends with its line."),
    .rule(
      "malformed-number", "A number goes on with letters.",
      "Numbers are decimal. A name starts with a letter or '_'."),
    .rule(
      "number-too-large", "A number does not fit 64 bits.",
      "All numbers are computed in 64 bits, and no value may leave them."),
    .rule("name-too-long", "A name has more characters than can be shown sensibly."),
    .rule(
      "nesting-too-deep", "Blocks, parentheses or types are nested too deep.",
      "Give the inner part a function of its own. The limit keeps later phases from running out of stack."
    ),
    .rule(
      "expression-too-long", "An expression has too many operators in a chain.",
      "Split it with 'let'."),
    .rule(
      "misplaced-string", "A string stands where a value is needed.",
      "There are no values of text. Use an enum."),
  ]

  /// The rules about how declarations and statements follow each other.
  private static let structure: [RulePage] = [
    .rule("expected-token", "Something else is needed at this point of the text."),
    .rule(
      "reserved-word", "A word of the language is used as a name.",
      "Choose another name. docs/language.md lists the reserved words."),
    .rule(
      "unclosed-brace", "A brace, bracket or parenthesis is not closed.",
      "The note shows where the missing one probably belongs."),
    .rule("unexpected-closer", "A closing brace, bracket or parenthesis closes nothing."),
    .rule(
      "missing-separator", "Two statements or fields stand on one line without a separator.",
      """
      Statements are separated by newlines or ';', fields and cases by newlines or ','.

          lock_page(old); lock_page(fresh)
      """),
    .rule(
      "unknown-declaration", "A word at the top of a file begins no declaration.",
      "Declarations are 'fn', 'struct', 'pool', 'scenario', 'check' and the like."),
    .rule("unknown-statement", "A word begins no statement."),
    .rule(
      "misplaced-head", "'module' or 'import' stands behind other declarations.",
      "A file begins with its module, then come the imports."),
    .rule(
      "misplaced-declaration", "A declaration stands inside of another one.",
      "Types, functions, bugs and the like are declared at the top of a file."),
    .rule(
      "misplaced-task", "A task or an interrupt stands outside of scenarios.",
      "Tasks and interrupts are parts of a scenario or an environment."),
    .rule(
      "misplaced-statement", "A statement stands where it cannot be executed.",
      """
      Statements stand in functions, tasks and scenarios. Some stand only in certain places: 'break' in \
      a loop, 'return' in a function, and nothing that waits in the prelude of a scenario.
      """),
    .rule("misplaced-clause", "A clause belongs to another kind of declaration."),
    .rule("empty-property", "A property has no condition."),
    .rule(
      "extra-condition", "A property has two conditions.",
      "Join them with '&&', or give each a property of its own; then the report names the one that fails."
    ),
  ]

  /// The rules about expressions that look like those of other languages.
  private static let forms: [RulePage] = [
    .rule(
      "chained-comparison", "Comparisons cannot be chained.",
      "Say 'a < b && b < c', or use parentheses to compare the result of a comparison."),
    .rule("assignment-in-condition", "A condition assigns where it should compare: '=' for '=='."),
    .rule(
      "arrow-member", "A field is reached with '->'.",
      "A field is reached with '.', also through a reference."),
    .rule(
      "no-increment", "There is no '++' and no '--'.",
      "Say 'x += 1'. For a shared location that is a load and a store, as in C."),
    .rule(
      "misplaced-address", "'&' stands where it makes no alias.",
      """
      An alias is made by

          let slot = &mapping.slots[index]

      An 'inout' argument is passed by its name.
      """),
    .rule("invalid-target", "Only a variable, a field or an element can be assigned to."),
    .rule("invalid-callee", "Only a function or a method can be called."),
    .rule(
      "unused-expression", "The value of an expression is dropped.",
      "Assign it, call it, or wait for it with 'await'."),
  ]
}
