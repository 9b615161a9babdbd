import TestSupport
import Testing

/// Statements and where they may stand.
@Suite struct CodeTests {
  @Test("what does not change is not assigned to")
  func whatDoesNotChangeNot() {
    expectDiagnostics(
      """
      module m
      lock struct spinlock { holder: task? = nil }
      fn f(n: 0..3, lock: spinlock, other: inout spinlock) {
      //   ^ note: 'n' is declared here
      //            ^^^^ note: 'lock' is declared here
        let a = 1
      //    ^ note: 'a' is declared here
        a = 1
      //^ error: 'a' is a let and cannot be changed [not-assignable]
        n = 2
      //^ error: 'n' is a parameter and cannot be changed [not-assignable]
        lock.holder = self
      //^^^^^^^^^^^ error: 'lock' is a parameter and cannot be changed [not-assignable]
        other.holder = self
        for i in 0..3 { i = 1 }
      //    ^ note: 'i' is declared here
      //                ^ error: 'i' is a loop variable and cannot be changed [not-assignable]
      }
      """)
  }

  @Test("some things need a location")
  func someThingsNeedLocation() {
    expectDiagnostics(
      """
      module m
      struct pair { a, b: bool }
      var x: bool
      fn get() -> bool { return x }
      fn set(b: inout bool, p: pair) { b = p.a }
      fn f() {
        set(true, { a: x })
      //    ^^^^ error: the parameter 'b' needs a location, and this is only a value [needs-place]
      //          ^^^^^^^^ error: the parameter 'p' needs a location, and this is only a value [needs-place]
        let a = READ_ONCE(get())
      //                  ^^^^^ error: 'READ_ONCE' needs a location, and this is only a value [needs-place]
        let b = &get()
      //         ^^^^^ error: '&' needs a location, and this is only a value [needs-place]
      }
      """)
  }

  @Test("an inout location has exactly the parameter's type")
  func inoutLocationHasExactlyParameters() {
    expectDiagnostics(
      """
      module m
      var small: 0..3
      fn set(n: inout 0..7) { n = 5 }
      //     ^ note: 'n' is declared here
      fn f() { set(small) }
      //           ^^^^^ error: a location of type '0..7' is needed here, but this is a number in 0..3 [type-mismatch]
      """)
  }

  @Test("names that are no values")
  func namesNoValues() {
    expectDiagnostics(
      """
      module m
      pool page { a: 0..3 }
      fn f() { skip }
      fn g(a: bool) {
        let x = f
      //        ^ error: the function 'f' is not a value [not-a-value]
        let y = page
      //        ^^^^ error: the type 'page' is not a value [not-a-value]
        let z = f()
      //        ^^^ error: a call of a function without a result is not a value [not-a-value]
        a()
      //^ error: the local 'a' cannot be called [not-callable]
        x.f()
      }
      """)
  }

  @Test("a computed value is used")
  func computedValueUsed() {
    expectDiagnostics(
      """
      module m
      var x: 0..3
      var queue: list of task up to 2
      fn f() {
        queue.pop()
        queue.first()
      //^^^^^^^^^^^^^ error: this computes a value and does nothing with it [useless-expression]
        READ_ONCE(x)
      //^^^^^^^^^^^^ error: this computes a value and does nothing with it [useless-expression]
      }
      """)
  }

  @Test("loops range over what has members")
  func loopsRangeOverWhatHas() {
    expectDiagnostics(
      """
      module m
      struct pair { a, b: bool }
      enum e { a, b }
      var x: 0..3
      var slots: bool[e]
      fn f() {
        for i in x { skip }
      //         ^ error: there is nothing to visit in a number in 0..3 [not-iterable]
        for i in pair { skip }
      //         ^^^^ error: the type 'pair' is not a value [not-a-value]
        for i in slots { slots[i] = true }
        for i in e { slots[i] = true }
        for t in task { skip }
        for i in 0..3 safely { skip }
      //         ^^^^ error: 'safely' cannot stand here: only a list is fetched ahead [misplaced-statement]
      }
      """)
  }

  @Test("a switch handles every case once")
  func switchHandlesEveryCaseOnce() {
    expectDiagnostics(
      """
      module m
      enum errno { OK, EAGAIN, EBUSY }
      word enum pte { none, present(dirty: bool) }
      fn f(e: errno, p: pte) {
        switch e { case OK { skip } case EAGAIN, OK { skip } }
      //       ^ error: this switch leaves out 'EBUSY' [missing-case]
      //                ^^ note: it is handled here already
      //                                         ^^ error: the case 'OK' is handled twice [duplicate-case]
        switch e { case OK { skip } else { skip } }
        switch p { case present(dirty) { let x = dirty } }
      //       ^ error: this switch leaves out 'none' [missing-case]
        switch p { case none { skip } case present(drity) { skip } }
      //                                           ^^^^^ error: the case 'present' has no field 'drity' [unknown-field]
        switch 3 { case OK { skip } }
      //       ^ error: an enum or a word enum is needed here, but this is the number 3 [type-mismatch]
      }
      """)
  }

