import TestSupport
import Testing

/// Scenarios, environments and checks.
@Suite struct ChecksTests {
  @Test("a check starts with a scenario and adds environments")
  func checkStartsWithScenarioAdds() {
    expectDiagnostics(
      """
      module m
      scenario s { skip }
      //       ^ note: it is declared here
      scenario t extends e { skip }
      //                 ^ error: a scenario cannot extend an environment [wrong-component]
      environment e { task t { skip } }
      //          ^ note: it is declared here
      //          ^ note: it is declared here
      check a = s + e[2] { expect pass }
      check b = e { expect pass }
      //        ^ error: a check starts with a scenario, and 'e' is an environment [wrong-component]
      check c = s + s { expect pass }
      //            ^ error: only environments can be added, and 's' is a scenario [wrong-component]
      check d = s[2] { expect pass }
      //          ^ error: a count cannot stand here: there is one scenario in a check [misplaced-statement]
      """)
  }

  @Test("the arguments of an environment fit its parameters")
  func argumentsEnvironmentFitItsParameters() {
    expectDiagnostics(
      """
      module m
      pool mapping { a: bool }
      scenario s { pools mapping[1]; let file = new mapping; task t { skip } }
      environment e(m: mapping, index: 0..1, who: task) { task r { m.a = who == self } }
      check a = s + e(file, 0, t) { expect pass }
      check b = s + e(file, 2, t) { expect pass }
      //                    ^ error: 2 never fits 'index', which is 0..1 [value-never-fits]
      check c = s + e(file) { expect pass }
      //            ^ error: 'e' takes 3 arguments, not 1 [argument-count]
      check d = s + e(flie, 0, t) { expect pass }
      //              ^^^^ error: there is no name 'flie' here [unknown-name]
      check e = s + e(t, file, 0) { expect pass }
      //              ^ error: a value of type 'mapping' is needed here, but this is a value of type 'task' [type-mismatch]
      //                 ^^^^ error: a number in 0..1 is needed here, but this is a value of type 'mapping' [type-mismatch]
      //                       ^ error: a value of type 'task' is needed here, but this is the number 0 [type-mismatch]
      """)
  }

  @Test("a bug needs a row and a check needs a row that passes")
  func bugNeedsRowCheckNeeds() {
    expectDiagnostics(
      """
      module m
      bug B1 used "used"
      bug B2 unused "unused"
      //  ^^ warning: no check shows what the bug B2 'unused' does [unused-bug]
      scenario s { task t { if used || unused { skip } } }
      check a = s { expect pass; B1 expect deadlock; B1 expect deadlock }
      //                         ^^^^^^^^^^^^^^^^^^ note: the first one is here
      //                                             ^^^^^^^^^^^^^^^^^^ warning: two rows have the same bugs and options [duplicate-row]
      check b = s { B1 expect deadlock }
      //    ^ warning: the check 'b' has no row 'expect pass' [missing-pass]
      """)
  }

  @Test("a scenario that extends another has what that one has")
  func scenarioExtendsAnotherHasWhat() {
    expectDiagnostics(
      """
      module m
      pool page { a: bool }
      scenario base(n: 0..3) {
        pools page[2]
        let old = new page
        var tries: 0..3 = n
        task t { old.a = true; tries = 1 }
        reachable done { old.a }
      }
      scenario derived extends base(2) {
        let fresh = new page { a: old.a }
        task r { fresh.a = old.a; tries = 2 }
        task u { n = 3 }
      //         ^ error: there is no name 'n' here [unknown-name]
        reachable both { fresh.a && old.a && tries == 3 }
      }
      check c = derived { expect pass }
      """)
  }

  @Test("options are set to values that they have")
  func optionsSetToValuesThey() {
    expectDiagnostics(
      """
      module m
      enum mode { fast, slow }
      option passes: 1..10 = 3
      option how: mode = fast
      scenario s { skip }
      check c = s with passes = 11 {
      //                        ^^ error: 11 never fits 'passes', which is 1..10 [value-never-fits]
        expect pass
        with how = slow expect pass
        with how = true expect pass
      //           ^^^^ error: a value of type 'mode' is needed here, but this is a boolean [type-mismatch]
        with how = slwo expect pass
      //           ^^^^ error: there is no name 'slwo' here [unknown-name]
      }
      """)
  }
}
