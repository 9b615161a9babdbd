import SourceText

/// How tightly an infix operator binds.
enum Precedence: Int, Comparable {
  case disjunction, conjunction, comparison, additive, multiplicative

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
}

// MARK: - Operators

extension Parser {
  /// Parses an expression.
  ///
  ///     expression ::= operators ['?' expression ':' expression] ['=>' expression]
  func parseExpression() -> ExpressionSyntax {
    let start = current
    guard enter() else { return .error(span(start)) }
    defer { leave() }
    var left = parseOperators(from: .disjunction)
    if !isRecovering, at(.question) {
      left = parseConditional(left)
    }
    guard !isRecovering, at(.implies) else { return left }
    let sign = take()
    let below = height
    let right = parseExpression()
    return grow(
      .binary(.implies, left, right, operatorSpan: span(sign)), over: max(below, height))
  }

  private func parseConditional(_ condition: ExpressionSyntax) -> ExpressionSyntax {
    take()
    var below = height
    let then = parseExpression()
    below = max(below, height)
    mark(.inner)
    guard expect(.colon, "between the two values of '?'") else { return condition }
    let otherwise = parseConditionalTail()
    return grow(.conditional(condition, then, otherwise), over: max(below, height))
  }

  /// Parses what stands behind the colon: another conditional, but no implication.
  private func parseConditionalTail() -> ExpressionSyntax {
    guard enter() else { return .error(span(current)) }
    defer { leave() }
    let value = parseOperators(from: .disjunction)
    return !isRecovering && at(.question) ? parseConditional(value) : value
  }

  /// Parses operands with infix operators between them.
  ///
  ///     operators ::= prefixed (infix prefixed)*
  ///     infix ::= '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
  ///             | '+' | '-' | '|' | '*' | '/' | '%' | '&'
  ///
  /// Operators bind as in C, except that `|` and `&` bind like `+` and `*`. Comparisons do not
  /// chain. The operators wait on a stack of their own, so a long chain needs no recursion here.
  func parseOperators(from minimum: Precedence) -> ExpressionSyntax {
    var stack = OperatorStack(first: parsePrefixed(), height: height)
    while !isRecovering, let (infix, precedence) = infixOperator(current), precedence >= minimum {
      let sign = span(current)
      while let top = stack.waiting.last, top.precedence >= precedence {
        if precedence == .comparison, top.precedence == .comparison {
          add(.chainedComparison(sign))
        }
        reduce(&stack)
      }
      take()
      stack.waiting.append((infix, precedence, sign))
      let operand = parsePrefixed()
      stack.operands.append((operand, height))
    }
    while !stack.waiting.isEmpty { reduce(&stack) }
    guard let (result, resultHeight) = stack.operands.last else { return .error(missingSpan) }
    height = resultHeight
    return result
  }

  /// The operands and operators of a chain that has been read in part.
  private struct OperatorStack {
    var operands: [(expression: ExpressionSyntax, height: Int)]
    var waiting: [(infix: BinaryOperatorSyntax, precedence: Precedence, span: SourceSpan)] = []

    init(first: ExpressionSyntax, height: Int) {
      operands = [(first, height)]
    }
  }

  /// Joins the last two operands by the last operator.
  private func reduce(_ stack: inout OperatorStack) {
    guard let top = stack.waiting.popLast(), let right = stack.operands.popLast(),
      let left = stack.operands.popLast()
    else { return }
    let joined = grow(
      .binary(top.infix, left.expression, right.expression, operatorSpan: top.span),
      over: max(left.height, right.height))
    stack.operands.append((joined, height))
  }

