internal import SourceText

extension Rules {
  /// The rules about statements and where they stand.
  static let code = [
    RuleDescription(
      "not-assignable", "Lets, parameters, loop variables and bound variables keep their values.",
      """
      Declare a local with 'var', and a parameter with 'inout' if the caller's location is to \
      change.
      """,
      wrong: """
        module m
        lock struct spinlock { holder: task? = nil }
        fn take(lock: spinlock) { lock.holder = self }

        """,
      mended: """
        module m
        lock struct spinlock { holder: task? = nil }
        fn take(lock: inout spinlock) { lock.holder = self }

        """),
    RuleDescription(
      "needs-place", "Something that is read or changed in its place is a location.",
      """
      'inout' arguments, '&', READ_ONCE and the atomic operations work on variables, fields and \
      elements. Structs, arrays and lists are passed as locations too.
      """,
      wrong: """
        module m
        fn set(flag: inout bool) { flag = true }
        fn f() { set(false) }

        """,
      mended: """
        module m
        var done: bool
        fn set(flag: inout bool) { flag = true }
        fn f() { set(done) }

        """),
    RuleDescription(
      "not-a-value", "What stands in an expression has a value.",
      """
      Functions are called, and types make objects with 'new'. 'holders' is the default of a count \
      in a pool.
      """,
      wrong: """
        module m
        var done: bool
        fn is_done() -> bool { return done }
        fn f() { let d = is_done }

        """,
      mended: """
        module m
        var done: bool
        fn is_done() -> bool { return done }
        fn f() { let d = is_done() }

        """),
    RuleDescription(
      "not-callable", "Only functions and the cases of word enums are called.",
      "",
      wrong: """
        module m
        var done: bool
        fn f() { let d = done() }

        """,
      mended: """
        module m
        var done: bool
        fn f() { let d = done }

        """),
    RuleDescription(
      "useless-expression", "A value that is computed is used.",
      "Store it with 'let', test it with 'if', or leave it out.",
      wrong: """
        module m
        var x: 0..3
        fn f() { READ_ONCE(x) }

        """,
      mended: """
        module m
        var x: 0..3
        fn f() { let seen = READ_ONCE(x) }

        """),
    RuleDescription(
      "not-iterable", "A loop, 'choose' or quantifier ranges over something that has members.",
      """
      There are ranges, pools (and 'all page' with the dead ones), enums, 'bool', 'task', sets, \
      lists, and arrays, of which the indexes are visited.
      """,
      wrong: """
        module m
        const COUNT = 3
        fn f() {
          for i in COUNT { skip }
        }

        """,
      mended: """
        module m
        const COUNT = 3
        fn f() {
          for i in 1..COUNT { skip }
        }

        """),
    RuleDescription(
      "missing-case", "A 'switch' handles every case or has an 'else'.",
      "",
      wrong: """
        module m
        enum errno { OK, EAGAIN }
        fn f(e: errno) {
          switch e { case OK { skip } }
        }

        """,
      mended: """
        module m
        enum errno { OK, EAGAIN }
        fn f(e: errno) {
          switch e { case OK { skip } else { skip } }
        }

        """),
    RuleDescription(
      "duplicate-case", "A 'switch' handles a case once.",
      "The second place would never be reached.",
      wrong: """
        module m
        enum errno { OK, EAGAIN }
        fn f(e: errno) {
          switch e { case OK { skip } case EAGAIN, OK { skip } }
        }

        """,
      mended: """
        module m
        enum errno { OK, EAGAIN }
        fn f(e: errno) {
          switch e { case OK { skip } case EAGAIN { skip } }
        }

        """),
    RuleDescription(
      "missing-return", "A function with a result returns one on every path.",
      """
      A path ends with 'return' and a value, with 'unreachable', or in a loop without an end. That \
      a bug or option excludes a path does not count.
      """,
      wrong: """
        module m
        enum errno { OK, EAGAIN }
        var busy: bool
        fn f() -> errno {
          if busy { return EAGAIN }
        }

        """,
      mended: """
        module m
        enum errno { OK, EAGAIN }
        var busy: bool
        fn f() -> errno {
          if busy { return EAGAIN }
          return OK
        }

        """),
    RuleDescription(
      "return-value", "A 'return' has a value if, and only if, the function has a result.",
      "",
      wrong: """
        module m
        enum errno { OK }
        fn f() { return OK }

        """,
      mended: """
        module m
        enum errno { OK }
        fn f() -> errno { return OK }

        """),
    RuleDescription(
      "misplaced-self", "'self' stands where a task runs.",
      """
      Properties and preludes belong to no task. A task variable named alone is that of 'self'.
      """,
      wrong: """
        module m
        task var depth: 0..3
        invariant balanced { depth < 3 }

        """,
      mended: """
        module m
        task var depth: 0..3
        invariant balanced { all t in task: t.depth < 3 }

        """),
    RuleDescription(
      "recursion", "A function does not call itself, directly or through others.",
      "Functions are inlined at every call, so there would be no end to it. Write a loop.",
      wrong: """
        module m
        var count: 0..3
        fn drain() {
          if count != 0 { count -= 1; drain() }
        }

        """,
      mended: """
        module m
        var count: 0..3
        fn drain() {
          while count != 0 { count -= 1 }
        }

        """),
    RuleDescription(
      "not-yet", "This part of the language is not checked yet.",
      """
      Liveness belongs to the language: 'progress' and 'leads_to' are understood, but no search \
      looks at them. Without them, deadlocks and violations of safety are found.
      """,
      wrong: """
        module m
        var done: bool
        fn f() { done = true; progress }

        """,
      mended: """
        module m
        var done: bool
        fn f() { done = true }

        """),
  ]
}
