import SourceText

// MARK: - Blocks and statements

extension Parser {
  /// Parses a block.
  ///
  ///     block ::= '{' (statement (newline | ';'))* '}'
  func parseBlock(of what: String) -> BlockSyntax {
    let start = current
    var statements: [StatementSyntax] = []
    parseBody(.statements, of: what) { statements.append($0.parseStatement()) }
    return BlockSyntax(statements: statements, span: span(from: start))
  }

  /// Parses a statement.
  ///
  ///     statement ::= binding | conditional | unless | loop | labelled-block | switch | either
  ///                 | marked | jump | 'skip' | 'progress' | await | choose | require
  ///                 | 'unreachable' string | 'free' expression | hand-over | move
  ///                 | 'nested' statement | assignment | expression
  func parseStatement() -> StatementSyntax {
    let start = current
    guard enter() else {
      if at(.leftBrace) { skipGroup() }
      return StatementSyntax(.error, span: span(start))
    }
    defer { leave() }
    let kind = parseStatementKind(misspelledKeyword() ?? start.kind)
    return StatementSyntax(kind, span: span(from: start))
  }

  private func parseStatementKind(_ head: Token.Kind) -> StatementSyntax.Kind {
    switch head {
    case .let, .var: parseBinding()
    case .if: parseIf()
    case .unless: parseUnless()
    case .while, .loop, .for: parseLoop(label: nil, head)
    case .block: parseLabelledBlock()
    case .switch: parseSwitch()
    case .either: parseEither()
    case .atomic, .ghost: parseMarked(head)
    case .break, .continue, .leave, .return: parseJump(head)
    case .skip, .progress: parseWord(head)
    case .await: parseAwait()
    case .choose: parseChoose()
    case .require: parseRequire()
    case .unreachable: parseUnreachable()
    case .free: parseFree()
    case .identifier: parseNamedStatement()
    default: parseSimpleStatement()
    }
  }

  /// Returns the reserved word that the name here was probably meant to be, and reports it.
  ///
  /// A statement that begins with two words must begin with a reserved one.
  private func misspelledKeyword() -> Token.Kind? {
    guard at(.identifier), !peek().startsLine, startsOperand(peek()) else { return nil }
    guard !at(word: "move"), !at(word: "hand_over"), !at(word: "nested") else { return nil }
    let kinds = Token.Kind.statementHeads
    let word = text(current)
    // Of two letters one is half the word: that is another word and no mistake.
    guard word.utf8.count > 2 else { return nil }
    guard let near = Spelling.nearest(to: word, among: kinds.map(\.rawValue)) else {
      return nil
    }
    add(.unknownStatement(word, suggestion: near, span: span(current)))
    return kinds.first { $0.rawValue == near }
  }

  /// Whether `token` can start an expression that follows a word.
  private func startsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .identifier, .integer, .string, .true, .false, .nil, .selfTask, .new, .task, .not,
      .leftBrace:
      true
    default: false
    }
  }

  /// Whether the next token, on the same line, can start the operand of the statement before it.
  func atOperandOnLine() -> Bool {
    guard !current.startsLine else { return false }
    return startsOperand(current) || at(.leftParenthesis) || at(.leftBracket) || at(.minus)
  }
}

extension Token.Kind {
  /// The reserved words that begin statements.
  static let statementHeads: [Token.Kind] = [
    .let, .var, .if, .unless, .while, .loop, .for, .switch, .either, .block, .leave, .break,
    .continue, .return, .skip, .progress, .await, .choose, .require, .unreachable, .free,
    .atomic, .ghost,
  ]
}

// MARK: - Simple statements

extension Parser {
  /// Parses a local name and its value.
  ///
  ///     binding ::= 'let' identifier [':' type] '=' (expression | '&' postfixed)
  ///               | 'var' identifier [':' type] ['=' expression]
  private func parseBinding() -> StatementSyntax.Kind {
    let isMutable = take().kind == .var
    let name = expectName("the name of a local")
    let type = take(.colon) ? parseType() : nil
    if isMutable, type != nil, !at(.assign) { return .binding(isMutable: true, name, type, nil) }
    guard expect(.assign, "and the value of '\(name.text)'") else {
      return .binding(isMutable: isMutable, name, type, .error(missingSpan))
    }
    return .binding(isMutable: isMutable, name, type, parseInitializer(isMutable: isMutable))
  }

  private func parseInitializer(isMutable: Bool) -> ExpressionSyntax {
    guard at(.ampersand), !isMutable else { return parseExpression() }
    mark(.prefix)
    let start = take()
    let place = parsePostfixed()
    return grow(.address(place, span(from: start)), over: height)
  }

  /// Parses a statement that begins with a name: one of the few that are not reserved, a labelled
  /// loop, an assignment or a call.
  private func parseNamedStatement() -> StatementSyntax.Kind {
    if peek().kind == .colon { return parseLabelledLoop() }
    guard !peek().startsLine, startsOperand(peek()) else { return parseSimpleStatement() }
    if take(headWord: "move") { return parseMove() }
    if take(headWord: "hand_over") { return parseHandOver() }
    if take(headWord: "nested") { return .nested(parseStatement()) }
    return parseSimpleStatement()
  }

