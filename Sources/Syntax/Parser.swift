public import SourceText

/// Returns the tree of `file`, and everything that is wrong with its text.
///
/// This is the second phase: after the bytes have been read, before names are resolved. It always
/// yields a tree. Where the text cannot be understood, the tree holds `error` nodes, and exactly
/// those places have been reported; a phase that meets one need not report it again.
///
/// **Limit:** blocks, groups and types nest at most ``Parser/nestingLimit`` deep, and an
/// expression is at most ``Parser/heightLimit`` high, so that later phases may recurse freely.
///
/// - Complexity: O(*n*) for a file of *n* bytes.
public func parse(
  _ file: SourceFile, as id: FileID
) -> (module: ModuleSyntax, diagnostics: [Diagnostic]) {
  let (list, diagnostics) = Lexer.tokens(of: file, as: id)
  let parser = Parser(file: file, id: id, list: list, diagnostics: diagnostics)
  let module = parser.parseModule()
  return (module, parser.sortedDiagnostics())
}

/// A recursive descent parser for `.race` files, used once.
///
/// It is a class because unoptimised code copies a struct for every call on it: that made frames of
/// 3 KB, and 64 levels of nesting did not fit a stack of 512 KB.
///
/// **How errors are handled.** The first error of a statement, field or declaration is reported and
/// sets ``isRecovering``; further ones are muted until the parser stands at a place where it can
/// start afresh: the next line, a separator, or a bracket that closes the group. Then the flag is
/// cleared. So every construct reports at most one error, and all constructs get their turn.
///
/// **Invariant:** every loop consumes a token per turn or ends, and what is skipped is skipped
/// once; that is what makes the parser linear on any input.
public final class Parser {
  /// How deep blocks, groups and types may nest.
  ///
  /// Real models stay below 10.
  public static let nestingLimit = 64

  /// How many operators, calls and member accesses may hang on one another.
  ///
  /// A phase that recurses over an expression gets 2 KB a level on a thread with a stack of 512 KB.
  public static let heightLimit = 200

  /// How many diagnostics are collected of one file; nobody reads more.
  static let diagnosticLimit = 1000

  let file: SourceFile
  let id: FileID
  let tokens: [Token]
  let list: TokenList
  var index = 0
  private(set) var diagnostics: [Diagnostic]

  /// Whether an error has been reported and no place to start afresh has been reached since.
  var isRecovering = false

  /// Whether a block without an end has been reported; the blocks around it end there too.
  var isUnwinding = false

  /// How many statements around the current token can go on with `else`, `or` and `case`.
  var awaitedElses = 0
  var awaitedOrs = 0
  var awaitedCases = 0

  /// Whether the current declaration is one that must not stand here, which has been reported.
  var isInMisplaced = false

  /// Whether a `{` behind the current expression opens the body of the statement around it.
  var isInHead = false

  /// Whether the current expression is part of a type, to which a bracket behind it belongs.
  var isInBound = false

  /// How many groups, blocks and types surround the current token.
  var depth = 0

  /// The height of the expression that was parsed last.
  var height = 0

  /// What the formatter has to know about each token.
  private(set) var roles: [TokenRole]

  /// The indentation of lines that has been asked for.
  private var indentations: [Int: Int] = [:]

  /// The rules that are reported once a file.
  private var onceReported: Set<String> = []

  /// How many closing braces were missing where a declaration began, and may turn up later.
  var forgivenBraces = 0

  /// The first block that ended in another column than it began, since the last declaration.
  var suspectBrace: Token?

  init(file: SourceFile, id: FileID, list: TokenList, diagnostics: [Diagnostic]) {
    self.file = file
    self.id = id
    self.tokens = list.tokens
    self.roles = Array(repeating: .plain, count: list.tokens.count)
    self.list = list
    self.diagnostics = diagnostics
  }

  /// The diagnostics in the order of the text.
  func sortedDiagnostics() -> [Diagnostic] {
    let ordered = diagnostics.enumerated().sorted {
      ($0.element.span.lower, $0.offset) < ($1.element.span.lower, $1.offset)
    }
    return ordered.map(\.element)
  }
}

