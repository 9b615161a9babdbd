public import SourceText

/// Returns the text of `file` in the canonical layout.
///
/// The layout says where spaces and blank lines stand; the author's line breaks stay. Indentation
/// is four spaces for each bracket that is open; one space parts words and signs; the comments
/// behind consecutive lines are aligned, and so are the sentences of consecutive bugs. Formatting
/// twice is formatting once, and no token is changed but a semicolon at the end of a line, which
/// is dropped.
///
/// A text with errors of syntax is returned as it is: nobody knows what its layout should be.
///
/// - Complexity: O(*n*) for a file of *n* bytes.
public func format(_ file: SourceFile) -> String {
  let (list, diagnostics) = Lexer.tokens(of: file, as: FileID(0))
  let parser = Parser(file: file, id: FileID(0), list: list, diagnostics: diagnostics)
  _ = parser.parseModule()
  guard parser.diagnostics.isEmpty else { return String(decoding: file.bytes, as: UTF8.self) }
  var formatter = Formatter(file: file, list: list, roles: parser.roles)
  return formatter.run()
}

/// Lays the tokens and comments of one file out.
///
/// The work goes in three passes over lines: the author's lines are gathered, then indented and
/// spaced, then aligned with their neighbours.
struct Formatter {
  /// One line of the author's, with what it becomes.
  struct Line {
    /// The tokens of the line, as indices into the list.
    var tokens: [Int] = []
    /// The comment at its end.
    var comment: TokenList.Comment?
    /// Whether a blank line stands before it.
    var hasBlankBefore = false
    /// The number of levels that it is indented.
    var level = 0
    /// The tokens with the spaces between them, without the indentation.
    var code = ""

    /// Whether a comment stands behind code.
    var hasTrailingComment: Bool { comment != nil && !tokens.isEmpty }
  }

  /// The spaces of one level.
  static let indentation = 4

  let file: SourceFile
  let list: TokenList
  let roles: [TokenRole]
  var lines: [Line] = []

  init(file: SourceFile, list: TokenList, roles: [TokenRole]) {
    self.file = file
    self.list = list
    self.roles = roles
  }

  mutating func run() -> String {
    gatherLines()
    indentLines()
    for index in lines.indices { lines[index].code = spaced(lines[index]) }
    alignDeclarations()
    alignAssignments()
    return joined()
  }

  func kind(_ token: Int) -> Token.Kind { list.tokens[token].kind }

  func text(_ lower: UInt32, _ upper: UInt32) -> String {
    String(decoding: file.bytes[Int(lower)..<Int(upper)], as: UTF8.self)
  }

  func text(_ token: Int) -> String { text(list.tokens[token].lower, list.tokens[token].upper) }
}

// MARK: - Lines

extension Formatter {
  /// Sorts tokens and comments into lines, and drops semicolons that end one.
  private mutating func gatherLines() {
    var comments = list.comments[...]
    var end: UInt32 = 0
    func isBlank(from lower: UInt32, to upper: UInt32) -> Bool {
      file.bytes[Int(lower)..<Int(upper)].count { $0 == UInt8(ascii: "\n") } > 1
    }
    for index in list.tokens.indices {
      let token = list.tokens[index]
      while let comment = comments.first, comment.lower < token.lower || token.kind == .endOfFile {
        comments.removeFirst()
        if comment.startsLine || lines.isEmpty {
          lines.append(Line(hasBlankBefore: isBlank(from: end, to: comment.lower)))
        }
        lines[lines.count - 1].comment = comment
        end = comment.upper
      }
      guard token.kind != .endOfFile else { break }
      if token.startsLine || lines.isEmpty {
        lines.append(Line(hasBlankBefore: isBlank(from: end, to: token.lower)))
      }
      lines[lines.count - 1].tokens.append(index)
      end = token.upper
    }
    dropSemicolons()
  }

