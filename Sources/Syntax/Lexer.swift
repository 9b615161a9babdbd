package import SourceText

/// Cuts the bytes of a file into tokens and comments.
///
/// Any bytes are accepted. What means nothing becomes an `invalid` token and one diagnostic.
/// Newlines are no tokens: a token knows whether it is the first one on its line.
package struct Lexer {
  /// The largest file that is read.
  ///
  /// The longest model anybody has written has a few hundred kilobytes less; a larger file is a
  /// mistake, and offsets must fit 32 bits.
  package static let byteLimit = 8 << 20

  /// The longest name.
  ///
  /// Names are printed in messages and reports.
  static let nameLengthLimit = 200

  private let bytes: [UInt8]
  private let file: FileID
  private var offset = 0
  private var startsLine = true
  private var list = TokenList()
  private var diagnostics: [Diagnostic] = []

  private init(_ bytes: [UInt8], file: FileID) {
    self.bytes = bytes
    self.file = file
  }

  /// Returns the tokens of `file`, and what is wrong with its bytes.
  ///
  /// A file that is not text, or too large, gives one diagnostic and no tokens but its end.
  ///
  /// - Complexity: O(*n*) for *n* bytes.
  package static func tokens(of file: SourceFile, as id: FileID) -> (TokenList, [Diagnostic]) {
    if let refusal = refusal(of: file, as: id) {
      var list = TokenList()
      list.tokens = [Token(.endOfFile, startsLine: true, 0, 0)]
      return (list, [refusal])
    }
    var lexer = Lexer(file.bytes, file: id)
    lexer.run()
    return (lexer.list, lexer.diagnostics)
  }

  /// Returns what makes `file` unfit to be read as text.
  private static func refusal(of file: SourceFile, as id: FileID) -> Diagnostic? {
    let bytes = file.bytes
    let start = SourceSpan(file: id, 0, 0)
    if bytes.count > byteLimit {
      return .fileTooLarge(byteCount: bytes.count, limit: byteLimit, span: start)
    }
    let zero = bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count, buffer[index] != 0 { index += 1 }
      return index
    }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let invalid = error.byteOffsets.lowerBound
      if invalid < zero {
        let place = UInt32(invalid)
        return .notText(reason: "byte \(invalid) is not UTF-8", span: span(at: place, in: id))
      }
    }
    if zero < bytes.count {
      return .notText(reason: "byte \(zero) is zero", span: span(at: UInt32(zero), in: id))
    }
    return nil
  }

  private static func span(at offset: UInt32, in file: FileID) -> SourceSpan {
    SourceSpan(file: file, offset, offset + 1)
  }

  private mutating func run() {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { offset = 3 }
    while offset < bytes.count { next() }
    add(.endOfFile, from: offset)
  }

  /// The byte `distance` bytes ahead, or zero past the end; a file holds no zero byte.
  private func byte(_ distance: Int = 0) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  private mutating func next() {
    let start = offset
    switch byte() {
    case UInt8(ascii: "\n"):
      offset += 1
      startsLine = true
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      offset += 1
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
      lineComment()
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
      blockComment()
    case UInt8(ascii: "\""):
      string()
    case let first where first.isNameStart:
      name()
    case let first where first.isDigit:
      number()
    default:
      if let kind = sign() {
        add(kind, from: start)
      } else {
        unexpectedBytes()
      }
    }
  }

  private mutating func add(_ kind: Token.Kind, from start: Int) {
    let isFirst = startsLine || kind == .endOfFile
    list.tokens.append(Token(kind, startsLine: isFirst, UInt32(start), UInt32(offset)))
    startsLine = false
  }

  private func span(from start: Int) -> SourceSpan {
    SourceSpan(file: file, UInt32(start), UInt32(offset))
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    // A text with so many errors is not what its author thinks it is: the rest is not read.
    if diagnostics.count >= Parser.diagnosticLimit { offset = bytes.count }
  }
}

// MARK: - Kinds of tokens

extension Lexer {
  /// Reads a comment.
  ///
  ///     comment ::= '//' character*
  ///
  /// Exactly three slashes make a documentation comment.
  private mutating func lineComment() {
    let start = offset
    let slash = UInt8(ascii: "/")
    let isDocumentation = byte(2) == slash && byte(3) != slash
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    let end = byte(-1) == UInt8(ascii: "\r") ? offset - 1 : offset
    list.comments.append(
      TokenList.Comment(
        lower: UInt32(start), upper: UInt32(end), isDocumentation: isDocumentation,
        startsLine: startsLine))
  }

  /// Reads what would be a comment in C, and reports it.
  private mutating func blockComment() {
    let start = offset
    offset += 2
    let head = span(from: start)
    while offset < bytes.count, !(byte() == UInt8(ascii: "*") && byte(1) == UInt8(ascii: "/")) {
      if byte() == UInt8(ascii: "\n") { startsLine = true }
      offset += 1
    }
    offset = min(offset + 2, bytes.count)
    report(.blockComment(head))
  }