  private func infixOperator(_ token: Token) -> (BinaryOperatorSyntax, Precedence)? {
    switch token.kind {
    case .doubleBar: (.or, .disjunction)
    case .and: (.and, .conjunction)
    case .equal: (.equal, .comparison)
    case .notEqual: (.notEqual, .comparison)
    case .less: (.less, .comparison)
    case .lessOrEqual: (.lessOrEqual, .comparison)
    case .greater: (.greater, .comparison)
    case .greaterOrEqual: (.greaterOrEqual, .comparison)
    case .in: (.contains, .comparison)
    case .plus: (.add, .additive)
    case .minus: (.subtract, .additive)
    case .bar: (.union, .additive)
    case .star: (.multiply, .multiplicative)
    case .slash: (.divide, .multiplicative)
    case .percent: (.remainder, .multiplicative)
    case .ampersand: (.intersection, .multiplicative)
    default: nil
    }
  }

  /// Parses an operand with its prefix operators.
  ///
  ///     prefixed ::= ('!' | '-')* postfixed
  private func parsePrefixed() -> ExpressionSyntax {
    var signs: [Token] = []
    while at(.not) || at(.minus) {
      mark(.prefix)
      signs.append(take())
    }
    var expression = parsePostfixed()
    for sign in signs.reversed() {
      let span = span(sign).union(expression.span)
      expression = grow(
        .unary(sign.kind == .not ? .not : .negate, expression, span), over: height)
    }
    return expression
  }

  /// Parses an operand with what is hung on it.
  ///
  ///     postfixed ::= primary ('.' identifier | '(' arguments ')' | '[' expression ']')*
  ///
  /// A bracket or parenthesis must stand on the same line, a dot may start the next one.
  func parsePostfixed() -> ExpressionSyntax {
    var expression = parsePrimary()
    while !isRecovering {
      let below = height
      switch current.kind {
      case .dot:
        take()
        expression = grow(.member(expression, expectName("the name of a field")), over: below)
      case .arrow where !current.startsLine && peek().kind == .identifier:
        add(.arrowMember(span(take())))
        expression = grow(.member(expression, expectName("the name of a field")), over: below)
      case .leftParenthesis where !current.startsLine && !isInteger(expression):
        let arguments = parseArguments()
        checkCallee(expression)
        expression = grow(
          .call(expression, arguments, span(from: expression.span)), over: max(below, height))
      case .leftBracket where !current.startsLine && !isInBound:
        let index = parseIndex()
        expression = grow(
          .index(expression, index, span(from: expression.span)), over: max(below, height))
      default:
        height = below
        return expression
      }
    }
    return expression
  }

  private func isInteger(_ expression: ExpressionSyntax) -> Bool {
    if case .integer = expression { true } else { false }
  }

  private func checkCallee(_ callee: ExpressionSyntax) {
    switch callee {
    case .name, .member, .error: break
    default: if !isRecovering { add(.invalidCallee(callee.span)) }
    }
  }

  /// Parses the index behind an array.
  ///
  ///     index ::= '[' expression ']'
  func parseIndex() -> ExpressionSyntax {
    mark(.attached)
    take()
    let index = inGroup { $0.parseExpression() }
    if !expect(.rightBracket, "behind the index") { skipPast(.rightBracket) }
    return index
  }

  /// Parses the arguments of a call.
  ///
  ///     arguments ::= '(' list(expression) ')' | '(' list(field-value) ')'
  ///
  /// Arguments that are named as in `present(page: p, dirty)` make one literal of a word's case.
  func parseArguments() -> [ExpressionSyntax] {
    mark(.attached)
    let open = take()
    if at(.identifier), peek().kind == .colon {
      let fields = inGroup { $0.parseFieldValues(until: .rightParenthesis) }
      return [.literal(fields, span(from: open))]
    }
    var arguments: [ExpressionSyntax] = []
    var tallest = 0
    inGroup { parser in
      parser.parseList(until: .rightParenthesis, of: "arguments") {
        arguments.append($0.parseExpression())
        tallest = max(tallest, $0.height)
      }
    }
    height = tallest
    return arguments
  }

  /// Parses what stands between brackets, where braces and indices have their usual meaning.
  func inGroup<Result>(_ parse: (Parser) -> Result) -> Result {
    let (outerHead, outerBound) = (isInHead, isInBound)
    isInHead = false
    isInBound = false
    defer { (isInHead, isInBound) = (outerHead, outerBound) }
    return parse(self)
  }
}
