import TestSupport
import Testing

/// What names stand for, and what is said when they stand for nothing.
@Suite struct NamesTests {
  @Test("an unknown name gets the nearest one as advice")
  func unknownNameGetsNearestOne() {
    expectDiagnostics(
      """
      module m
      var count: 0..3
      fn f() { count = cuont + 1 }
      //               ^^^^^ error: there is no name 'cuont' here [unknown-name]
      """)
  }

  @Test("an unknown function gets advice, also among the built-in ones")
  func unknownFunctionGetsAdviceAlso() {
    expectDiagnostics(
      """
      module m
      var flag: bool
      fn unlock_page() { skip }
      fn f() {
        unlok_page()
      //^^^^^^^^^^ error: there is no function 'unlok_page' here [unknown-name]
        if test_and_sett(flag) { skip }
      //   ^^^^^^^^^^^^^ error: there is no function 'test_and_sett' here [unknown-name]
      }
      """)
  }

  @Test("an unknown type gets advice")
  func unknownTypeGetsAdvice() {
    expectDiagnostics(
      """
      module m
      pool page { dirty: bool }
      var old: paeg?
      //       ^^^^ error: there is no type 'paeg' here [unknown-type]
      var flag: boool
      //        ^^^^^ error: there is no type 'boool' here [unknown-type]
      """)
  }

  @Test("an unknown field gets advice")
  func unknownFieldGetsAdvice() {
    expectDiagnostics(
      """
      module m
      pool page { dirty: bool }
      fn f(old: page) {
        old.drity = true
      //    ^^^^^ error: 'page' has no field 'drity' [unknown-field]
        let t = self.cpo
      //             ^^^ error: 'task' has no field 'cpo' [unknown-field]
        let c = self.cpu.pined
      //                 ^^^^^ error: 'cpu' has no field 'pined' [unknown-field]
      }
      """)
  }

  @Test("an unknown case gets advice")
  func unknownCaseGetsAdvice() {
    expectDiagnostics(
      """
      module m
      enum errno { OK, EAGAIN }
      fn f() -> errno { return EAGIN }
      //                       ^^^^^ error: there is no name 'EAGIN' here [unknown-name]
      fn g(e: errno) -> bool { return e == errno.EAGAN }
      //                                         ^^^^^ error: 'errno' has no case 'EAGAN' [unknown-case]
      """)
  }

  @Test("a label that no loop or block has")
  func labelNoLoopBlockHas() {
    expectDiagnostics(
      """
      module m
      fn f() {
        outer: loop {
          block locked {
            if true { break otter }
      //                    ^^^^^ error: no loop around this is called 'otter' [unknown-label]
            if true { leave outer }
      //                    ^^^^^ error: no block around this is called 'outer' [unknown-label]
          }
          if true { leave locked }
      //                  ^^^^^^ error: no block around this is called 'locked' [unknown-label]
          break
        }
      }
      """)
  }

  @Test("an unknown violation gets advice")
  func unknownViolationGetsAdvice() {
    expectDiagnostics(
      """
      module m
      violation bad_read "a read of garbage"
      var x: bool
      fn f() {
        require x else bad_raed
      //               ^^^^^^^^ error: there is no violation 'bad_raed' here [unknown-violation]
        require x else use_after_fre
      //               ^^^^^^^^^^^^^ error: there is no violation 'use_after_fre' here [unknown-violation]
      }
      """)
  }

  @Test("an unknown scenario gets advice")
  func unknownScenarioGetsAdvice() {
    expectDiagnostics(
      """
      module m
      scenario migration { skip }
      scenario other extends migratoin { skip }
      //                     ^^^^^^^^^ error: there is no scenario 'migratoin' here [unknown-scenario]
      check c = migratio { expect pass }
      //        ^^^^^^^^ error: there is no scenario 'migratio' here [unknown-scenario]
      """)
  }

  @Test("an unknown bug gets advice")
  func unknownBugGetsAdvice() {
    expectDiagnostics(
      """
      module m
      bug B01 no_lock "the lock is not taken"
      scenario s { task t { unless no_lok { skip } } }
      //                           ^^^^^^ error: there is no bug 'no_lok' here [unknown-bug]
      check c = s {
        expect pass
        B01 expect deadlock
        B1 expect deadlock
      //^^ error: there is no bug with the id 'B1' here [unknown-bug]
        no_lock expect deadlock
      //^^^^^^^ error: there is no bug with the id 'no_lock' here [unknown-bug]
      }
      """)
  }

