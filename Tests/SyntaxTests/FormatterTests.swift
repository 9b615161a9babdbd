import SourceText
import Syntax
import TestSupport
import Testing

private func formatted(_ text: String) -> String {
  format(SourceFile(path: "a.race", text: text))
}

private func dump(_ text: String) -> String {
  treeDump(parse(SourceFile(path: "a.race", text: text), as: FileID(0)).module)
}

/// Returns `text` with its spaces and blank lines spoilt, and its line breaks kept.
private func spoilt(_ text: String, _ generator: inout SeededGenerator) -> String {
  var result = ""
  var isInString = false
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    result += String(repeating: generator.chance(50) ? " " : "\t", count: generator.pick(9))
    for character in line.drop(while: { $0 == " " }) {
      if character == "\"" { isInString.toggle() }
      result.append(character)
      if character == " ", !isInString {
        result += String(repeating: " ", count: generator.pick(3))
      }
    }
    result += String(repeating: " ", count: generator.pick(3)) + (generator.chance(50) ? "\r" : "")
    result += String(repeating: "\n", count: 1 + (line.isEmpty ? generator.pick(3) : 0))
    isInString = false
  }
  return result
}

@Suite struct FormatterTests {
  @Test("the canonical layout stays as it is", arguments: EverySyntax.all)
  func canonical(_ text: String) {
    let once = formatted(text)
    #expect(formatted(once) == once)
    #expect(dump(once) == dump(text))
  }

  @Test("whatever the spaces were, the meaning stays and the layout settles at once")
  func spoiltSpaces() {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      for text in EverySyntax.all {
        let spoilt = spoilt(text, &generator)
        let once = formatted(spoilt)
        #expect(formatted(once) == once, "seed \(seed)")
        #expect(dump(once) == dump(spoilt), "seed \(seed)")
        #expect(
          !once.contains("\t") && !once.contains("\r") && !once.contains(" \n"), "seed \(seed)")
      }
    }
  }

  @Test("blocks are indented, and one space stands between words and signs")
  func spaces() {
    #expect(
      formatted(
        """


        fn   f ( a:page ,b : inout  0 .. 3)->errno{
        if a . count!=- 2  &&  ! b{ x [ 1 ] =f ( a )   ;
        y+= 1 ;}
             switch e{

             case A,B{ }
             }


        return a?b:c  }
        """) == """
          fn f(a: page, b: inout 0..3) -> errno {
              if a.count != -2 && !b { x[1] = f(a)
                  y += 1 }
              switch e {
                  case A, B {}
              }

              return a ? b : c }

          """)
  }

  @Test("a line that goes on with the one before it is indented once more")
  func continuations() {
    #expect(
      formatted(
        """
        fn f(a: page,
        b: page) -> errno {
        let x = a
        && b
        || c
        f(a,
        b)
        choose y in page
        where y.live
        }
        """) == """
          fn f(a: page,
              b: page) -> errno {
              let x = a
                  && b
                  || c
              f(a,
                  b)
              choose y in page
                  where y.live
          }

          """)
  }

  @Test("sentences of consecutive bugs are aligned")
  func bugs() {
    #expect(
      formatted(
        """
        bug B1 short "a"
        bug B16    longer_name "b"

        bug B2 other "c"
        violation   bad "a"
        violation worse    "b"
        """) == """
          bug B1  short       "a"
          bug B16 longer_name "b"

          bug B2 other "c"
          violation bad   "a"
          violation worse "b"

          """)
  }

  @Test("comments behind consecutive lines are aligned, at the author's column if there is one")
  func comments() {
    #expect(
      formatted(
        """
        fn f() {
        x = 1 // one
          long_name = 2 // two
        // alone
            y = 3              // kept
            zz = 3             // kept too

            last = 1// near
        }
        """) == """
          fn f() {
              x = 1          // one
              long_name = 2  // two
              // alone
              y = 3              // kept
              zz = 3             // kept too

              last = 1  // near
          }

          """)
  }

  @Test("the equal signs of consecutive bindings stay aligned where they were")
  func assignments() {
    let aligned = """
      scenario s {
          let file  = new mapping
          let old   = new page { a: 1 }
          let fresh = new page
          let x = 1
      }

      """
    #expect(formatted(aligned) == aligned)
  }

  @Test(
    "a text with errors stays as it is",
    arguments: ["fn  f(", "}", "  fn f() {  }   @", "\"", "x ="])
  func errors(_ text: String) {
    #expect(formatted(text) == text)
  }

  @Test("an empty file stays empty")
  func empty() {
    #expect(formatted("") == "")
    #expect(formatted("\n\n") == "")
    #expect(formatted("// only a comment") == "// only a comment\n")
  }
}
