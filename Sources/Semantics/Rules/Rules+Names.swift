internal import SourceText

extension Rules {
  /// The rules about names.
  static let names = [
    RuleDescription(
      "unknown-name", "A name stands for something that is in sight.",
      """
      In sight are the locals around the place, the scenario's parameters, lets, variables and \
      tasks, and what the module and all modules that it imports declare at their top.
      """,
      wrong: """
        module m
        var count: 0..3
        fn reset() { cuont = 0 }

        """,
      mended: """
        module m
        var count: 0..3
        fn reset() { count = 0 }

        """),
    RuleDescription(
      "unknown-type", "A type is 'bool', 'task', 'cpu', or an enum, struct, word or pool in sight.",
      "A module sees the types of all modules that it imports, directly or not.",
      wrong: """
        module m
        var dirty: boolean

        """,
      mended: """
        module m
        var dirty: bool

        """),
    RuleDescription(
      "unknown-field", "A field that is named exists.",
      """
      Objects have the fields of their pool and 'live'; tasks have 'cpu', 'in_interrupt' and the \
      task variables in sight; a 'cpu' has 'pinned' and 'irqs_off'.
      """,
      wrong: """
        module m
        pool page { dirty: bool }
        fn clean(p: page) { p.drity = false }

        """,
      mended: """
        module m
        pool page { dirty: bool }
        fn clean(p: page) { p.dirty = false }

        """),
    RuleDescription(
      "unknown-case", "A case that is named is one of its enum.",
      "A case is written alone where the type is known, or with its type.",
      wrong: """
        module m
        enum errno { OK, EAGAIN }
        fn busy(e: errno) -> bool { return e == errno.EBUSY }

        """,
      mended: """
        module m
        enum errno { OK, EAGAIN }
        fn busy(e: errno) -> bool { return e == errno.EAGAIN }

        """),
    RuleDescription(
      "unknown-label", "A jump names a loop or block around it.",
      "'break' and 'continue' name a loop, 'leave' names a block.",
      wrong: """
        module m
        fn search() {
          outer: for i in 0..3 {
            for k in 0..3 { if i * k == 4 { break inner } }
          }
        }

        """,
      mended: """
        module m
        fn search() {
          outer: for i in 0..3 {
            for k in 0..3 { if i * k == 4 { break outer } }
          }
        }

        """),
    RuleDescription(
      "unknown-violation", "A 'require' names a violation that is declared or built in.",
      "A violation is declared at the top of a module, with what the report says.",
      wrong: """
        module m
        var data: 0..1
        fn read() { require data != 0 else garbage }

        """,
      mended: """
        module m
        violation garbage "the data was not there yet"
        var data: 0..1
        fn read() { require data != 0 else garbage }

        """),
    RuleDescription(
      "unknown-scenario", "A check or 'extends' names a scenario or environment in sight.",
      "Those of imported modules can be used as well.",
      wrong: """
        module m
        scenario migration { skip }
        check c = migratoin { expect pass }

        """,
      mended: """
        module m
        scenario migration { skip }
        check c = migration { expect pass }

        """),
    RuleDescription(
      "unknown-bug", "A bug that is named is declared.",
      "Rows and the command line name bugs by their ids, code names them by their names.",
      wrong: """
        module m
        bug B01 slip "The lock is not taken."
        scenario s { task t { unless slip { skip } } }
        check c = s {
          expect pass
          B01 expect deadlock
          slip expect livelock
        }

        """,
      mended: """
        module m
        bug B01 slip "The lock is not taken."
        scenario s { task t { unless slip { skip } } }
        check c = s {
          expect pass
          B01 expect deadlock
        }

        """),
    RuleDescription(
      "unknown-option", "An option that is set is declared.",
      "An option is declared at the top of a module.",
      wrong: """
        module m
        option passes: 1..10 = 3
        scenario s { skip }
        check c = s with pases = 4 { expect pass }

        """,
      mended: """
        module m
        option passes: 1..10 = 3
        scenario s { skip }
        check c = s with passes = 4 { expect pass }

        """),
    RuleDescription(
      "unknown-expectation", "A row expects something that the check can come to.",
      """
      That is 'pass', a declared or built-in violation, or a property of the modules and of the \
      scenarios in the check.
      """,
      wrong: """
        module m
        scenario s { skip }
        check c = s { expect passed }

        """,
      mended: """
        module m
        scenario s { skip }
        check c = s { expect pass }

        """),
    RuleDescription(
      "ambiguous-name", "A name has one meaning where it is used.",
      """
      A name that two modules in sight declare cannot be used. A case that two enums have is \
      written with its type, unless the place tells the type.
      """,
      wrong: """
        module m
        enum color { red, blue }
        enum signal { red, green }
        fn stop() { let now = red }

        """,
      mended: """
        module m
        enum color { red, blue }
        enum signal { red, green }
        fn stop() { let now = signal.red }

        """),
    RuleDescription(
      "duplicate-name", "A name is declared once.",
      """
      Types, values (functions, variables, consts, options and bugs), outcomes (violations and \
      properties), scenarios and checks are five kinds of names that do not get in each other's \
      way.
      """,
      wrong: """
        module m
        var count: 0..3
        fn count() { skip }

        """,
      mended: """
        module m
        var count: 0..3
        fn recount() { skip }

        """),
    RuleDescription(
      "shadowed-name", "A local does not have the name of another local in scope.",
      """
      In kernel code that is how the wrong page gets unlocked. Names of functions, types and \
      variables of modules may be reused.
      """,
      wrong: """
        module m
        fn f(n: 0..3) {
          for n in 0..1 { skip }
        }

        """,
      mended: """
        module m
        fn f(n: 0..3) {
          for i in 0..1 { skip }
        }

        """),
    RuleDescription(
      "reserved-name", "Built-in names are not declared again.",
      "Built in are the types bool, task and cpu, and functions such as READ_ONCE and cmpxchg.",
      wrong: """
        module m
        fn xchg() { skip }

        """,
      mended: """
        module m
        fn exchange() { skip }

        """),
  ]
}