  /// Parses an assignment or a call.
  ///
  ///     assignment ::= postfixed ('=' | '+=' | '-=') expression
  private func parseSimpleStatement() -> StatementSyntax.Kind {
    if at(.leftBrace) || !startsExpression {
      fail(expected: "a statement")
      return .error
    }
    let target = parseExpression()
    guard !isRecovering else { return .error }
    if let sign = assignmentOperator(current) {
      take()
      checkTarget(target)
      return .assign(target, sign, parseExpression())
    }
    if at(.increment) || at(.decrement) {
      let sign = take()
      let replacement = sign.kind == .increment ? " += 1" : " -= 1"
      add(.noIncrement(text(sign), replacement: replacement, span: span(sign)))
      return .error
    }
    switch target {
    case .call, .error: return .expression(target)
    default:
      if canEndStatement { add(.unusedExpression(target.span)) }
      return .error
    }
  }

  /// Whether nothing follows that would make a mistake of its own.
  private var canEndStatement: Bool {
    current.startsLine || at(.semicolon) || at(.rightBrace)
  }

  private var startsExpression: Bool {
    startsOperand(current) || at(.leftParenthesis) || at(.leftBracket) || at(.minus)
      || at(.ampersand)
  }

  private func assignmentOperator(_ token: Token) -> AssignmentOperatorSyntax? {
    switch token.kind {
    case .assign: .assign
    case .addAssign: .add
    case .subtractAssign: .subtract
    default: nil
    }
  }

  private func checkTarget(_ target: ExpressionSyntax) {
    switch target {
    case .name, .member, .index, .error: break
    default: add(.invalidTarget(target.span))
    }
  }

  /// Parses the passage of an element from one list to another.
  ///
  ///     move ::= 'move' postfixed 'from' postfixed 'to' postfixed
  private func parseMove() -> StatementSyntax.Kind {
    let element = parsePostfixed()
    expect(word: "from", "and the list that the element leaves")
    let source = parseUnlessRecovering()
    expect(word: "to", "and the list that the element joins")
    return .move(element, from: source, to: parseUnlessRecovering())
  }

  /// Parses the passage of a lock to another task.
  ///
  ///     hand-over ::= 'hand_over' postfixed 'to' postfixed
  private func parseHandOver() -> StatementSyntax.Kind {
    let lock = parsePostfixed()
    expect(word: "to", "and the task that gets the lock")
    return .handOver(lock, to: parseUnlessRecovering())
  }

  private func parseUnlessRecovering() -> ExpressionSyntax {
    isRecovering ? .error(missingSpan) : parsePostfixed()
  }

  /// Parses a statement that is one word.
  private func parseWord(_ head: Token.Kind) -> StatementSyntax.Kind {
    take()
    return head == .skip ? .skip : .progress
  }

  /// Parses a wait.
  ///
  ///     await ::= 'await' ['rest'] expression
  private func parseAwait() -> StatementSyntax.Kind {
    take()
    var isRest = false
    if at(word: "rest"), !peek().startsLine,
      startsOperand(peek()) || peek().kind == .leftParenthesis
    {
      take()
      isRest = true
    }
    return .await(isRest: isRest, parseExpression())
  }

  /// Parses a choice of a value.
  ///
  ///     choose ::= 'choose' identifier 'in' domain ['where' expression]
  private func parseChoose() -> StatementSyntax.Kind {
    take()
    let name = expectName("the name of a local")
    expect(.in, "and what to choose from")
    guard !isRecovering else { return .error }
    let domain = parseDomain()
    mark(.inner, if: .where)
    let filter = !isRecovering && take(.where) ? parseExpression() : nil
    return .choose(name, domain, where: filter)
  }

  /// Parses a demand on the state.
  ///
  ///     require ::= 'require' expression 'else' identifier
  private func parseRequire() -> StatementSyntax.Kind {
    take()
    let condition = parseExpression()
    mark(.inner)
    expect(.else, "and the name of a violation")
    guard !isRecovering else { return .error }
    return .require(condition, violation: expectName("the name of a violation"))
  }

  private func parseUnreachable() -> StatementSyntax.Kind {
    take()
    return .unreachable(expectString("the reason why this cannot be reached"))
  }

  private func parseFree() -> StatementSyntax.Kind {
    take()
    return .free(parseExpression())
  }

  /// Parses a jump.
  ///
  /// What follows the word must be on its line.
  ///
  ///     jump ::= ('break' | 'continue') [identifier] | 'leave' identifier | 'return' [expression]
  private func parseJump(_ head: Token.Kind) -> StatementSyntax.Kind {
    take()
    switch head {
    case .return: return .returnValue(atOperandOnLine() ? parseExpression() : nil)
    case .leave: return .leave(label: expectName("the label of a block"))
    default:
      let label = atOnLine(.identifier) ? expectName("the label of a loop") : nil
      return head == .break ? .breakLoop(label: label) : .continueLoop(label: label)
    }
  }

  /// Consumes a string and returns its text, or reports that it is missing.
  func expectString(_ what: String) -> String {
    guard at(.string) else {
      fail(expected: "\(what) in double quotes")
      return ""
    }
    return stringValue(take())
  }

  /// Returns the text of a string without its quotes and with its escapes resolved.
  func stringValue(_ token: Token) -> String {
    var value: [UInt8] = []
    var isEscaped = false
    for byte in file.bytes[Int(token.lower) + 1..<Int(token.upper)] {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if !isEscaped, byte == UInt8(ascii: "\"") {
        break
      } else {
        value.append(byte)
        isEscaped = false
      }
    }
    return String(decoding: value, as: UTF8.self)
  }
}
