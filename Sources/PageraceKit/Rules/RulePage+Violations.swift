extension RulePage {
  /// The violations that every model has without a line of its own.
  static let violations: [RulePage] = [
    .violation(
      "deadlock", "A task has not ended, and nothing at all can happen any more.",
      """
      Every task stands at an 'await' whose condition is false, or is kept off its CPU, and no \
      interrupt can arrive. Daemons may stand still; other tasks and started handlers may not.
      """),
    .violation(
      "livelock", "The tasks run for ever, but none ends and none makes progress.",
      """
      There is a cycle of states that a fair scheduler can stay in, without a 'progress' statement \
      and without a task that ends.
      """),
    .violation(
      "use_after_free", "A field of an object is accessed although the object is not alive.",
      """
      Comparing a reference to a freed object is allowed; reading or writing through it is not. \
      A 'stable pool' may be looked at while dead, by READ_ONCE and '.live'.
      """),
    .violation(
      "wrong_case", "A field of a word enum is accessed while the word has another case.",
      "Look at the case first, with 'if let' or 'switch', or store the whole word."),
    .violation("double_free", "An object is freed that is not alive."),
    .violation("nil_dereference", "A field is accessed through a reference that is nil."),
    .violation(
      "out_of_range", "A value is stored that the range of the place does not have.",
      """
      Nothing wraps and nothing is clamped. This is how the underflow of a reference count shows, \
      and also an index outside its array, or a push on a full list.
      """),
    .violation("division_by_zero", "The right operand of a division or remainder is zero."),
    .violation(
      "list_changed", "A list was changed under the loop that walks it.",
      """
      The current element has left the list, so there is no next one. Use 'for ... safely' if the \
      body removes the current element, or hold the lock of the list.
      """),
    .violation("not_on_list", "An element is removed from a list that does not have it."),
    .violation(
      "pool_exhausted", "'new' finds no dead object in the pool.",
      "Give the scenario a larger pool, or find out why objects are not freed."),
    .violation(
      "unguarded_access", "A field is accessed without the lock that guards it.",
      """
      A field that is 'guarded by' a lock is written only with the lock held exclusively and read \
      only with it held. Of several locks a write needs all and a read one. Say READ_ONCE or \
      WRITE_ONCE for an access that is meant to race.
      """),
    .violation(
      "lock_inversion", "Two locks are taken in both orders.",
      "Nobody has deadlocked yet, but with this order two tasks can."),
    .violation("lock_held_at_end", "A task ends although it holds a lock."),
    .violation("cpu_pinned_at_end", "A task ends with preemption disabled on its CPU."),
    .violation("interrupts_off_at_end", "A task ends with interrupts disabled on its CPU."),
    .violation("lock_freed", "An object is freed while a lock in it is held."),
    .violation("bad_unlock", "A lock is released by a task that does not hold it."),
    .violation("recursive_lock", "A task waits for a lock that it holds itself."),
    .violation(
      "reference_leaked", "A task ends with references on its ledger.",
      """
      It took a reference and neither gave it back nor stored it in a location that holds one. The \
      report shows which step took it.
      """),
    .violation(
      "reference_not_owned", "A reference is given back that the task does not own.",
      """
      The ledger of a task may be negative inside a lock or an atomic section, not outside. Somebody \
      else's reference was dropped: the object can be freed under them.
      """),
    .violation("endless_atomic", "A loop inside an atomic section comes back to where it was."),
    .violation("unreachable_reached", "A statement marked 'unreachable' was reached."),
  ]
}
