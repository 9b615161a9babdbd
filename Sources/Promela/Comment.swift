/// Comments with words of the model, which can never become code.
enum Comment {
  /// The longest text of one comment.
  private static let limit = 100

  /// Returns a comment with `words`, cut where they are long.
  static func text(_ words: String) -> String { "/* \(safe(words)) */" }

  /// Returns the words with everything replaced that has a meaning to SPIN, its preprocessor or a terminal.
  static func safe(_ words: String) -> String {
    var text = ""
    for scalar in words.unicodeScalars.prefix(limit) {
      let isPlain = scalar.value >= 32 && scalar.value < 127
      switch scalar {
      case "/" where text.last == "*": text += "|"
      case "*" where text.last == "/": text += "x"
      case "\\", "\"", "'", "?", "#": text += " "
      default: text += isPlain ? String(scalar) : "."
      }
    }
    return words.unicodeScalars.count > limit ? text + "..." : text
  }
}
