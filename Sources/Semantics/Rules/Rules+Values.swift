internal import SourceText

extension Rules {
  /// The rules about values, and what has to be known before the search.
  static let values = [
    RuleDescription(
      "value-never-fits", "A value can be in the range of the place where it goes.",
      """
      Ranges are tested when a value is stored, and 'out_of_range' is reported if it does not fit; \
      this one cannot fit at all. A 'var' without a type has the range of its first value only.
      """,
      wrong: """
        module m
        fn retry() {
          var tries = 0
          loop { tries += 1 }
        }

        """,
      mended: """
        module m
        fn retry() {
          var tries: 0..9 = 0
          loop { tries += 1 }
        }

        """),
    RuleDescription(
      "not-constant", "What shapes the model is known before the search starts.",
      """
      The ends of ranges, sizes, counts, defaults and the values of options are made of numbers, \
      consts, options, bugs and cases of enums.
      """,
      wrong: """
        module m
        var count: 0..3
        var slots: bool[count]

        """,
      mended: """
        module m
        const COUNT = 3
        var slots: bool[COUNT]

        """),
    RuleDescription(
      "constant-cycle", "The value of a const does not depend on itself.",
      "",
      wrong: """
        module m
        const FIRST = LAST - 3
        const LAST = FIRST + 3

        """,
      mended: """
        module m
        const FIRST = 0
        const LAST = FIRST + 3

        """),
    RuleDescription(
      "empty-range", "The lower end of a range is not above the upper one.",
      "",
      wrong: """
        module m
        var count: 3..0

        """,
      mended: """
        module m
        var count: 0..3

        """),
    RuleDescription(
      "limit-exceeded", "Everything stays below the limits of this checker.",
      """
      A set ranges over at most 62 members, a list has at most 64 elements, an array 1000, a pool \
      1000 objects, and there are at most 64 identical tasks. Ranges have fewer than 2^62 numbers. \
      Calls nest at most 64 deep, and an 'if' has at most 64 branches. The message names the \
      limit.
      """,
      wrong: """
        module m
        pool page { dirty: bool }
        var queue: list of page up to 100

        """,
      mended: """
        module m
        pool page { dirty: bool }
        var queue: list of page up to 3

        """),
    RuleDescription(
      "option-value", "An option is set to a value of its type.",
      "Values are numbers, 'true' and 'false', or names of cases."),
    RuleDescription(
      "argument-count", "A call has as many arguments as the function has parameters.",
      """
      The case of a word enum may be made of fewer values than it has fields; the others get their \
      defaults.
      """,
      wrong: """
        module m
        fn f(a: bool, b: bool) { skip }
        fn g() { f(true) }

        """,
      mended: """
        module m
        fn f(a: bool, b: bool) { skip }
        fn g() { f(true, false) }

        """),
  ]
}