  private mutating func dropSemicolons() {
    for index in lines.indices {
      let tokens = lines[index].tokens
      let kept = tokens.indices.filter { position in
        guard kind(tokens[position]) == .semicolon else { return true }
        guard position > 0, position + 1 < tokens.count else { return false }
        let following = kind(tokens[position + 1])
        return following != .semicolon && following != .rightBrace
      }
      lines[index].tokens = kept.map { tokens[$0] }
    }
    lines.removeAll { $0.tokens.isEmpty && $0.comment == nil }
  }
}

// MARK: - Indentation

extension Formatter {
  /// A bracket that is open, or the whole file.
  private struct Frame {
    /// The level of what stands inside.
    var inner: Int
    /// The level of the line that the current statement began on.
    var statement: Int
    /// The level of the closing bracket.
    var close: Int
  }

  private mutating func indentLines() {
    var frames = [Frame(inner: 0, statement: 0, close: 0)]
    var previous: Int?
    for index in lines.indices {
      let tokens = lines[index].tokens
      guard let first = tokens.first else {
        lines[index].level = frames[frames.count - 1].inner
        continue
      }
      let isContinuation = isContinuation(first, after: previous)
      lines[index].level = level(of: tokens, in: frames, isContinuation: isContinuation)
      if !isContinuation, !kind(first).isCloser {
        frames[frames.count - 1].statement = lines[index].level
      }
      for token in tokens { advance(&frames, over: token) }
      previous = tokens.last
    }
  }

  private func level(of tokens: [Int], in frames: [Frame], isContinuation: Bool) -> Int {
    let closers = tokens.prefix { kind($0).isCloser }.count
    guard closers == 0 else { return frames[max(1, frames.count - closers)...].first?.close ?? 0 }
    let frame = frames[frames.count - 1]
    return isContinuation ? frame.statement + 1 : frame.inner
  }

  private func advance(_ frames: inout [Frame], over token: Int) {
    if kind(token).isOpener {
      let level = frames[frames.count - 1].statement
      frames.append(Frame(inner: level + 1, statement: level, close: level))
    } else if kind(token).isCloser, frames.count > 1 {
      frames.removeLast()
    }
  }

  /// Whether a line that starts with `token` goes on with the one before it.
  private func isContinuation(_ token: Int, after previous: Int?) -> Bool {
    if roles[token] == .inner { return true }
    if roles[token] != .prefix, kind(token).continuesLine { return true }
    guard let previous else { return false }
    if roles[previous] == .inner { return true }
    switch kind(previous) {
    case .comma, .colon: return false
    case .dot, .question: return roles[previous] != .attached
    case let kind: return kind.continuesLine && !kind.isCloser
    }
  }
}

// MARK: - Text

extension Formatter {
  /// Returns the lines with their comments, one blank line where there were any.
  private func joined() -> String {
    let columns = commentColumns()
    var result = ""
    for (index, line) in lines.enumerated() {
      if line.hasBlankBefore, keepsBlank(before: index) { result += "\n" }
      let indent = line.level * Self.indentation
      result += String(repeating: " ", count: indent)
      result += line.code
      if let comment = line.comment {
        let width = line.tokens.isEmpty ? 0 : indent + line.code.count
        let gap = line.tokens.isEmpty ? 0 : max(1, columns[index] - width)
        result += String(repeating: " ", count: gap) + trimmed(comment)
      }
      result += "\n"
    }
    return result
  }

  /// Whether a blank line may stand before a line: not at an end of the file or a block.
  private func keepsBlank(before index: Int) -> Bool {
    guard index > 0 else { return false }
    if let first = lines[index].tokens.first, kind(first).isCloser { return false }
    if let last = lines[index - 1].tokens.last, kind(last).isOpener { return false }
    return true
  }

  /// Returns a comment without blanks at its end.
  private func trimmed(_ comment: TokenList.Comment) -> String {
    var upper = Int(comment.upper)
    while [0x20, 0x09, 0x0d].contains(file.bytes[upper - 1]) { upper -= 1 }
    return text(comment.lower, UInt32(upper))
  }
}
