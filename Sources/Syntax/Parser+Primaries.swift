import SourceText

/// Expressions that begin with a token of their own.
extension Parser {
  /// Parses an operand.
  ///
  ///     primary ::= integer | 'true' | 'false' | 'nil' | 'self' | identifier | 'task'
  ///               | '(' expression ')' | '[' list(expression) ']' | '{' field-values '}'
  ///               | new | quantifier
  func parsePrimary() -> ExpressionSyntax {
    height = 1
    let start = current
    switch start.kind {
    case .integer: return parseInteger()
    case .true, .false:
      take()
      return .boolean(start.kind == .true, span(start))
    case .nil:
      take()
      return .null(span(start))
    case .selfTask:
      take()
      return .selfTask(span(start))
    case .identifier: return parseNameOrQuantifier()
    case .task:
      take()
      return .name(Name(text(start), span: span(start)))
    case .new: return parseNew()
    case .leftParenthesis: return parseParenthesized()
    case .leftBracket: return parseArrayLiteral()
    case .leftBrace where !isInHead || looksLikeLiteral: return parseLiteral()
    case .ampersand:
      mark(.prefix)
      take()
      if !isRecovering { add(.misplacedAddress(span(start))) }
      return parsePostfixed()
    default:
      return parseMissingExpression()
    }
  }

  private func parseMissingExpression() -> ExpressionSyntax {
    if at(.string) {
      report(.misplacedString(span(current)))
    } else {
      fail(expected: "an expression")
    }
    height = 1
    return .error(missingSpan)
  }

  private func parseInteger() -> ExpressionSyntax {
    let token = take()
    var value: Int64 = 0
    for byte in file.bytes[Int(token.lower)..<Int(token.upper)] {
      guard (0x30...0x39).contains(byte) else { return .error(span(token)) }
      let (tens, overflowsTens) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = tens.addingReportingOverflow(Int64(byte - 0x30))
      if overflowsTens || overflows {
        add(.numberTooLarge(span(token)))
        return .error(span(token))
      }
      value = sum
    }
    return .integer(value, span(token))
  }

  private func parseParenthesized() -> ExpressionSyntax {
    take()
    let expression = inGroup { $0.parseExpression() }
    if !expect(.rightParenthesis, "behind the expression") { skipPast(.rightParenthesis) }
    return expression
  }

  private func parseArrayLiteral() -> ExpressionSyntax {
    let open = take()
    var elements: [ExpressionSyntax] = []
    var tallest = 0
    inGroup { parser in
      parser.parseList(until: .rightBracket, of: "array", newlinesSeparate: true) {
        elements.append($0.parseExpression())
        tallest = max(tallest, $0.height)
      }
    }
    return grow(.arrayLiteral(elements, span(from: open)), over: tallest)
  }

  /// Whether the brace here opens a literal and not the body of the statement around it.
  private var looksLikeLiteral: Bool {
    if peek().kind == .rightBrace { return true }
    guard peek().kind == .identifier else { return false }
    switch peek(2).kind {
    case .comma, .rightBrace, .colon, .dot: return true
    default: return false
    }
  }

  /// Parses a struct, word or set by its members.
  ///
  ///     literal ::= '{' field-values '}'
  private func parseLiteral() -> ExpressionSyntax {
    let open = take()
    let fields = inGroup { $0.parseFieldValues(until: .rightBrace) }
    return grow(.literal(fields, span(from: open)), over: height)
  }

  /// Parses the members of a literal and its closing bracket.
  ///
  ///     field-values ::= list(field-value)
  ///     field-value ::= identifier ':' expression | expression
  ///
  /// A newline parts members as a comma does. A name alone is a flag that is set, or a member of
  /// a set.
  func parseFieldValues(until closer: Token.Kind) -> [FieldValueSyntax] {
    var fields: [FieldValueSyntax] = []
    var tallest = 0
    parseList(until: closer, of: "literal", newlinesSeparate: true) { parser in
      fields.append(parser.parseFieldValue())
      tallest = max(tallest, parser.height)
    }
    height = tallest
    return fields
  }

