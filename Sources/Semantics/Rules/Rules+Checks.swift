internal import SourceText

extension Rules {
  /// The rules about scenarios and checks.
  static let checks = [
    RuleDescription(
      "wrong-component", "A check is one scenario and any number of environments.",
      "A scenario extends a scenario, an environment an environment.",
      wrong: """
        module m
        scenario migration { skip }
        scenario reading { skip }
        check c = migration + reading { expect pass }

        """,
      mended: """
        module m
        scenario migration { skip }
        environment reading { skip }
        check c = migration + reading { expect pass }

        """),
    RuleDescription(
      "unused-bug", "A bug is in a row of its module.",
      "Otherwise nothing shows that it is a bug. A row says what it breaks.",
      wrong: """
        module m
        bug B01 slip "The lock is not taken."
        scenario s { task t { unless slip { skip } } }
        check c = s { expect pass }

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
      "missing-pass", "A check has a row 'expect pass'.",
      """
      That a bug breaks something means little unless the same system without the bug is known to \
      be right.
      """,
      wrong: """
        module m
        bug B01 slip "The lock is not taken."
        scenario s { task t { unless slip { skip } } }
        check c = s { B01 expect deadlock }

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
      "duplicate-row", "Rows of a check differ in their bugs or options.",
      "",
      wrong: """
        module m
        scenario s { skip }
        check c = s {
          expect pass
          expect deadlock
        }

        """,
      mended: """
        module m
        scenario s { skip }
        check c = s { expect pass }

        """),
  ]
}
