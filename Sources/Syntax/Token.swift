/// One word, number, string or sign of a model.
///
/// A token holds no text: its kind and the bytes it covers say everything.
package struct Token: Hashable, Sendable {
  /// What the token is; its offset in the file comes with it.
  package let kind: Kind

  /// Whether the token is the first one on its line.
  package let startsLine: Bool

  /// The offset of the token's first byte.
  package let lower: UInt32

  /// The offset just past the token's last byte.
  package let upper: UInt32

  /// Creates a token that covers `lower..<upper`.
  package init(_ kind: Kind, startsLine: Bool, _ lower: UInt32, _ upper: UInt32) {
    self.kind = kind
    self.startsLine = startsLine
    self.lower = lower
    self.upper = upper
  }

  /// What a token can be.
  ///
  /// The raw value of a keyword or sign is its spelling.
  package enum Kind: String, CaseIterable, Sendable {
    case identifier = "a name"
    case integer = "a number"
    case string = "a string"
    case endOfFile = "the end of the file"
    /// Bytes that mean nothing; the lexer has reported them.
    case invalid = "an unexpected character"

    // Heads of declarations
    case module, `import`, bug, option, const, violation, `enum`, `struct`, pool, fn
    case scenario, environment, check, invariant, finally, reachable, task, interrupt, daemon

    // Heads of statements
    case `let`, `var`, `if`, unless, `while`, loop, `for`, `switch`, either, block, leave
    case `break`, `continue`, `return`, skip, progress, await, choose, require, unreachable, free
    case atomic, ghost

    // Words inside of others
    case `else`, or, `case`, `in`, `where`, on, of, holds, new, `nil`, `true`, `false`
    case selfTask = "self"

    // Brackets and separators
    case leftBrace = "{"
    case rightBrace = "}"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case comma = ","
    case colon = ":"
    case semicolon = ";"

    // Operators
    case dot = "."
    case range = ".."
    case question = "?"
    case assign = "="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case implies = "=>"
    case arrow = "->"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case ampersand = "&"
    case and = "&&"
    case bar = "|"
    case doubleBar = "||"
    case not = "!"
    case addAssign = "+="
    case subtractAssign = "-="
    case increment = "++"
    case decrement = "--"
  }
}

extension Token.Kind {
  /// The reserved words by their spelling.
  static let keywords: [String: Token.Kind] = {
    let words = allCases.filter { $0.rawValue.utf8.allSatisfy { (0x61...0x7a).contains($0) } }
    return Dictionary(uniqueKeysWithValues: words.map { ($0.rawValue, $0) })
  }()

  /// The longest reserved word: nothing longer need be looked up.
  static let keywordLengthLimit = keywords.keys.map(\.utf8.count).max() ?? 0

  /// Whether the token is a reserved word.
  package var isKeyword: Bool { Self.keywords[rawValue] == self }

  /// Whether the token opens a group that another one closes.
  package var isOpener: Bool {
    self == .leftBrace || self == .leftParenthesis || self == .leftBracket
  }

  /// Whether the token closes a group.
  package var isCloser: Bool {
    self == .rightBrace || self == .rightParenthesis || self == .rightBracket
  }

  /// Whether a line that starts with the token can only go on with what the line before it began.
  var continuesLine: Bool {
    switch self {
    case .dot, .range, .question, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .implies, .arrow, .plus, .minus, .star, .slash, .percent, .and, .bar,
      .doubleBar, .in, .comma, .colon, .rightParenthesis, .rightBracket, .assign, .addAssign,
      .subtractAssign:
      true
    default: false
    }
  }

  /// The token as a message names it: `'{'`, `'while'`, `a name`.
  package var quoted: String {
    switch self {
    case .identifier, .integer, .string, .endOfFile, .invalid: rawValue
    default: "'\(rawValue)'"
    }
  }
}