// MARK: - Looking

extension Parser {
  /// The next token that has not been consumed.
  var current: Token { tokens[index] }

  /// The token that was consumed last; at the start of the file its first one.
  var previous: Token { tokens[max(0, index - 1)] }

  /// Returns the token `distance` tokens behind the current one.
  func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  /// Whether the next token is of the kind `kind`.
  func at(_ kind: Token.Kind) -> Bool { current.kind == kind }

  /// Whether the next token is of the kind `kind` and on the line of the one before it.
  func atOnLine(_ kind: Token.Kind) -> Bool { current.kind == kind && !current.startsLine }

  /// Whether `token` is the name `word`, which has a meaning in some places only.
  func isWord(_ token: Token, _ word: StaticString) -> Bool {
    guard token.kind == .identifier, Int(token.upper - token.lower) == word.utf8CodeUnitCount
    else { return false }
    return word.withUTF8Buffer { buffer in
      for position in buffer.indices where buffer[position] != byte(Int(token.lower) + position) {
        return false
      }
      return true
    }
  }

  /// Whether the next token is the name `word`.
  func at(word: StaticString) -> Bool { isWord(current, word) }

  private func byte(_ offset: Int) -> UInt8 { file.bytes[offset] }

  /// Returns the text of `token`.
  func text(_ token: Token) -> String {
    String(decoding: file.bytes[Int(token.lower)..<Int(token.upper)], as: UTF8.self)
  }

  /// Returns where `token` stands.
  func span(_ token: Token) -> SourceSpan { SourceSpan(file: id, token.lower, token.upper) }

  /// Returns the span from `start` to the token that was consumed last.
  func span(from start: Token) -> SourceSpan {
    SourceSpan(file: id, start.lower, max(start.upper, previous.upper))
  }

  /// Returns the span from the start of `start` to the token that was consumed last.
  func span(from start: SourceSpan) -> SourceSpan {
    SourceSpan(file: id, start.lower, max(start.upper, previous.upper))
  }

  /// Returns the number of blanks before the first token on the line of `token`.
  ///
  /// Each line is counted once: a hostile text can ask for the same endless line again and again.
  func indentation(ofLineOf token: Token) -> Int {
    let line = file.position(of: token.lower).line
    if let known = indentations[line] { return known }
    let start = file.byteRange(ofLine: line).lowerBound
    var offset = start
    while byte(offset) == UInt8(ascii: " ") || byte(offset) == UInt8(ascii: "\t") { offset += 1 }
    indentations[line] = offset - start
    return offset - start
  }
}

// MARK: - Consuming

extension Parser {
  /// Consumes the next token and returns it.
  ///
  /// The end of the file is never consumed.
  @discardableResult
  func take() -> Token {
    let token = current
    if token.kind != .endOfFile { index += 1 }
    return token
  }

  /// Consumes the next token if it is of the kind `kind`.
  @discardableResult
  func take(_ kind: Token.Kind) -> Bool {
    guard at(kind) else { return false }
    take()
    return true
  }

  /// Consumes the next token if it is the name `word`, which goes on with what stands before it.
  func take(word: StaticString) -> Bool {
    guard at(word: word) else { return false }
    mark(.inner)
    take()
    return true
  }

  /// Consumes the next token if it is the name `word`, which begins something.
  func take(headWord word: StaticString) -> Bool {
    guard at(word: word) else { return false }
    take()
    return true
  }

  /// Consumes a comma that does not stand between brackets of its own.
  func takeInnerComma() -> Bool {
    mark(.inner, if: .comma)
    return take(.comma)
  }

  /// Consumes a token of the kind `kind`, or reports that it is missing.
  @discardableResult
  func expect(_ kind: Token.Kind, _ context: String) -> Bool {
    if take(kind) { return true }
    fail(expected: "\(kind.quoted) \(context)")
    return false
  }

