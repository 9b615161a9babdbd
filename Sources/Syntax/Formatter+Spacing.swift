/// Which spaces stand between the tokens of a line.
extension Formatter {
  /// Returns the tokens of `line` with the spaces between them.
  func spaced(_ line: Line) -> String {
    var result = ""
    for (position, token) in line.tokens.enumerated() {
      if position > 0 {
        let gap = gap(between: line.tokens[position - 1], and: token)
        result += String(repeating: " ", count: gap)
      }
      result += text(token)
    }
    return result
  }

  /// Returns the number of spaces between two tokens that stand side by side.
  private func gap(between left: Int, and right: Int) -> Int {
    if roles[right] == .attached || roles[left] == .prefix { return 0 }
    switch kind(right) {
    case .comma, .semicolon, .rightParenthesis, .rightBracket, .dot, .range, .increment, .decrement:
      return 0
    case .colon where roles[right] != .inner:
      return 0
    case .rightBrace where kind(left) == .leftBrace:
      return 0
    default: break
    }
    switch kind(left) {
    case .leftParenthesis, .leftBracket, .dot, .range:
      return 0
    case .leftBrace: return 1
    default:
      // Rows on one line are told apart by a wider gap.
      return roles[right] == .row && kind(left) != .comma ? 3 : 1
    }
  }
}