  @Test("an unknown option gets advice")
  func unknownOptionGetsAdvice() {
    expectDiagnostics(
      """
      module m
      option passes: 1..10 = 3
      scenario s { skip }
      check c = s with passe = 4 { expect pass }
      //               ^^^^^ error: there is no option 'passe' here [unknown-option]
      """)
  }

  @Test("an unknown expectation gets advice")
  func unknownExpectationGetsAdvice() {
    expectDiagnostics(
      """
      module m
      scenario s {
        skip
        reachable migrated { true }
      }
      check c = s {
        expect pas
      //       ^^^ error: there is no violation or property 'pas' here [unknown-expectation]
        with deep = 1 expect migrate
      //     ^^^^ error: there is no option 'deep' here [unknown-option]
      //                     ^^^^^^^ error: there is no violation or property 'migrate' here [unknown-expectation]
      }
      """)
  }

  @Test("a case of two enums is ambiguous, unless the place tells the type")
  func caseTwoEnumsAmbiguousUnless() {
    expectDiagnostics(
      """
      module m
      enum color { red, blue }
      enum signal { red, green }
      var now: signal = red
      fn f() { let x = red }
      //               ^^^ error: 'red' is a case of more than one enum [ambiguous-name]
      """)
  }

  @Test("names are declared once")
  func namesDeclaredOnce() {
    expectDiagnostics(
      """
      module m
      var x: bool
      //  ^ note: 'x' is declared here first
      fn x() { skip }
      // ^ error: 'x' is declared twice [duplicate-name]
      enum e { a, b, a }
      //       ^ note: 'a' is declared here first
      //             ^ error: 'a' is declared twice [duplicate-name]
      pool page { dirty: bool, dirty: bool }
      //          ^^^^^ note: 'dirty' is declared here first
      //                       ^^^^^ error: 'dirty' is declared twice [duplicate-name]
      fn f(a: bool, a: bool) { skip }
      //   ^ note: 'a' is declared here first
      //            ^ error: 'a' is declared twice [duplicate-name]
      bug B1 one "first"
      //  ^^ note: 'B1' is declared here first
      bug B1 two "second"
      //  ^^ error: 'B1' is declared twice [duplicate-name]
      """)
  }

  @Test("a local does not hide another one")
  func localDoesNotHideAnother() {
    expectDiagnostics(
      """
      module m
      pool page { dirty: bool }
      fn f(p: page) {
      //   ^ note: 'p' is declared here
        let q = p
      //    ^ note: 'q' is declared here
      //    ^ note: 'q' is declared here
        loop {
          let p = q
      //      ^ error: 'p' hides another 'p' that is in scope [shadowed-name]
          for q in 0..1 { skip }
      //      ^ error: 'q' hides another 'q' that is in scope [shadowed-name]
          if some q in page: q.dirty { skip }
      //     ^^^^ error: 'some' reads many locations in one go, which code cannot do here [quantifier-outside-atomic]
      //          ^ error: 'q' hides another 'q' that is in scope [shadowed-name]
          break
        }
      }
      """)
  }

  @Test("one name can be a type, a function, a local and a scenario")
  func oneNameCanBeType() {
    expectDiagnostics(
      """
      module m
      pool page { dirty: bool }
      scenario page { pools page[1]; let page = new page; task t { page.dirty = true } }
      fn page(page: page) -> bool { return page.dirty }
      """)
  }

  @Test("built-in names are reserved")
  func builtinNamesReserved() {
    expectDiagnostics(
      """
      module m
      fn xchg() { skip }
      // ^^^^ error: 'xchg' is built in and cannot be declared [reserved-name]
      enum cpu { a }
      //   ^^^ error: 'cpu' is built in and cannot be declared [reserved-name]
      """)
  }

  @Test("three mistakes in one file are three errors")
  func threeMistakesInOneFile() {
    expectDiagnostics(
      """
      module m
      pool page { count: 0..3 }
      fn f(p: page) -> bool {
        p.count = true
      //          ^^^^ error: a number in 0..3 is needed here, but this is a boolean [type-mismatch]
        p.cont = 1
      //  ^^^^ error: 'page' has no field 'cont' [unknown-field]
        return missing
      //       ^^^^^^^ error: there is no name 'missing' here [unknown-name]
      }
      """)
  }
}
