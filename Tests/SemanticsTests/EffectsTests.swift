import TestSupport
import Testing

/// What code may read and change, and in which order.
@Suite struct EffectsTests {
  @Test("code does not read ghosts")
  func codeDoesNotReadGhosts() {
    expectDiagnostics(
      """
      module m
      violation bad "bad"
      ghost var newest: 0..3
      var x: 0..3
      pool page { ghost seen: bool }
      fn f(p: page) {
        x = newest
      //    ^^^^^^ error: code cannot read the ghost 'newest' [ghost-read]
        if p.seen { skip }
      //   ^^^^^^ error: code cannot read the ghost 'seen' [ghost-read]
        require newest == x else bad
        ghost newest = x
        newest = 1
      //^^^^^^ error: a change of the ghost 'newest' belongs to a ghost statement [ghost-write]
        ghost { let old = newest; p.seen = old == 1 }
      }
      invariant i { newest == x }
      """)
  }

  @Test("a ghost statement changes ghosts only")
  func ghostStatementChangesGhostsOnly() {
    expectDiagnostics(
      """
      module m
      ghost var newest: 0..3
      var x: 0..3
      pool page { a: bool }
      fn get_page(p: page) { ghost credit(p) }
      fn store(n: 0..3) { x = n }
      fn f(p: page) {
        ghost x = 1
      //      ^ error: a ghost statement cannot change 'x', which is no ghost [ghost-write]
        ghost await x == 1
      //      ^^^^^^^^^^^^ error: 'await' cannot stand in a ghost statement [ghost-write]
        ghost store(1)
      //      ^^^^^^^^ error: a call of 'store', which is more than a ghost, cannot stand in a ghost statement [ghost-write]
        ghost get_page(p)
        ghost free p
      //      ^^^^^^ error: 'free' cannot stand in a ghost statement [ghost-write]
        ghost { let q = new page }
      //                ^^^^^^^^ error: 'new' cannot stand in a ghost statement [ghost-write]
        credit(p)
      //^^^^^^^^^ error: 'credit' belongs to a ghost statement [ghost-write]
        let n = holders(p)
      //        ^^^^^^^^^^ error: code cannot read the ghost 'holders' [ghost-read]
      }
      """)
  }

  @Test("conditions only read")
  func conditionsOnlyRead() {
    expectDiagnostics(
      """
      module m
      violation bad "bad"
      pool page { a: bool }
      var x: 0..3
      var flag: bool
      var queue: list of page up to 2
      fn store() -> bool { x = 1; return true }
      //                   ^^^^^ note: an assignment is here
      //                   ^^^^^ note: an assignment is here
      //                   ^^^^^ note: an assignment is here
      fn wait() -> bool { await flag; return true }
      //                  ^^^^^^^^^^ note: await is here
      fn pure(n: 0..3) -> bool { var r = false; for i in 0..3 { if i == n { r = true } }; return r }
      fn f() {
        await store()
      //      ^^^^^^^ error: an 'await' only reads the state, but 'store' does more [impure-expression]
        require wait() else bad
      //        ^^^^^^ error: a 'require' only reads the state, but 'wait' does more [impure-expression]
        choose i in 0..3 where test_and_set(flag)
      //                       ^^^^^^^^^^^^^^^^^^ error: a 'where' only reads the state, but 'test_and_set' changes it [impure-expression]
        await queue.pop() != nil
      //      ^^^^^^^^^^^ error: an 'await' only reads the state, but 'pop' changes it [impure-expression]
        await pure(x)
      }
      invariant a { store() }
      //            ^^^^^^^ error: a property only reads the state, but 'store' does more [impure-expression]
      invariant b { pure(x) }
      scenario s { interrupt irq when store() { skip } }
      //                              ^^^^^^^ error: the 'when' of an interrupt only reads the state, but 'store' does more [impure-expression]
      """)
  }

  @Test("quantifiers are for code that is done in one go")
  func quantifiersForCodeDoneIn() {
    expectDiagnostics(
      """
      module m
      violation bad "bad"
      pool page { dirty: bool }
      fn f() {
        let n = count(p in page where p.dirty)
      //        ^^^^^ error: 'count' reads many locations in one go, which code cannot do here [quantifier-outside-atomic]
        if some p in page: p.dirty { skip }
      //   ^^^^ error: 'some' reads many locations in one go, which code cannot do here [quantifier-outside-atomic]
        atomic { let k = count(p in page where p.dirty) }
        await all p in page: !p.dirty
        require all p in page: !p.dirty else bad
      }
      atomic fn g() -> bool { return some p in page: p.dirty }
      """)
  }

  @Test("inside an atomic step nothing waits after a change")
  func insideAtomicStepNothingWaits() {
    expectDiagnostics(
      """
      module m
      var x: 0..3
      var flag: bool
      pool page { a: bool }
      fn wait() { await flag }
      fn change() { x = 1 }
      fn change_and_wait() { x = 1; await flag }
      //                     ^^^^^ note: an assignment is here
      atomic fn a() { x = 1; await flag }
      //              ^^^^^ note: an assignment is here
      //                     ^^^^^^^^^^ error: inside an atomic step 'await' cannot come after a change or a loop [await-after-write]
      atomic fn b() { await flag; x = 1 }
      atomic fn c() { change(); wait() }
      //              ^^^^^^^^ note: an assignment is here
      //                        ^^^^^^ error: inside an atomic step 'await' in 'wait' cannot come after a change or a loop [await-after-write]
      atomic fn d() { if flag { x = 1 } else { await flag } }
      atomic fn e() { if flag { x = 1 }; await flag }
      //                        ^^^^^ note: an assignment is here
      //                                 ^^^^^^^^^^ error: inside an atomic step 'await' cannot come after a change or a loop [await-after-write]
      atomic fn g() { loop { if flag { break } }; await flag }
      //              ^^^^^^^^^^^^^^^^^^^^^^^^^^ note: a loop's way back is here
      //                                          ^^^^^^^^^^ error: inside an atomic step 'await' cannot come after a change or a loop [await-after-write]
      atomic fn h() { loop { await flag; break } }
      atomic fn i() { loop { await flag } }
      //              ^^^^^^^^^^^^^^^^^^^ note: a loop's way back is here
      //                     ^^^^^^^^^^ error: inside an atomic step 'await' cannot come after a change or a loop [await-after-write]
      atomic fn k() { change_and_wait() }
      //              ^^^^^^^^^^^^^^^^^ error: inside an atomic step 'await' in 'change_and_wait' cannot come after a change or a loop [await-after-write]
      fn l() { x = 1; atomic { await flag; x = 2 }; await flag }
      fn m() { atomic { let p = new page; choose q in page } }
      //                        ^^^^^^^^ note: 'new' is here
      //                                  ^^^^^^^^^^^^^^^^ error: inside an atomic step 'choose' cannot come after a change or a loop [await-after-write]
      atomic fn n() { var local = false; local = true; await local }
      """)
  }
}
