extension RulePage {
  /// The rules about names, types and effects.
  static let semantics: [RulePage] = names + types + code + checks

  /// The rules about names.
  private static let names: [RulePage] = [
    .rule(
      "unknown-name", "Nothing of this name is in scope.",
      "What another module declares is visible where that module is imported."),
    .rule("unknown-type", "There is no type or pool of this name."),
    .rule("unknown-field", "The type has no field of this name."),
    .rule("unknown-case", "The enum or word has no case of this name."),
    .rule("unknown-label", "No loop or block around the statement has this label."),
    .rule("unknown-violation", "No violation of this name is declared or built in."),
    .rule(
      "unknown-bug", "There is no bug of this name or id.",
      "Code names a bug by its name; check tables and '--bug' by its id."),
    .rule("unknown-option", "There is no option of this name."),
    .rule("unknown-scenario", "There is no scenario or environment of this name."),
    .rule(
      "unknown-expectation", "A row expects what the check cannot come to.",
      "A row expects 'pass', or a violation or property of the check by name."),
    .rule(
      "ambiguous-name", "More than one imported module declares the name.",
      "Rename one of them: there are no qualified names."),
    .rule("duplicate-name", "Two things in one scope have the same name."),
    .rule(
      "shadowed-name", "A local name hides another one.",
      "In kernel code that is how the wrong page gets unlocked. Choose another name."),
    .rule("reserved-name", "A built-in name is declared again."),
    .rule(
      "recursion", "A function calls itself, directly or through others.",
      "Functions are inlined, so that every step is known beforehand. Write a loop."),
    .rule("constant-cycle", "The value of a constant depends on itself."),
    .rule(
      "recursive-struct", "A struct contains itself.",
      "Refer to an object of a pool instead."),
  ]

  /// The rules about types and values.
  private static let types: [RulePage] = [
    .rule("type-mismatch", "A value of another type is needed."),
    .rule("operator-type", "An operator cannot be used on operands of these types."),
    .rule("not-comparable", "Values of these types cannot be compared."),
    .rule(
      "value-never-fits", "A value lies outside the range of its place in any case.",
      "Nothing wraps and nothing is clamped, so the statement could only end in 'out_of_range'."),
    .rule("nil-needs-optional", "Only references and tasks with '?' can be nil."),
    .rule(
      "needs-type", "The type cannot be told from the value alone.",
      "Write it, as in 'let name: type = value'."),
    .rule(
      "not-constant", "A constant is needed.",
      "Constants are made of numbers, 'const's, options and bugs."),
    .rule(
      "limit-exceeded", "Something is larger than the checker allows.",
      "The limits keep states small enough to explore. The message names the limit."),
    .rule("empty-range", "A range has no number in it."),
    .rule("misplaced-type", "A type stands where it cannot be used."),
    .rule("argument-count", "A call has too many or too few arguments."),
    .rule(
      "missing-case", "A 'switch' does not handle all cases.",
      "Add them, or an 'else'."),
    .rule("duplicate-case", "A 'switch' handles a case twice."),
    .rule(
      "not-iterable", "A 'for' or a quantifier cannot go over this.",
      "It goes over a range, a pool, an enum, 'task', a set or a list."),
    .rule(
      "invalid-guard", "What a field is 'guarded by' is no lock that can be found from it.",
      """
      A guard is a global lock, or a path of fields from the same object:

          buffers: holds buffer_head? guarded by mapping.private_lock
      """),
    .rule(
      "invalid-lock", "A lock is declared that cannot be one.",
      "A 'lock struct' has a field 'holder: task?'; a 'lock bit' is a boolean field of a pool."),
    .rule(
      "unmatched-field", "A field of a word is read that exists only in some of its cases.",
      """
      Match the case first:

          if let present(page) = pte { get_page(page) }
      """),
    .rule("option-value", "An option cannot have this value."),
  ]

  /// The rules about statements and effects.
  private static let code: [RulePage] = [
    .rule(
      "not-assignable", "What cannot be changed is assigned to.",
      "Declare a local with 'var', or a parameter with 'inout'."),
    .rule("needs-place", "A location is needed, not a value."),
    .rule("not-a-value", "A name stands for something that is no value."),
    .rule("not-callable", "A name stands for something that cannot be called."),
    .rule("useless-expression", "A value is computed and nothing is done with it."),
    .rule(
      "ghost-read", "Code reads a ghost.",
      """
      Ghosts are there for properties. Code that depended on one would not be the code under test. \
      Only properties, requires and ghost statements can read it.
      """),
    .rule(
      "ghost-write", "A ghost is changed by code, or something else by a ghost statement.",
      """
      Say 'ghost' before the statement. A ghost statement changes ghosts only, in the same moment \
      as the step before it.
      """),
    .rule(
      "impure-expression", "Something that only reads the state would change it.",
      "Conditions of 'await', 'where', 'require' and properties are read in one go and change nothing."
    ),
    .rule(
      "quantifier-outside-atomic", "A quantifier stands where its loads would be many steps.",
      """
      'all', 'some', 'count' and 'sum' read many locations in one go. In code they stand only in \
      'atomic', 'await', 'where', 'require' and ghosts. Elsewhere write a loop.
      """),
    .rule(
      "await-after-write", "An atomic step writes before it waits.",
      """
      What is atomic happens as a whole or not at all, so on every path the 'await' and 'choose' \
      come first. End the atomic step before the 'await', or wait first.
      """),
    .rule("missing-return", "A function with a result can end without one."),
    .rule("return-value", "A 'return' has a value too many, or none where one is needed."),
    .rule(
      "misplaced-self", "'self' stands where no task runs.",
      "Properties and preludes are not run by a task; say which one is meant: 'all t in task: …'."),
    .rule(
      "not-yet", "The language has this, but this version of the checker does not do it.",
      "Leave it out; violations of safety and deadlocks are found without it."),
  ]

  /// The rules about scenarios and checks.
  private static let checks: [RulePage] = [
    .rule(
      "wrong-component", "A check or scenario is composed of what does not fit.",
      "A check is one scenario and any number of environments: 'check c = scenario + environment(x)'."
    ),
    .rule(
      "unused-bug", "No check shows what a bug does.",
      """
      A bug that no row switches on may do nothing at all. Add a row that expects its violation:

          B01 expect no_write_lost
      """),
    .rule(
      "missing-pass", "A check has no row 'expect pass'.",
      """
      That a bug leads to a violation says little while the system without the bug is not known to \
      be free of it.
      """),
    .rule("duplicate-row", "Two rows of a check have the same bugs and options."),
  ]
}
