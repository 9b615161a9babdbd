import SourceText

extension Parser {
  /// Parses a type.
  ///
  ///     type ::= basic-type ['?'] ('[' expression ']')*
  func parseType() -> TypeSyntax {
    let start = current
    guard enter() else { return .error(span(start)) }
    defer { leave() }
    var type = parseOptionalType()
    var suffixes = 0
    while atOnLine(.leftBracket) {
      mark(.attached)
      take()
      let index = parseExpression()
      if !expect(.rightBracket, "behind the number of elements") { skipPast(.rightBracket) }
      suffixes += 1
      // An array of arrays of arrays … is as deep as its nesting.
      type =
        suffixes > Self.nestingLimit
        ? .error(span(from: start)) : .array(of: type, index: index, span(from: start))
    }
    if suffixes > Self.nestingLimit {
      addOnce(.nestingTooDeep(limit: Self.nestingLimit, span: span(from: start)))
    }
    return type
  }

  /// Parses a basic type that may be nil.
  ///
  ///     optional-type ::= basic-type ['?']
  private func parseOptionalType() -> TypeSyntax {
    let start = current
    let type = parseBasicType()
    guard atOnLine(.question) else { return type }
    mark(.attached)
    take()
    return .optional(type, span(from: start))
  }

  /// Parses a type without its suffixes.
  ///
  ///     basic-type ::= identifier | 'task' | range-type | 'holds' optional-type
  ///                  | 'set' 'of' optional-type
  ///                  | 'list' 'of' optional-type 'up' 'to' operators
  private func parseBasicType() -> TypeSyntax {
    let start = current
    switch start.kind {
    case .holds:
      take()
      let type = parseInnerType()
      return .holds(type, span(from: start))
    case .task:
      take()
      return .named(Name(text(start), span: span(start)))
    case .identifier where peek().kind == .of:
      return parseCollectionType()
    case .identifier where !isBoundOperator(peek()):
      take()
      return .named(Name(text(start), span: span(start)))
    case .identifier, .integer, .minus, .leftParenthesis:
      return parseRangeType()
    default:
      fail(expected: "a type")
      return .error(missingSpan)
    }
  }

  /// Parses the type inside of another one, a level deeper.
  private func parseInnerType() -> TypeSyntax {
    guard enter() else { return .error(span(current)) }
    defer { leave() }
    return parseOptionalType()
  }

  private func parseCollectionType() -> TypeSyntax {
    let start = take()
    take(.of)
    let element = parseInnerType()
    if isWord(start, "set") { return .set(of: element, span(from: start)) }
    guard isWord(start, "list") else {
      report(.expectedToken("'set of' or 'list of'", found: "'\(text(start))'", span: span(start)))
      return .error(span(from: start))
    }
    expect(word: "up", "and the largest number of elements")
    expect(word: "to", "and the largest number of elements")
    let capacity = parseBound()
    return .list(of: element, capacity: capacity, span(from: start))
  }

  /// Parses a range.
  ///
  ///     range-type ::= operators '..' operators
  private func parseRangeType() -> TypeSyntax {
    let start = current
    let lower = parseBound()
    expect(.range, "between the ends of a range")
    let upper = parseBound()
    return .range(lower: lower, upper: upper, span(from: start))
  }

  /// Parses the end of a range, or the capacity of a list.
  ///
  /// A bracket behind it belongs to the type.
  private func parseBound() -> ExpressionSyntax {
    let outer = isInBound
    isInBound = true
    defer { isInBound = outer }
    return parseOperators(from: .additive)
  }

  /// Whether a name before `token` is part of a computed bound and no type.
  private func isBoundOperator(_ token: Token) -> Bool {
    switch token.kind {
    case .range, .plus, .minus, .star, .slash, .percent: true
    default: false
    }
  }
}
