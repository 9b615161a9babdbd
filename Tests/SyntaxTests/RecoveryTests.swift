import SourceText
import Syntax
import TestSupport
import Testing

/// Expects the parser to report exactly what the comments of `source` promise.
private func check(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let file = SourceFile(path: "test.race", text: source)
  expectPromised(
    parse(file, as: FileID(0)).diagnostics, in: source, sourceLocation: sourceLocation)
}

@Suite struct RecoveryTests {
  @Test("each statement reports its own error, and the text after it is understood")
  func statements() {
    check(
      """
      fn f(p: page) {
          let = 3
      //      ^ error: expected the name of a local, but found '=' [expected-token]
          p.count =
      //           ^ error: expected an expression, but found the end of the line [expected-token]
          if p.count == { skip }
      //                ^ error: expected an expression, but found '{' [expected-token]
          f((p.count + 1)
      //                 ^ error: expected ',' or ')' in the arguments, but found the end of the line [expected-token]
          p->count = 1
      //   ^^ error: a field is reached with '.', also through a reference [arrow-member]
          while p.count = 1 { skip; progess }
      //                ^ error: a condition compares with '==', '=' assigns [assignment-in-condition]
      //                            ^^^^^^^ error: an expression alone does nothing [unused-expression]
          a b
      //    ^ error: 'b' must be on a line of its own, or behind a ';' [missing-separator]
          return p.count
      }
      """)
  }

  @Test("each declaration reports its own error")
  func declarations() {
    check(
      """
      bug B01 late
      //          ^ error: expected a sentence that says what was wrong, in double quotes, but found the end of the line [expected-token]
      const = 3
      //    ^ error: expected the name of the constant, but found '=' [expected-token]
      enum free { A, 3, C }
      //   ^^^^ error: 'free' is a reserved word and cannot be the name of the enum [reserved-word]
      //             ^ error: expected the name of a case, but found '3' [expected-token]
      pool page {
          count 0..3
      //        ^ error: expected ':' and the type of the field, but found '0' [expected-token]
          index: = 0
      //         ^ error: expected a type, but found '=' [expected-token]
          mapping: mapping?
      }
      fn f(p page) {
      //     ^^^^ error: expected ':' and the type of the parameter, but found 'page' [expected-token]
          x = "text"
      //      ^^^^^^ error: a string is a message, not a value [misplaced-string]
      }
          chek one = s { expect pass }
      //  ^^^^ error: 'chek' does not begin a declaration [unknown-declaration]
      """)
  }

  @Test("scenarios and checks report an error for each member and row")
  func scenarios() {
    check(
      """
      scenario s {
          pools page 2
      //             ^ error: expected '[' and the size of the pool, but found '2' [expected-token]
          task t on any cpu { skip }
      //         ^^ error: 'on any cpu' belongs to an interrupt [misplaced-clause]
          task u {
              await
      //           ^ error: expected an expression, but found the end of the line [expected-token]
          }
          interrupt i when { skip }
      //                   ^ error: expected an expression, but found '{' [expected-token]
          invariant x { a; b }
      //                   ^ error: a property has one condition [extra-condition]
      }
      check c = s + {
      //            ^ error: expected the name of a scenario or environment, but found '{' [expected-token]
          expect pass
          B01 expects x
      //      ^^^^^^^ error: expected 'expect' and 'pass' or the name of a violation or property, but found 'expects' [expected-token]
          B02 expect
      //            ^ error: expected 'pass' or what is violated, but found the end of the line [expected-token]
      }
      """)
  }

  @Test("a missing brace is found by the indentation, and the next declaration is understood")
  func missingBrace() {
    let text = """
      fn f() {
          while a {
              if b {
                  skip
              }
          x = 1
      }

      fn g() {
          x =
      }
      """
    let file = SourceFile(path: "test.race", text: text)
    let diagnostics = parse(file, as: FileID(0)).diagnostics
    #expect(diagnostics.map(\.rule) == ["unclosed-brace", "expected-token"])
    #expect(diagnostics.map { file.position(of: $0.span.lower).line } == [2, 10])
    let note = diagnostics[0].notes.first
    #expect(note.map { file.position(of: $0.span.lower).line } == 9)
  }

  @Test("a misspelled head is taken for what was meant")
  func misspelledHeads() {
    check(
      """
        scenaro s {
      //^^^^^^^ error: 'scenaro' does not begin a declaration [unknown-declaration]
          task t {
              whlie a { x = }
      //      ^^^^^ error: 'whlie' does not begin a statement [unknown-statement]
      //                    ^ error: expected an expression, but found '}' [expected-token]
              retrun
      //      ^^^^^^ error: an expression alone does nothing [unused-expression]
          }
      }
      """)
  }
}
