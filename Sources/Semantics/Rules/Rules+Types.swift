internal import SourceText

extension Rules {
  /// The rules about types.
  static let types = [
    RuleDescription(
      "type-mismatch", "A value has the type of the place where it goes.",
      """
      Numbers, booleans, enums, references to objects of different pools, and tasks do not become \
      each other. A condition is a boolean: it says what is compared with what.
      """,
      wrong: """
        module m
        var count: 0..3
        fn f() { if count { skip } }

        """,
      mended: """
        module m
        var count: 0..3
        fn f() { if count != 0 { skip } }

        """),
    RuleDescription(
      "operator-type", "An operator is applied to what it works on.",
      """
      + - * / % and < <= > >= work on numbers, && || => and ! on booleans, | & and - on sets, 'in' \
      on a member and a set or list.
      """,
      wrong: """
        module m
        var a: bool
        var b: bool
        fn f() { let both = a + b }

        """,
      mended: """
        module m
        var a: bool
        var b: bool
        fn f() { let both = a && b }

        """),
    RuleDescription(
      "not-comparable", "What is compared can be equal.",
      """
      Compared are numbers, booleans, cases of one enum, references to one pool, tasks, words and \
      sets. Structs, arrays and lists are not one value.
      """,
      wrong: """
        module m
        struct pair { a, b: bool }
        var x: pair
        var y: pair
        fn f() -> bool { return x == y }

        """,
      mended: """
        module m
        struct pair { a, b: bool }
        var x: pair
        var y: pair
        fn f() -> bool { return x.a == y.a && x.b == y.b }

        """),
    RuleDescription(
      "nil-needs-optional", "Only what has a '?' in its type can be nil.",
      "These are references and tasks.",
      wrong: """
        module m
        pool page { next: page }
        fn cut(p: page) { p.next = nil }

        """,
      mended: """
        module m
        pool page { next: page? }
        fn cut(p: page) { p.next = nil }

        """),
    RuleDescription(
      "needs-type", "A literal stands where its type is known, or has it written.",
      "Braces can be a struct, a word or a set, and nil can be of any type with '?'.",
      wrong: """
        module m
        pool page { dirty: bool }
        fn f() { var found = nil }

        """,
      mended: """
        module m
        pool page { dirty: bool }
        fn f() { var found: page? = nil }

        """),
    RuleDescription(
      "misplaced-type", "A type stands where it has a meaning.",
      """
      Sets are of enums, references or tasks. Lists are of single values, and words hold single \
      values. Only references and tasks can be optional. Locals, parameters and results never hold \
      references: the ledger of the running task has them.
      """,
      wrong: """
        module m
        pool page { dirty: bool }
        fn f(p: holds page) { p.dirty = true }

        """,
      mended: """
        module m
        pool page { dirty: bool }
        fn f(p: page) { p.dirty = true }

        """),
    RuleDescription(
      "recursive-struct",
      "A struct does not contain itself, and a scenario does not extend itself.",
      """
      A struct lies where its field is, so it has a size. An object of a pool lies elsewhere, and \
      a field can refer to it.
      """,
      wrong: """
        module m
        struct entry { next: entry }

        """,
      mended: """
        module m
        pool entry { next: entry? }

        """),
    RuleDescription(
      "unmatched-field", "A field of a word enum is read where its case is known.",
      """
      Once the case is matched, its fields are locals. In a location, a field that only one case \
      has can also be named directly, as hardware sets the dirty bit of a present entry.
      """,
      wrong: """
        module m
        word enum pte { none, present(dirty: bool), swap(dirty: bool) }
        var slot: pte
        fn f() -> bool { return slot.dirty }

        """,
      mended: """
        module m
        word enum pte { none, present(dirty: bool), swap(dirty: bool) }
        var slot: pte
        fn f() -> bool {
          if let present(dirty) = slot { return dirty }
          return false
        }

        """),
    RuleDescription(
      "invalid-guard", "What a field is guarded by is a lock.",
      """
      That is a 'lock struct' or a lock bit: a field of the same object or struct, a path of \
      fields from it, or a variable of the module. 'except' names fields of a word.
      """,
      wrong: """
        module m
        lock struct spinlock { holder: task? = nil }
        pool mapping {
          tree_lock: spinlock
          count: 0..3
          slot: bool guarded by count
        }

        """,
      mended: """
        module m
        lock struct spinlock { holder: task? = nil }
        pool mapping {
          tree_lock: spinlock
          count: 0..3
          slot: bool guarded by tree_lock
        }

        """),
    RuleDescription(
      "invalid-lock", "A lock has what a lock needs.",
      """
      A 'lock struct' has a field 'holder: task?', and for shared holding 'readers: set of task'. \
      A 'lock bit' is a boolean in an object of a pool. 'hand_over' hands a lock over.
      """,
      wrong: """
        module m
        lock struct spinlock { owner: task? = nil }

        """,
      mended: """
        module m
        lock struct spinlock { holder: task? = nil }

        """),
  ]
}
