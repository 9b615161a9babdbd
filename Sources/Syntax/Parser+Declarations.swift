import SourceText

// MARK: - The file

extension Parser {
  /// Parses a whole file.
  ///
  ///     file ::= ['module' path] ('import' path)* declaration*
  func parseModule() -> ModuleSyntax {
    var module = ModuleSyntax(file: id)
    while !at(.endOfFile) {
      isRecovering = false
      isUnwinding = false
      suspectBrace = nil
      let start = index
      switch current.kind {
      case .semicolon: take()
      case .module: parseModuleHead(&module)
      case .import: parseImport(&module)
      case .rightBrace: parseSurplusBrace()
      default:
        if let declaration = parseDeclaration() { module.declarations.append(declaration) }
        finishDeclaration(since: start)
      }
    }
    return module
  }

  private func parseModuleHead(_ module: inout ModuleSyntax) {
    let start = index
    let documentation = documentation(before: current)
    if start > 0 { add(.misplacedHead("'module' must be the first declaration", span(current))) }
    take()
    let path = parsePath("the name of the module")
    if module.path.isEmpty {
      module.path = path
      module.documentation = documentation
    }
    finishDeclaration(since: start)
  }

  private func parseImport(_ module: inout ModuleSyntax) {
    let start = index
    if !module.declarations.isEmpty {
      add(.misplacedHead("an import must come before all declarations", span(current)))
    }
    take()
    let first = current
    let path = parsePath("the name of a module")
    if !isRecovering { module.imports.append(ImportSyntax(path: path, span: span(from: first))) }
    finishDeclaration(since: start)
  }

  /// Parses the name of a module.
  ///
  ///     path ::= identifier ('.' identifier)*
  private func parsePath(_ what: String) -> [Name] {
    var path = [expectName(what)]
    while !isRecovering, take(.dot) { path.append(expectName("another part of the name")) }
    return path
  }

  private func parseSurplusBrace() {
    let brace = take()
    if forgivenBraces > 0 {
      forgivenBraces -= 1
    } else {
      add(.unexpectedCloser("}", span: span(brace)))
      // A run of them is one mistake.
      while take(.rightBrace) {}
    }
  }

  private func finishDeclaration(since start: Int) {
    if !isRecovering { finishMember(since: start) }
    guard isRecovering, !isUnwinding else { return }
    while !at(.endOfFile), !startsDeclaration || (index == start && !at(.rightBrace)) {
      if current.kind.isOpener { skipGroup() } else { take() }
    }
  }

  /// Whether a declaration can start here: at a known word that is the first one on its line.
  var startsDeclaration: Bool {
    guard current.startsLine else { return false }
    switch current.kind {
    case .module, .import, .bug, .option, .const, .violation, .enum, .struct, .pool, .fn,
      .scenario, .environment, .check, .invariant, .finally, .reachable, .var:
      return true
    case .atomic:
      return peek().kind == .fn
        || isWord(peek(), "word") && [.identifier, .enum, .struct].contains(peek(2).kind)
    case .task: return peek().kind == .var
    case .ghost: return peek().kind == .var || peek().kind == .task
    default: return isContextualHead
    }
  }

  /// Whether the next token is a word that begins a declaration although it is not reserved.
  private var isContextualHead: Bool {
    let following = peek().kind
    if at(word: "lock") { return following == .struct || isWord(peek(), "bit") }
    if at(word: "stable") || at(word: "fixed") { return following == .pool }
    if at(word: "word") {
      return following == .identifier || following == .enum || following == .struct
    }
    return at(word: "leads_to") && following == .identifier
  }

  /// Returns the text of the `///` lines directly before `token`.
  func documentation(before token: Token) -> String {
    let end = index > 0 ? previous.upper : 0
    var lines: [String] = []
    var next = token.lower
    for comment in list.comments(from: end, to: token.lower).reversed() {
      guard comment.isDocumentation, comment.startsLine else { break }
      if !lines.isEmpty, hasBlankLine(from: comment.upper, to: next) { break }
      let text = String(
        decoding: file.bytes[Int(comment.lower) + 3..<Int(comment.upper)], as: UTF8.self)
      lines.append(String(text.hasPrefix(" ") ? text.dropFirst() : text[...]).trimmed)
      next = comment.lower
    }
    return lines.reversed().joined(separator: "\n")
  }

