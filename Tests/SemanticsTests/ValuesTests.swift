import TestSupport
import Testing

/// Ranges, constants and limits.
@Suite struct ValuesTests {
  @Test("a value that can never fit is an error")
  func valueCanNeverFitError() {
    expectDiagnostics(
      """
      module m
      var count: 0..3
      var slots: bool[4]
      fn g(n: 2..3) { skip }
      fn f() {
        count = 5
      //        ^ error: 5 never fits 'count', which is 0..3 [value-never-fits]
        count -= 7
      //         ^ error: -7..-4 never fits 'count', which is 0..3 [value-never-fits]
        slots[4] = true
      //      ^ error: 4 never fits the index, which is 0..3 [value-never-fits]
        g(1)
      //  ^ error: 1 never fits 'n', which is 2..3 [value-never-fits]
      }
      """)
  }

  @Test("a var without a type has the range of its first value")
  func varWithoutTypeHasRange() {
    expectDiagnostics(
      """
      module m
      fn f() {
        var tries = 0
        loop { tries += 1 }
      //                ^ error: 1 never fits 'tries', which is 0..0 [value-never-fits]
      }
      fn g() {
        var tries: 0..9 = 0
        loop { tries += 1 }
      }
      """)
  }

  @Test("what is never reached may not fit")
  func whatNeverReachedMayNot() {
    expectDiagnostics(
      """
      module m
      option nodes: 1..4 = 1
      bug B1 bug_one "one"
      var slots: bool[nodes]
      fn f() {
        if nodes > 1 { slots[1] = true }
        if nodes > 1 && slots[1] { skip }
        if bug_one { slots[2] = true }
        let x = nodes > 1 ? slots[1] : false
      }
      scenario s { skip }
      check c = s { expect pass; B1 expect out_of_range }
      """)
  }

  @Test("results fit into 64 bits")
  func resultsFitInto64Bits() {
    expectDiagnostics(
      """
      module m
      const HUGE = 9223372036854775807
      fn f(n: 0..4611686018427387902) {
        let a = n * 3
      //        ^^^^^ error: the result may not fit into 64 bits [number-too-large]
        let b = HUGE + 1
      //        ^^^^^^^^ error: the result may not fit into 64 bits [number-too-large]
        let c = n + n
        let d = 1 / 0
      //            ^ error: the divisor is always zero [value-never-fits]
      }
      """)
  }

  @Test("sizes are constants")
  func sizesConstants() {
    expectDiagnostics(
      """
      module m
      var count: 0..3
      var slots: bool[count]
      //              ^^^^^ error: the size of an array must be known before the search starts [not-constant]
      var range: 0..count
      //            ^^^^^ error: the end of a range must be known before the search starts [not-constant]
      const N = count
      //        ^^^^^ error: the value of a const must be known before the search starts [not-constant]
      pool page { a: 0..3 = count }
      //                    ^^^^^ error: the default of 'a' must be known before the search starts [not-constant]
      scenario s { pools page[count]; task t[count] { skip } }
      //                      ^^^^^ error: the size of a pool must be known before the search starts [not-constant]
      //                                     ^^^^^ error: the number of tasks must be known before the search starts [not-constant]
      """)
  }

  @Test("a const does not depend on itself")
  func constDoesNotDependOn() {
    expectDiagnostics(
      """
      module m
      const A = B + 1
      //    ^ error: the value of 'A' depends on itself [constant-cycle]
      const B = A
      """)
  }

  @Test("sizes have limits")
  func sizesHaveLimits() {
    expectDiagnostics(
      """
      module m
      pool page { a: bool }
      var empty: 3..1
      //         ^^^^ error: the range 3..1 has no number in it [empty-range]
      var wide: 0..4611686018427387904
      //        ^^^^^^^^^^^^^^^^^^^^^^ error: a range has fewer than 2^62 numbers [limit-exceeded]
      var none: bool[0]
      //             ^ error: the size of an array is 1..1000, not 0 [limit-exceeded]
      var long: list of page up to 65
      //                           ^^ error: the length of a list is 1..64, not 65 [limit-exceeded]
      scenario s { pools page[0]; task t[65] { skip } }
      //                      ^ error: the size of a pool is 1..1000, not 0 [limit-exceeded]
      //                                 ^^ error: the number of tasks is 1..64, not 65 [limit-exceeded]
      check c = s { expect pass }
      """)
  }

  @Test("calls have the arguments of their functions")
  func callsHaveArgumentsTheirFunctions() {
    expectDiagnostics(
      """
      module m
      pool page { a: bool }
      word enum pte { none, present(page: page, young, dirty: bool) }
      var slot: pte
      var queue: list of page up to 3
      fn f(a: bool, b: 0..3) { skip }
      fn g(p: page) {
        f(true)
      //^ error: 'f' takes 2 arguments, not 1 [argument-count]
        f(true, 1, 2)
      //^ error: 'f' takes 2 arguments, not 3 [argument-count]
        slot = present(p, true)
        slot = present(page: p, dirty)
        slot = present(p, true, true, true)
      //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: 'present' takes at most 3 arguments, not 4 [argument-count]
        slot = present(page: p, drity)
      //                        ^^^^^ error: the case 'present' has no field 'drity' [unknown-field]
        queue.push()
      //      ^^^^ error: 'push' takes 1 argument, not 0 [argument-count]
        let a = READ_ONCE(slot, 1)
      //        ^^^^^^^^^^^^^^^^^^ error: 'READ_ONCE' takes 1 argument, not 2 [argument-count]
      }
      """)
  }
}
