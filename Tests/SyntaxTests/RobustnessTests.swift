import SourceText
import TestSupport
import Testing

import Syntax

private func parsed(_ bytes: [UInt8]) -> (module: ModuleSyntax, diagnostics: [Diagnostic]) {
  parse(SourceFile(path: "a.race", bytes: bytes), as: FileID(0))
}

@Suite struct RobustnessTests {
  @Test("every construct is understood", arguments: EverySyntax.all)
  func valid(_ text: String) {
    #expect(parsed(Array(text.utf8)).diagnostics == [])
  }

  @Test(
    "without any one token a text still gives a tree and few errors", arguments: EverySyntax.all)
  func deletedTokens(_ text: String) {
    let file = SourceFile(path: "a.race", text: text)
    for token in Lexer.tokens(of: file, as: FileID(0)).0.tokens {
      var bytes = file.bytes
      bytes.removeSubrange(Int(token.lower)..<Int(token.upper))
      let found = parsed(bytes).diagnostics
      let deleted = "'\(file.text(of: SourceSpan(file: FileID(0), token.lower, token.upper)))'"
      #expect(found.count <= 4, "without \(deleted) at \(token.lower): \(found.map(\.message))")
      for diagnostic in found { check(diagnostic, against: bytes.count) }
    }
  }

  @Test(
    "with any one token doubled a text still gives a tree and few errors",
    arguments: EverySyntax.all)
  func doubledTokens(_ text: String) {
    let file = SourceFile(path: "a.race", text: text)
    for token in Lexer.tokens(of: file, as: FileID(0)).0.tokens {
      var bytes = file.bytes
      let word = bytes[Int(token.lower)..<Int(token.upper)]
      bytes.insert(contentsOf: [0x20] + word, at: Int(token.upper))
      let found = parsed(bytes).diagnostics
      #expect(found.count <= 4, "\(String(decoding: word, as: UTF8.self)) at \(token.lower)")
    }
  }

  @Test("the text may end anywhere", arguments: EverySyntax.all)
  func prefixes(_ text: String) {
    let bytes = Array(text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 3) {
      for diagnostic in parsed(Array(bytes[..<length])).diagnostics {
        check(diagnostic, against: length)
      }
    }
  }

  @Test("any soup of tokens gives a tree", arguments: 0..<60 as Range<UInt64>)
  func soup(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = EverySyntax.all.flatMap { text in
      text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
    let signs = Token.Kind.allCases.map(\.rawValue)
    var text = ""
    for _ in 0..<400 {
      let pool = generator.chance(50) ? words : signs
      text += pool[generator.pick(pool.count)] + (generator.chance(20) ? "\n" : " ")
    }
    let bytes = Array(text.utf8)
    for diagnostic in parsed(bytes).diagnostics { check(diagnostic, against: bytes.count) }
    _ = format(SourceFile(path: "a.race", bytes: bytes))
  }

  @Test("any soup of bytes gives a tree", arguments: 0..<30 as Range<UInt64>)
  func bytes(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<2000).map { _ in
      UInt8(generator.chance(95) ? 32 + generator.pick(95) : [9, 10, 13][generator.pick(3)])
    }
    for diagnostic in parsed(bytes).diagnostics { check(diagnostic, against: bytes.count) }
    _ = format(SourceFile(path: "a.race", bytes: bytes))
  }

  /// Expects all places of `diagnostic` to lie in the file, and its wording to be in style.
  private func check(_ diagnostic: Diagnostic, against length: Int) {
    for span in [diagnostic.span] + diagnostic.notes.map(\.span) {
      #expect(span.upper <= length, "\(diagnostic)")
    }
    #expect(!diagnostic.message.hasSuffix("."))
  }
}