  private func hasBlankLine(from lower: UInt32, to upper: UInt32) -> Bool {
    file.bytes[Int(lower)..<Int(upper)].count { $0 == UInt8(ascii: "\n") } > 1
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmed: String {
    String(decoding: utf8.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
  }
}

// MARK: - Declarations

extension Parser {
  /// Parses a declaration; nil if none is here, which has been reported.
  ///
  ///     declaration ::= bug | option | constant | violation | enum | struct | word-enum | lock-bit
  ///                   | variable | function | property | scenario | check
  func parseDeclaration() -> DeclarationSyntax? {
    let documentation = documentation(before: current)
    return parseDeclaration(misspelledHead() ?? current.kind, documentation)
  }

  private func parseDeclaration(
    _ head: Token.Kind, _ documentation: String
  ) -> DeclarationSyntax? {
    switch head {
    case .bug: return .bug(parseBug(documentation))
    case .option: return .option(parseOption())
    case .const: return .constant(parseConstant())
    case .violation: return .violation(parseViolation())
    case .enum: return .enumeration(parseEnum())
    case .struct, .pool: return .structure(parseStruct(documentation))
    case .var: return .variable(parseVariable())
    case .task where peek().kind == .var: return .variable(parseVariable())
    case .ghost where peek().kind == .var || peek().kind == .task:
      return .variable(parseVariable())
    case .fn: return .function(parseFunction(documentation))
    case .atomic where peek().kind == .fn: return .function(parseFunction(documentation))
    case .atomic where isWord(peek(), "word"): return parseWordType(documentation)
    case .invariant, .finally, .reachable: return .property(parseProperty())
    case .scenario, .environment: return .scenario(parseScenario(documentation: documentation))
    case .check: return .check(parseCheck(documentation: documentation))
    case .identifier where isContextualHead: return parseContextualDeclaration(documentation)
    default:
      refuseDeclaration()
      return nil
    }
  }

  private func parseContextualDeclaration(_ documentation: String) -> DeclarationSyntax? {
    if at(word: "lock"), peek().kind != .struct { return .lockBit(parseLockBit()) }
    if at(word: "word") { return parseWordType(documentation) }
    if at(word: "leads_to") { return .property(parseProperty()) }
    return .structure(parseStruct(documentation))
  }

  /// Returns the reserved word that the name here was probably meant to be, and reports it.
  private func misspelledHead() -> Token.Kind? {
    guard at(.identifier), !isContextualHead else { return nil }
    let kinds: [Token.Kind] = [
      .bug, .option, .const, .violation, .enum, .struct, .pool, .fn, .invariant, .finally,
      .reachable, .scenario, .environment, .check,
    ]
    let word = text(current)
    let names = kinds.map(\.rawValue)
    guard let near = Spelling.nearest(to: word, among: names) else { return nil }
    add(.unknownDeclaration(word, suggestion: near, span: span(current)))
    return kinds.first { $0.rawValue == near }
  }

  private func refuseDeclaration() {
    switch current.kind {
    case .invalid: isRecovering = true
    case .task, .daemon, .interrupt:
      report(.misplacedTask(text(current), span: span(current)))
    case let kind where Token.Kind.statementHeads.contains(kind):
      report(.misplacedStatement(text(current), span: span(current)))
    case .identifier where isStatementLike:
      report(.misplacedStatement(text(current), span: span(current)))
    case .identifier:
      report(.unknownDeclaration(text(current), suggestion: nil, span: span(current)))
    default:
      report(.expectedToken("a declaration", found: current.kind.quoted, span: span(current)))
    }
  }

  private var isStatementLike: Bool {
    switch peek().kind {
    case .leftParenthesis, .dot, .assign, .addAssign, .subtractAssign, .leftBracket: true
    default: false
    }
  }

  /// Parses a declaration inside a body, where none can stand, and drops it.
  func parseMisplacedDeclaration() {
    guard enter() else { return }
    defer { leave() }
    let isOutermost = !isInMisplaced
    isInMisplaced = true
    defer { isInMisplaced = !isOutermost }
    if isOutermost, !isUnwinding { add(.misplacedDeclaration(text(current), span(current))) }
    switch current.kind {
    case .module, .import:
      take()
      _ = parsePath("the name of a module")
    default:
      _ = parseDeclaration()
    }
  }
}

// MARK: - Small declarations

extension Parser {
  /// Parses a mistake that can be switched on.
  ///
  ///     bug ::= 'bug' identifier identifier string
  private func parseBug(_ documentation: String) -> BugSyntax {
    let start = take()
    let bug = expectName("the id of the bug, such as 'B01'")
    let name = expectName("the name of the bug")
    let sentence = expectString("a sentence that says what was wrong,")
    return BugSyntax(
      id: bug, name: name, sentence: sentence, documentation: documentation,
      span: span(from: start))
  }

  /// Parses a value that a check can set.
  ///
  ///     option ::= 'option' identifier ':' type '=' expression [string]
  private func parseOption() -> OptionSyntax {
    take()
    let name = expectName("the name of the option")
    expect(.colon, "and the type of the option")
    let type = isRecovering ? .error(missingSpan) : parseType()
    expect(.assign, "and the default of the option")
    let value = isRecovering ? .error(missingSpan) : parseExpression()
    let sentence = !isRecovering && at(.string) ? stringValue(take()) : ""
    return OptionSyntax(name: name, type: type, value: value, sentence: sentence)
  }

  /// Parses a number with a name.
  ///
  ///     constant ::= 'const' identifier '=' expression
  private func parseConstant() -> ConstantSyntax {
    take()
    let name = expectName("the name of the constant")
    expect(.assign, "and the value of the constant")
    return ConstantSyntax(
      name: name, value: isRecovering ? .error(missingSpan) : parseExpression())
  }

  /// Parses something that must not happen.
  ///
  ///     violation ::= 'violation' identifier string
  private func parseViolation() -> ViolationSyntax {
    take()
    let name = expectName("the name of the violation")
    return ViolationSyntax(name: name, message: expectString("the message of the violation"))
  }

  /// Parses an enumeration.
  ///
  ///     enum ::= 'enum' identifier '{' identifier ((',' | newline) identifier)* '}'
  private func parseEnum() -> EnumSyntax {
    take()
    let name = expectName("the name of the enum")
    var cases: [Name] = []
    parseBody(.fields, of: "the enum") { parser in
      cases.append(parser.expectName("the name of a case"))
    }
    return EnumSyntax(name: name, cases: cases)
  }

  /// Parses a function.
  ///
  ///     function ::= ['atomic'] 'fn' identifier '(' parameters ')' ['->' type] block
  private func parseFunction(_ documentation: String) -> FunctionSyntax {
    let isAtomic = take(.atomic)
    take()
    let name = expectName("the name of the function")
    var parameters: [ParameterSyntax] = []
    if at(.leftParenthesis), !isRecovering {
      parameters = parseParameters()
    } else {
      fail(expected: "'(' and the parameters of the function")
    }
    let result = !isRecovering && take(.arrow) ? parseType() : nil
    let body = parseBlock(of: "the function")
    return FunctionSyntax(
      isAtomic: isAtomic, name: name, parameters: parameters, result: result, body: body,
      documentation: documentation)
  }

  /// Parses the parameters of a function, scenario or environment.
  ///
  ///     parameters ::= list(identifier ':' ['inout'] type)
  func parseParameters() -> [ParameterSyntax] {
    mark(.attached)
    take()
    var parameters: [ParameterSyntax] = []
    parseList(until: .rightParenthesis, of: "parameters") { parser in
      let name = parser.expectName("the name of a parameter")
      parser.expect(.colon, "and the type of the parameter")
      guard !parser.isRecovering else { return }
      let isInout = parser.at(word: "inout") && parser.peek().kind != .of
      if isInout { parser.take() }
      parameters.append(ParameterSyntax(name: name, isInout: isInout, type: parser.parseType()))
    }
    return parameters
  }
}
