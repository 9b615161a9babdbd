import TestSupport
import Testing

/// Which values go where.
@Suite struct TypesTests {
  @Test("a value fits the type of its place")
  func valueFitsTypeItsPlace() {
    expectDiagnostics(
      """
      module m
      enum errno { OK, EAGAIN }
      pool page { dirty: bool }
      pool mapping { x: bool }
      var number: 0..3
      var flag: bool
      var error: errno
      var old: page?
      fn f(m: mapping) {
        number = true
      //         ^^^^ error: a number in 0..3 is needed here, but this is a boolean [type-mismatch]
        flag = 1
      //       ^ error: a boolean is needed here, but this is the number 1 [type-mismatch]
        error = false
      //        ^^^^^ error: a value of type 'errno' is needed here, but this is a boolean [type-mismatch]
        old = m
      //      ^ error: a value of type 'page?' is needed here, but this is a value of type 'mapping' [type-mismatch]
        old = self
      //      ^^^^ error: a value of type 'page?' is needed here, but this is a value of type 'task' [type-mismatch]
      }
      """)
  }

  @Test("a condition is a boolean")
  func conditionBoolean() {
    expectDiagnostics(
      """
      module m
      pool page { dirty: bool }
      var number: 0..3
      var old: page?
      fn f() {
        if number { skip }
      //   ^^^^^^ error: a boolean is needed here, but this is a number in 0..3 [type-mismatch]
        while old { skip }
      //      ^^^ error: a boolean is needed here, but this is a value of type 'page?' [type-mismatch]
        await number + 1
      //      ^^^^^^^^^^ error: a boolean is needed here, but this is a number in 1..4 [type-mismatch]
        let x = number ? 1 : 2
      //        ^^^^^^ error: a boolean is needed here, but this is a number in 0..3 [type-mismatch]
      }
      """)
  }

  @Test("operators work on their kinds of values")
  func operatorsWorkOnTheirKinds() {
    expectDiagnostics(
      """
      module m
      enum flag { locked, dirty }
      var number: 0..3
      var test: bool
      var flags: set of flag
      fn f() {
        let a = number + test
      //                 ^^^^ error: '+' needs numbers, but this is a boolean [operator-type]
        let b = !number
      //         ^^^^^^ error: '!' needs a boolean, but this is a number in 0..3 [operator-type]
        let c = test && number
      //                ^^^^^^ error: '&&' needs booleans, but this is a number in 0..3 [operator-type]
        let d = test < true
      //        ^^^^ error: '<' needs numbers, but this is a boolean [operator-type]
        let e = number | 1
      //        ^^^^^^ error: '|' needs sets, but this is a number in 0..3 [operator-type]
        let g = -test
      //         ^^^^ error: '-' needs numbers, but this is a boolean [operator-type]
        let h = number in number
      //                  ^^^^^^ error: 'in' needs a set or list on its right, but this is a number in 0..3 [operator-type]
        test += 1
      //^^^^ error: '+=' needs a number or a set, but this is a boolean [operator-type]
      }
      """)
  }

  @Test("only what can be equal is compared")
  func onlyWhatCanBeEqual() {
    expectDiagnostics(
      """
      module m
      enum errno { OK }
      struct pair { a, b: bool }
      var left: pair
      var right: pair
      var error: errno
      fn f() {
        let a = left == right
      //             ^^ error: a value of type 'pair' cannot be compared with a value of type 'pair' [not-comparable]
        let b = error == 1
      //              ^^ error: a value of type 'errno' cannot be compared with the number 1 [not-comparable]
        let c = error != nil
      //              ^^ error: a value of type 'errno' cannot be compared with nil [not-comparable]
      }
      """)
  }

  @Test("what is never nil may be compared with nil, but does not become nil")
  func whatNeverNilMayBe() {
    expectDiagnostics(
      """
      module m
      pool page { next: page? }
      var first: 0..1
      fn f(p: page) {
        let a = p == nil
        p.next = nil
        first = nil
      //        ^^^ error: nil is no value of 'first', which is '0..1' [nil-needs-optional]
        g(nil)
      //  ^^^ error: nil is no value of 'p', which is 'page' [nil-needs-optional]
      }
      fn g(p: page) { skip }
      """)
  }

  @Test("what has no type of its own needs one")
  func whatHasNoTypeIts() {
    expectDiagnostics(
      """
      module m
      enum flag { locked, dirty }
      fn f() {
        let a = nil
      //        ^^^ error: nil alone does not tell its type [needs-type]
        let b = { locked }
        let c = { }
      //        ^^^ error: '{ … }' alone does not tell its type [needs-type]
        let d = [1, 2]
      //        ^^^^^^ error: '[ … ]' alone does not tell its type [needs-type]
        let e = { a: 1 }
      //        ^^^^^^^^ error: '{ … }' alone does not tell its type [needs-type]
      }
      """)
  }

