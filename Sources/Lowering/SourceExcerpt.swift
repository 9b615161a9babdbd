internal import SourceText

/// Pieces of a model as reports show them: on one line, without comments.
enum SourceExcerpt {
  /// What a line can end or begin with if the statement goes on.
  private static let openEnds = ["{", "(", ",", ":", "=", "&", "|", "+", "-", "*", "<", ">", "!"]
  private static let openBeginnings = [
    "}", ")", "&", "|", "=", "+", "-", "*", "<", ">", "?", ".", "else", "where",
  ]

  /// Returns the text of `span`; what is longer than `limit` characters is cut behind a statement, or if none
  /// ends in its second half, between two words.
  ///
  /// Statements on lines of their own get a `;` between them.
  static func text(of span: SourceSpan, in catalog: SourceCatalog, limit: Int) -> String {
    var text = ""
    for line in catalog.text(of: span).split(separator: "\n") {
      let words = withoutComment(line).split { $0 == " " || $0 == "\t" || $0 == "\r" }
      if words.isEmpty { continue }
      let line = words.joined(separator: " ")
      let goesOn =
        text.isEmpty || openEnds.contains { text.hasSuffix($0) }
        || openBeginnings.contains { line.hasPrefix($0) }
      text += (text.isEmpty ? "" : goesOn ? " " : "; ") + line
    }
    let balanced = balanced(text)
    return balanced.count <= limit ? balanced : cut(balanced, limit: limit - 4) + " ..."
  }

  /// Returns the beginning of a text, whole words of it; a word that is longer is cut where it can be.
  private static func cut(_ text: String, limit: Int) -> Substring {
    let head = text.prefix(limit + 1)
    let spaces = head.indices.filter { head[$0] == " " }
    let half = head.index(head.startIndex, offsetBy: limit / 2)
    let statement = spaces.last { $0 > half && head[head.index(before: $0)] == ";" }
    if let end = statement ?? spaces.last { return head[..<end] }
    let isBorder = { (index: Substring.Index) in !(head[index].isLetter || head[index].isNumber) }
    let border = head.indices.dropFirst().last { isBorder($0) && $0 > half }
    return head[..<(border ?? head.index(before: head.endIndex))]
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    guard let comment = line.firstRange(of: "//") else { return line }
    return line[..<comment.lowerBound]
  }

  /// Adds the parentheses that a span lacks: an expression's begins behind those around its first operand and
  /// ends before those around its last one.
  private static func balanced(_ text: String) -> String {
    var depth = 0
    var deepest = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      deepest = min(deepest, depth)
    }
    return String(repeating: "(", count: -deepest) + text
      + String(repeating: ")", count: depth - deepest)
  }
}
