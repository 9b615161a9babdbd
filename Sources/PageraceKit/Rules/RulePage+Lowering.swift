extension RulePage {
  /// The rules about whole checks.
  static let lowering: [RulePage] = [
    .rule(
      "vanished-load", "A 'require' reads a shared location without a step of its own.",
      """
      Outside 'atomic' a 'require' belongs to the step before it, so what it reads is read at no \
      cost in time, and the race between the load and its use is gone. If the code under test \
      makes the load, write it:

          let count = page.count
          require count != 0 else bad_count

      If the require only watches, say 'ghost require'.
      """),
    .rule(
      "too-many-tasks", "A check has more tasks and interrupts than a set of tasks can hold.",
      "A set of tasks is one machine word. Make the check smaller: races rarely need many tasks."),
    .rule(
      "state-too-large", "The variables of a check take more memory than a state may.",
      """
      A state holds all variables, objects and locals at once, and a search stores millions of them. It may \
      have 32,768 bytes. Make arrays, pools and ranges smaller: a race shows with few objects and \
      small numbers.
      """),
    .rule(
      "set-too-large", "A set can have more members than a machine word has bits.",
      "Make the pool smaller, or use a list."),
    .rule(
      "loop-too-large", "A loop, a choice or a quantifier has more turns than it may.",
      """
      A range in a 'for', a 'choose' or a quantifier has at most 65,536 numbers, for each is tried. \
      Which members have had their turn is kept in one machine word, so a 'for' over a pool or a set \
      takes at most 62. Make the pool smaller, or loop over a list.
      """),
    .rule(
      "unreached-statement", "No check of the module reaches a statement.",
      """
      What is never executed is never checked. Add a check whose environment leads there, or mark \
      the branch 'unreachable "reason"' so that this is proved. 'pagerace test' warns of it, \
      and counts all rows that it has run.
      """),
  ]
}