  @Test("types stand where they have a meaning")
  func typesStandWhereTheyHave() {
    expectDiagnostics(
      """
      module m
      struct pair { a, b: bool }
      fixed pool entry { used: bool }
      pool page { owner: holds bool }
      //                 ^^^^^^^^^^ error: only references can be held, not 'bool' [misplaced-type]
      var a: bool?
      //     ^^^^^ error: only references and tasks can be nil [misplaced-type]
      var b: set of pair
      //     ^^^^^^^^^^^ error: a set is of an enum, of references or of tasks, not of 'pair' [misplaced-type]
      var c: list of pair up to 3
      //             ^^^^ error: a list is of single values, not of 'pair' [misplaced-type]
      var d: holds page?
      word w { inner: pair }
      //              ^^^^ error: a word has no room for 'pair' [misplaced-type]
      fn f(p: holds page) -> pair { free new entry }
      // ^ error: 'f' can end without returning a value [missing-return]
      //      ^^^^^^^^^^ error: locals, parameters and results never hold references [misplaced-type]
      //                     ^^^^ error: a function returns a single value, not 'pair' [misplaced-type]
      //                                 ^^^^^^^^^ error: the objects of the fixed pool 'entry' always live [misplaced-type]
      //                                     ^^^^^ error: the objects of the fixed pool 'entry' always live [misplaced-type]
      scenario s(x: pair) { pools pair[1] }
      //         ^ error: a scenario's parameter is a value, not a location [misplaced-type]
      //                          ^^^^ error: 'pair' is no pool [misplaced-type]
      """)
  }

  @Test("a struct does not contain itself")
  func structDoesNotContainItself() {
    expectDiagnostics(
      """
      module m
      struct a { b: b }
      //     ^ error: 'a' would contain itself: a -> b -> a [recursive-struct]
      struct b { c: a[2] }
      """)
  }

  @Test("a field of a case needs the case")
  func fieldCaseNeedsCase() {
    expectDiagnostics(
      """
      module m
      pool page { dirty: bool }
      word enum pte { none, present(page: page, dirty: bool), swap(dirty: bool) }
      var slot: pte
      fn load() -> pte { return slot }
      fn f() {
        let p = load().page
      //               ^^^^ error: 'page' exists only in some cases of 'pte' [unmatched-field]
        slot.dirty = true
      //     ^^^^^ error: 'dirty' exists only in some cases of 'pte' [unmatched-field]
        if let present(page, dirty: d) = slot { page.dirty = d }
      }
      """)
  }

  @Test("guards are locks")
  func guardsLocks() {
    expectDiagnostics(
      """
      module m
      lock struct spinlock { holder: task? = nil }
      word flags { locked, dirty: bool }
      pool mapping { lock: spinlock }
      pool page {
        mapping: mapping?
        lock: spinlock
        flags: flags
        a: bool guarded by lock and mapping.lock
        b: bool guarded by mapping
      //                   ^^^^^^^ error: a guard is a lock, but this is a value of type 'mapping?' [invalid-guard]
        c: bool guarded by lok
      //                   ^^^ error: there is no lock 'lok' here [unknown-name]
        d: flags guarded by lock except dirty
        e: flags guarded by lock except drity
      //                                ^^^^^ error: 'flags' has no field 'drity' [unknown-field]
        g: bool guarded by lock except dirty
      //                               ^^^^^ error: 'except' names fields of a word, but this is a boolean [invalid-guard]
        h: bool guarded by flags.locked
      }
      lock bit page.flags.locked
        lock bit page.mapping
      //^^^^^^^^^^^^^^^^^^^^^ error: a lock bit is a boolean, but this is a value of type 'mapping?' [invalid-lock]
      lock struct lock { owner: task? }
      //          ^^^^ error: a lock struct needs a field 'holder: task?' [invalid-lock]
      """)
  }

  @Test("hand_over needs a lock")
  func handoverNeedsLock() {
    expectDiagnostics(
      """
      module m
      lock struct spinlock { holder: task? = nil }
      word flags { locked, dirty: bool }
      pool page { lock: spinlock, flags: flags }
      lock bit page.flags.locked
      fn f(p: page) {
        hand_over p.lock to nil
        hand_over p.flags.locked to self
        hand_over p.flags.dirty to self
      //          ^^^^^^^^^^^^^ error: this is a boolean and no lock [invalid-lock]
      }
      """)
  }
}