  /// Consumes the name `word`, or reports that it is missing.
  @discardableResult
  func expect(word: StaticString, _ context: String) -> Bool {
    if take(word: word) { return true }
    fail(expected: "'\(word)' \(context)")
    return false
  }

  /// Consumes a name that is not reserved, or reports that it is missing; then the name is empty.
  func expectName(_ what: String) -> Name {
    if at(.identifier) {
      let token = take()
      return Name(text(token), span: span(token))
    }
    if current.kind.isKeyword, !startsLineHere {
      let token = take()
      if !isRecovering { add(.reservedWord(text(token), wanted: what, span: span(token))) }
      return Name(text(token), span: span(token))
    }
    fail(expected: what)
    return Name("", span: missingSpan)
  }

  /// Whether the next token is the first one on its line, and not of the file.
  private var startsLineHere: Bool { current.startsLine && index > 0 }
}

// MARK: - Reporting

extension Parser {
  /// Adds `diagnostic`, unless an earlier error of the same construct has been reported.
  func report(_ diagnostic: Diagnostic) {
    guard !isRecovering else { return }
    isRecovering = true
    add(diagnostic)
  }

  /// Adds `diagnostic` about text that was understood all the same.
  func add(_ diagnostic: Diagnostic) {
    guard diagnostics.count < Self.diagnosticLimit else { return }
    diagnostics.append(diagnostic)
    // A text with so many errors is not what its author thinks it is: the rest is not read.
    if diagnostics.count == Self.diagnosticLimit { index = tokens.count - 1 }
  }

  /// Adds `diagnostic`, unless its rule has been reported in this file.
  func addOnce(_ diagnostic: Diagnostic) {
    if onceReported.insert(diagnostic.rule).inserted { add(diagnostic) }
  }

  /// Reports that something else is expected where the next token stands.
  func fail(expected: String) {
    // What the lexer could not read, it has reported.
    if at(.invalid) { isRecovering = true }
    report(.expectedToken(expected, found: found, span: missingSpan))
  }

  /// The next token as a message names it.
  var found: String {
    if at(.endOfFile) { return "the end of the file" }
    if current.startsLine, index > 0 { return "the end of the line" }
    switch current.kind {
    case .identifier, .integer: return "'\(text(current).prefix(40))'"
    default: return current.kind.quoted
    }
  }

  /// Where to point when something is missing before the next token: at that token, or behind the
  /// one before it if that ends the line.
  var missingSpan: SourceSpan {
    if index > 0, current.startsLine {
      return SourceSpan(file: id, previous.upper, previous.upper)
    }
    return span(current)
  }
}

// MARK: - Roles

extension Parser {
  /// Notes the role of the next token, unless one is noted.
  func mark(_ role: TokenRole) {
    if roles[index] == .plain { roles[index] = role }
  }

  /// Notes the role of the next token if it is of the kind `kind`.
  func mark(_ role: TokenRole, if kind: Token.Kind) {
    if at(kind) { mark(role) }
  }
}

// MARK: - Depth

extension Parser {
  /// Enters a block, group or type; `false` if that would be too deep, which has been reported.
  ///
  /// Each call that answers `true` is paired with a ``leave()``.
  func enter() -> Bool {
    if depth < Self.nestingLimit {
      depth += 1
      return true
    }
    addOnce(.nestingTooDeep(limit: Self.nestingLimit, span: span(current)))
    isRecovering = true
    return false
  }

  /// Leaves what ``enter()`` entered.
  func leave() {
    depth -= 1
  }

  /// Returns `expression` if one level more on top of `below` is not too high.
  ///
  /// Else the expression is dropped and the first such place of the file is reported. The height
  /// of the result is in ``height``.
  func grow(_ expression: ExpressionSyntax, over below: Int) -> ExpressionSyntax {
    height = below + 1
    guard height > Self.heightLimit else { return expression }
    let span = expression.span
    addOnce(.expressionTooLong(limit: Self.heightLimit, span: span))
    height = 0
    return .error(span)
  }
}
