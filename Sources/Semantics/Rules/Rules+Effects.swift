internal import SourceText

extension Rules {
  /// The rules about what code may read and change, and when.
  static let effects = [
    RuleDescription(
      "ghost-read", "Code does not read ghosts.",
      """
      Ghosts record what happened, for the properties. Code that depended on one would not be the \
      code under test. Properties, requires and ghost statements read them.
      """,
      wrong: """
        module m
        ghost var newest: 0..3
        var data: 0..3
        fn f() { data = newest }

        """,
      mended: """
        module m
        ghost var newest: 0..3
        var data: 0..3
        fn f() { ghost newest = data }

        """),
    RuleDescription(
      "ghost-write", "Ghost statements change ghosts, and nothing else does.",
      "A ghost statement belongs to the step before it and changes ghosts and ledgers only.",
      wrong: """
        module m
        ghost var newest: 0..3
        var data: 0..3
        fn f() {
          data = 2
          newest = 2
        }

        """,
      mended: """
        module m
        ghost var newest: 0..3
        var data: 0..3
        fn f() {
          data = 2
          ghost newest = 2
        }

        """),
    RuleDescription(
      "impure-expression", "A condition only reads the state.",
      """
      What 'await', 'where', 'when', 'require', quantifiers and properties read, they read in one \
      go and leave as it is. They may call functions that only compute.
      """,
      wrong: """
        module m
        var locked: bool
        fn lock() { await !test_and_set(locked) }

        """,
      mended: """
        module m
        var locked: bool
        fn lock() {
          atomic { await !locked; locked = true }
        }

        """),
    RuleDescription(
      "quantifier-outside-atomic", "A quantifier stands where everything is read in one go.",
      """
      'all', 'some', 'count' and 'sum' look at many locations. In code they stand in 'atomic', \
      'await', 'where', 'require' and ghosts; elsewhere real code would loop.
      """,
      wrong: """
        module m
        pool page { dirty: bool }
        var found: bool
        fn f() { found = some p in page: p.dirty }

        """,
      mended: """
        module m
        pool page { dirty: bool }
        var found: bool
        fn f() {
          for p in page { if p.dirty { found = true } }
        }

        """),
    RuleDescription(
      "await-after-write", "An atomic step waits before it changes anything.",
      """
      An atomic step is done when every 'await' in it holds in the state before, and what stands \
      before an 'await' is tried again and again. So no change, 'new', 'free' or way back of a \
      loop comes before an 'await' or 'choose', also not in a function that is called.
      """,
      wrong: """
        module m
        lock struct spinlock { holder: task? = nil }
        var waiters: 0..3
        atomic fn take(lock: inout spinlock) {
          waiters += 1
          await lock.holder == nil
          lock.holder = self
        }

        """,
      mended: """
        module m
        lock struct spinlock { holder: task? = nil }
        var waiters: 0..3
        fn take(lock: inout spinlock) {
          waiters += 1
          atomic { await lock.holder == nil; lock.holder = self }
        }

        """),
  ]
}
