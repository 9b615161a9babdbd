import SourceText

/// Statements with bodies.
extension Parser {
  /// Parses a branch.
  ///
  ///     conditional ::= 'if' condition ['unless' identifier] block
  ///                     ('else' 'if' condition ['unless' identifier] block)* ['else' block]
  func parseIf() -> StatementSyntax.Kind {
    var branches: [ConditionalBranchSyntax] = []
    repeat {
      take()
      let condition = parseCondition()
      mark(.inner, if: .unless)
      let bug = !isRecovering && take(.unless) ? expectName("the name of a bug") : nil
      awaitedElses += 1
      let body = parseBlock(of: "'if'")
      awaitedElses -= 1
      branches.append(ConditionalBranchSyntax(condition: condition, unless: bug, body: body))
    } while takeElseIf()
    let otherwise = !isRecovering && resume(at: .else) ? parseBlock(of: "'else'") : nil
    return .conditional(branches, otherwise: otherwise)
  }

  private func takeElseIf() -> Bool {
    !isRecovering && at(.else) && peek().kind == .if && resume(at: .else)
  }

  /// Parses what is tested.
  ///
  ///     condition ::= expression | 'let' pattern '=' expression
  private func parseCondition() -> ConditionSyntax {
    if take(.let) {
      let pattern = parsePattern()
      expect(.assign, "and the word that is matched")
      return .match(pattern, isRecovering ? .error(missingSpan) : parseHead())
    }
    return .expression(parseHead())
  }

  /// Parses an expression with the body of a statement behind it.
  func parseHead() -> ExpressionSyntax {
    let outer = isInHead
    isInHead = true
    defer { isInHead = outer }
    let condition = parseExpression()
    guard !isRecovering, at(.assign) else { return condition }
    let sign = take()
    add(.assignmentInCondition(span(sign)))
    let right = parseExpression()
    return .binary(.equal, condition, right, operatorSpan: span(sign))
  }

  /// Parses a statement that a bug drops.
  ///
  ///     unless ::= 'unless' identifier block ['else' block]
  func parseUnless() -> StatementSyntax.Kind {
    take()
    let bug = expectName("the name of a bug")
    awaitedElses += 1
    let body = parseBlock(of: "'unless'")
    awaitedElses -= 1
    let otherwise = !isRecovering && resume(at: .else) ? parseBlock(of: "'else'") : nil
    return .unless(bug, body, otherwise: otherwise)
  }

  /// Parses a loop with its label.
  ///
  ///     loop ::= [identifier ':'] ('while' expression | 'loop' | 'for' identifier 'in' domain
  ///              ['safely']) block
  func parseLabelledLoop() -> StatementSyntax.Kind {
    let label = expectName("a label")
    take(.colon)
    switch current.kind {
    case .while, .loop, .for: return parseLoop(label: label, current.kind)
    default:
      fail(expected: "'while', 'loop' or 'for' behind the label '\(label.text)'")
      return .error
    }
  }

  /// Parses a loop whose label has been consumed.
  func parseLoop(label: Name?, _ head: Token.Kind) -> StatementSyntax.Kind {
    take()
    switch head {
    case .while:
      let condition = parseHead()
      return .whileLoop(label: label, condition, parseBlock(of: "'while'"))
    case .loop:
      return .loop(label: label, parseBlock(of: "'loop'"))
    default:
      let name = expectName("the name of a local")
      expect(.in, "and what the loop ranges over")
      let domain = isRecovering ? .expression(.error(missingSpan)) : parseHeadDomain()
      let isSafe = !isRecovering && take(word: "safely")
      return .forLoop(label: label, name, domain, safely: isSafe, parseBlock(of: "'for'"))
    }
  }

  private func parseHeadDomain() -> DomainSyntax {
    let outer = isInHead
    isInHead = true
    defer { isInHead = outer }
    return parseDomain()
  }

  /// Parses a block that can be left.
  ///
  ///     labelled-block ::= 'block' identifier block
  func parseLabelledBlock() -> StatementSyntax.Kind {
    take()
    let label = expectName("the label of a block")
    return .block(label: label, parseBlock(of: "'block'"))
  }

  /// Parses a choice by the case of a value.
  ///
  ///     switch ::= 'switch' expression '{' ('case' pattern (',' pattern)* block)*
  ///                ['else' block] '}'
  func parseSwitch() -> StatementSyntax.Kind {
    take()
    let value = parseHead()
    var cases: [SwitchCaseSyntax] = []
    var otherwise: BlockSyntax?
    awaitedCases += 1
    defer { awaitedCases -= 1 }
    parseBody(.cases, of: "'switch'") { parser in
      if otherwise == nil, parser.resume(at: .case) {
        cases.append(parser.parseCase())
      } else if otherwise == nil, parser.resume(at: .else) {
        otherwise = parser.parseBlock(of: "'else'")
      } else {
        let isLate = otherwise != nil
        parser.fail(expected: isLate ? "the end of 'switch' behind 'else'" : "'case' or 'else'")
      }
    }
    return .switchOver(value, cases, otherwise: otherwise)
  }

  private func parseCase() -> SwitchCaseSyntax {
    var patterns = [parsePattern()]
    while !isRecovering, takeInnerComma() { patterns.append(parsePattern()) }
    return SwitchCaseSyntax(patterns: patterns, body: parseBlock(of: "'case'"))
  }

  /// Parses the case of an enum or word, with names for its fields.
  ///
  ///     pattern ::= identifier ['(' list(identifier [':' identifier]) ')']
  private func parsePattern() -> CasePatternSyntax {
    let name = expectName("the name of a case")
    var bindings: [(field: Name, local: Name)] = []
    mark(.attached, if: .leftParenthesis)
    guard !isRecovering, take(.leftParenthesis) else {
      return CasePatternSyntax(name: name, bindings: [])
    }
    parseList(until: .rightParenthesis, of: "pattern") { parser in
      let field = parser.expectName("the name of a field")
      let local = parser.take(.colon) ? parser.expectName("the name of a local") : field
      bindings.append((field, local))
    }
    return CasePatternSyntax(name: name, bindings: bindings)
  }

  /// Parses alternatives of which any may be taken.
  ///
  ///     either ::= 'either' block ('or' block)+
  func parseEither() -> StatementSyntax.Kind {
    take()
    awaitedOrs += 1
    defer { awaitedOrs -= 1 }
    var blocks = [parseBlock(of: "'either'")]
    while !isRecovering, resume(at: .or) { blocks.append(parseBlock(of: "'or'")) }
    if blocks.count == 1 { fail(expected: "'or' and another block behind 'either'") }
    return .either(blocks)
  }

  /// Parses statements that are one step, or ghosts.
  ///
  ///     marked ::= ('atomic' | 'ghost') (block | statement)
  func parseMarked(_ head: Token.Kind) -> StatementSyntax.Kind {
    take()
    let body: BlockSyntax
    if at(.leftBrace) {
      body = parseBlock(of: "'\(head.rawValue)'")
    } else {
      let statement = parseStatement()
      body = BlockSyntax(statements: [statement], span: statement.span)
    }
    return head == .atomic ? .atomic(body) : .ghost(body)
  }
}