  @Test("a function with a result returns one on every path")
  func functionWithResultReturnsOne() {
    expectDiagnostics(
      """
      module m
      enum errno { OK, EAGAIN }
      bug B1 lost "a return is lost"
      var x: bool
      fn a() -> errno { if x { return OK } }
      // ^ error: 'a' can end without returning a value [missing-return]
      fn b() -> errno { if x { return OK } else { return EAGAIN } }
      fn c() -> errno { loop { if x { return OK } } }
      fn d() -> errno { loop { if x { break } } }
      // ^ error: 'd' can end without returning a value [missing-return]
      fn e() -> errno { block out { if x { leave out }; return OK } }
      // ^ error: 'e' can end without returning a value [missing-return]
      fn f() -> errno { if x { return OK }; unreachable "x holds" }
      fn g(r: errno) -> errno { switch r { case OK { return OK } case EAGAIN { return OK } } }
      fn h() -> errno { if lost { return OK } else { unless lost { return OK } } }
      // ^ error: 'h' can end without returning a value [missing-return]
      scenario s { skip }
      check check_b1 = s { expect pass; B1 expect deadlock }
      """)
  }

  @Test("return has a value where one is due")
  func returnHasValueWhereOne() {
    expectDiagnostics(
      """
      module m
      enum errno { OK }
      fn a() -> errno { return }
      //                ^^^^^^ error: this function returns a value of type 'errno' [return-value]
      fn b() { return OK }
      //              ^^ error: there is nothing to return a value to [return-value]
      fn c() -> errno { return 1 }
      //                       ^ error: a value of type 'errno' is needed here, but this is the number 1 [type-mismatch]
      """)
  }

  @Test("statements stand where they can be done")
  func statementsStandWhereTheyCan() {
    expectDiagnostics(
      """
      module m
      var x: bool
      fn f() { break }
      //       ^^^^^ error: 'break' cannot stand here: there is no loop around it [misplaced-statement]
      fn g() { x = true; continue }
      //                 ^^^^^^^^ error: 'continue' cannot stand here: there is no loop around it [misplaced-statement]
      fn wait() { await x }
      //          ^^^^^^^ note: it waits here
      fn ok() { x = true }
      scenario s {
        await x
      //^^^^^^^ error: 'await' cannot stand here: a prelude cannot wait for anybody [misplaced-statement]
        either { skip } or { skip }
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: 'either' cannot stand here: a prelude runs in one go [misplaced-statement]
        return
      //^^^^^^ error: 'return' cannot stand here: a scenario's prelude is no function [misplaced-statement]
        wait()
      //^^^^ error: a prelude cannot wait, but 'wait' can [misplaced-statement]
        ok()
        choose i in 0..3
        task t { let a = i }
      }
      """)
  }

  @Test("a prelude and a property have no self")
  func preludePropertyHaveNoSelf() {
    expectDiagnostics(
      """
      module m
      task var depth: 0..3 = 0
      var owner: task?
      fn me() -> bool { return owner == self }
      //                                ^^^^ note: 'me' asks for the running task here
      fn enter() { depth += 1 }
      //           ^^^^^ note: 'enter' asks for the running task here
      invariant a { owner == self }
      //                     ^^^^ error: no task is running here, so there is no 'self' [misplaced-self]
      invariant b { depth == 0 }
      //            ^^^^^ error: no task is running here, so there is no 'self' [misplaced-self]
      invariant c { me() }
      //            ^^^^ error: no task is running here, so there is no 'self' [misplaced-self]
      invariant d { all t in task: t.depth == 0 }
      scenario s {
        owner = self
      //        ^^^^ error: no task is running here, so there is no 'self' [misplaced-self]
        enter()
      //^^^^^ error: no task is running here, so there is no 'self' [misplaced-self]
      }
      """)
  }

  @Test("functions do not call themselves")
  func functionsDoNotCallThemselves() {
    expectDiagnostics(
      """
      module m
      fn a() { b() }
      //       ^ note: 'b' is called here
      fn b() { c() }
      //       ^ note: 'c' is called here
      fn c() { a() }
      //       ^ error: functions are inlined, so 'a' cannot call itself: a -> b -> c -> a [recursion]
      fn d() { d() }
      //       ^ error: functions are inlined, so 'd' cannot call itself: d -> d [recursion]
      """)
  }

  @Test("liveness is not checked yet")
  func livenessNotCheckedYet() {
    expectDiagnostics(
      """
      module m
      var x: bool
      fn f() { progress }
      //       ^^^^^^^^ error: 'progress' is not checked by this version [not-yet]
      leads_to done { x leads_to !x }
      //       ^^^^ error: 'leads_to' is not checked by this version [not-yet]
      """)
  }
}