  private func parseFieldValue() -> FieldValueSyntax {
    if at(.identifier), peek().kind == .colon {
      let name = expectName("the name of a field")
      take()
      return FieldValueSyntax(name: name, value: parseExpression())
    }
    let value = parseExpression()
    if case .name(let name) = value { return FieldValueSyntax(name: name, value: nil) }
    return FieldValueSyntax(name: nil, value: value)
  }

  /// Parses the making of an object.
  ///
  ///     new ::= 'new' identifier ['{' field-values '}']
  private func parseNew() -> ExpressionSyntax {
    let start = take()
    let pool = expectName("the name of a pool")
    guard atOnLine(.leftBrace), !isRecovering, !isInHead else {
      return .new(pool, [], span(from: start))
    }
    take()
    let fields = inGroup { $0.parseFieldValues(until: .rightBrace) }
    return grow(.new(pool, fields, span(from: start)), over: height)
  }
}

// MARK: - Quantifiers and domains

extension Parser {
  private func parseNameOrQuantifier() -> ExpressionSyntax {
    let start = take()
    if at(.identifier), peek().kind == .in {
      if isWord(start, "all") { return parseQuantifier(.all, from: start) }
      if isWord(start, "some") { return parseQuantifier(.some, from: start) }
    }
    if at(.leftParenthesis), peek().kind == .identifier, peek(2).kind == .in {
      if isWord(start, "count") { return parseAggregate(.count, from: start) }
      if isWord(start, "sum") { return parseAggregate(.sum, from: start) }
    }
    return .name(Name(text(start), span: span(start)))
  }

  /// Parses a quantifier over truth values.
  ///
  ///     quantifier ::= ('all' | 'some') identifier 'in' domain ['where' expression] ':' expression
  ///                  | 'count' '(' identifier 'in' domain ['where' expression] ')'
  ///                  | 'sum' '(' identifier 'in' domain ['where' expression] ':' expression ')'
  ///
  /// The body reaches as far to the right as possible.
  private func parseQuantifier(
    _ kind: QuantifierSyntax.Kind, from start: Token
  ) -> ExpressionSyntax {
    let variable = expectName("the name of a variable")
    take(.in)
    let domain = parseDomain()
    var tallest = height
    let filter = parseFilter()
    tallest = max(tallest, height)
    var body: ExpressionSyntax?
    if kind != .count {
      expect(.colon, "before the body of '\(kind.rawValue)'")
      body = isRecovering ? .error(missingSpan) : parseExpression()
    }
    let quantifier = QuantifierSyntax(
      kind: kind, variable: variable, domain: domain, filter: filter, body: body)
    return grow(.quantifier(quantifier, span(from: start)), over: max(tallest, height))
  }

  private func parseAggregate(
    _ kind: QuantifierSyntax.Kind, from start: Token
  ) -> ExpressionSyntax {
    mark(.attached)
    take(.leftParenthesis)
    let quantifier = inGroup { $0.parseQuantifier(kind, from: start) }
    let below = height
    if !expect(.rightParenthesis, "at the end of '\(kind.rawValue)'") {
      skipPast(.rightParenthesis)
    }
    height = below
    guard case .quantifier(let syntax, _) = quantifier else { return quantifier }
    return .quantifier(syntax, span(from: start))
  }

  private func parseFilter() -> ExpressionSyntax? {
    mark(.inner, if: .where)
    guard !isRecovering, take(.where) else { return nil }
    return parseExpression()
  }

  /// Parses what a loop, a choice or a quantifier ranges over.
  ///
  ///     domain ::= 'all' identifier | operators ['..' operators]
  func parseDomain() -> DomainSyntax {
    let start = current
    if at(word: "all"), peek().kind == .identifier, !isWord(peek(), "safely") {
      take()
      let name = expectName("the name of a pool")
      return .allObjects(name, span(from: start))
    }
    let lower = parseOperators(from: .additive)
    guard !isRecovering, take(.range) else { return .expression(lower) }
    return .range(lower, parseOperators(from: .additive))
  }
}