  /// Reads a string.
  ///
  ///     string ::= '"' (character | '\"' | '\\')* '"'
  private mutating func string() {
    let start = offset
    offset += 1
    while offset < bytes.count, byte() != UInt8(ascii: "\""), byte() != UInt8(ascii: "\n") {
      if byte() == UInt8(ascii: "\\") { escape() } else { offset += 1 }
    }
    if byte() == UInt8(ascii: "\"") {
      offset += 1
    } else {
      if byte(-1) == UInt8(ascii: "\r") { offset -= 1 }
      report(.unterminatedString(span(from: start)))
    }
    add(.string, from: start)
  }

  private mutating func escape() {
    let start = offset
    offset += 1
    switch byte() {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      offset += 1
    case 0, UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      break
    default:
      repeat { offset += 1 } while byte() & 0xc0 == 0x80
      report(.invalidEscape(span(from: start)))
    }
  }

  /// Reads a name or a reserved word.
  ///
  ///     identifier ::= (letter | '_') (letter | digit | '_')*
  private mutating func name() {
    let start = offset
    while byte().isNamePart { offset += 1 }
    let length = offset - start
    if length > Self.nameLengthLimit {
      report(.nameTooLong(length: length, limit: Self.nameLengthLimit, span: span(from: start)))
    }
    if length <= Token.Kind.keywordLengthLimit,
      let keyword = Token.Kind.keywords[String(decoding: bytes[start..<offset], as: UTF8.self)]
    {
      add(keyword, from: start)
    } else {
      add(.identifier, from: start)
    }
  }

  /// Reads a number.
  ///
  ///     integer ::= digit+
  private mutating func number() {
    let start = offset
    while byte().isDigit { offset += 1 }
    if byte().isNameStart {
      while byte().isNamePart { offset += 1 }
      report(.malformedNumber(span(from: start)))
    }
    add(.integer, from: start)
  }

  /// Takes the longest sign that stands here, if one does.
  private mutating func sign() -> Token.Kind? {
    if let kind = doubleSign() {
      offset += 2
      return kind
    }
    guard let kind = singleSign() else { return nil }
    offset += 1
    return kind
  }

  private func doubleSign() -> Token.Kind? {
    guard ".=>&|+-".utf8.contains(byte(1)) else { return nil }
    return switch (Unicode.Scalar(byte()), Unicode.Scalar(byte(1))) {
    case (".", "."): .range
    case ("=", "="): .equal
    case ("!", "="): .notEqual
    case ("<", "="): .lessOrEqual
    case (">", "="): .greaterOrEqual
    case ("=", ">"): .implies
    case ("-", ">"): .arrow
    case ("&", "&"): .and
    case ("|", "|"): .doubleBar
    case ("+", "="): .addAssign
    case ("-", "="): .subtractAssign
    case ("+", "+"): .increment
    case ("-", "-"): .decrement
    default: nil
    }
  }

  private func singleSign() -> Token.Kind? {
    switch Unicode.Scalar(byte()) {
    case "{": .leftBrace
    case "}": .rightBrace
    case "(": .leftParenthesis
    case ")": .rightParenthesis
    case "[": .leftBracket
    case "]": .rightBracket
    case ",": .comma
    case ":": .colon
    case ";": .semicolon
    case ".": .dot
    case "?": .question
    case "=": .assign
    case "<": .less
    case ">": .greater
    case "+": .plus
    case "-": .minus
    case "*": .star
    case "/": .slash
    case "%": .percent
    case "&": .ampersand
    case "|": .bar
    case "!": .not
    default: nil
    }
  }

  /// Reads a run of bytes with no meaning, and reports it once.
  private mutating func unexpectedBytes() {
    let start = offset
    repeat { offset += 1 } while isUnexpected(byte())
    // A run is cut short so that its message stays short; a character of UTF-8 is not cut.
    let shown = String(decoding: bytes[start..<min(offset, start + 40)], as: UTF8.self)
    report(.unexpectedCharacter(shown.prefix(8), span: span(from: start)))
    add(.invalid, from: start)
  }

  /// Whether `byte` belongs to a run of bytes with no meaning: control characters, signs that the
  /// language has no use for, and everything beyond ASCII.
  private func isUnexpected(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x80...0xff, 0x01...0x08, 0x0b...0x0c, 0x0e...0x1f, 0x7f: true
    default: "#$'@\\^`~".utf8.contains(byte)
    }
  }
}

extension UInt8 {
  /// Whether a name can start with this byte.
  fileprivate var isNameStart: Bool {
    (0x61...0x7a).contains(self) || (0x41...0x5a).contains(self) || self == UInt8(ascii: "_")
  }

  /// Whether the byte is a decimal digit.
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether a name can go on with this byte.
  fileprivate var isNamePart: Bool { isNameStart || isDigit }
}
