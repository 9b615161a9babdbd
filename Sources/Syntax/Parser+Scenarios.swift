import SourceText

// MARK: - Scenarios

extension Parser {
  /// Parses a scenario or an environment.
  ///
  ///     scenario ::= ('scenario' | 'environment') identifier ['(' parameters ')']
  ///                  ['extends' identifier ['(' arguments ')']] '{' member* '}'
  func parseScenario(documentation: String) -> ScenarioSyntax {
    let isEnvironment = take().kind == .environment
    let what = isEnvironment ? "the environment" : "the scenario"
    let name = expectName("the name of \(what)")
    let parameters = !isRecovering && at(.leftParenthesis) ? parseParameters() : []
    var base: (name: Name, arguments: [ExpressionSyntax])?
    if !isRecovering, take(word: "extends") {
      let baseName = expectName("the name of a scenario")
      base = (baseName, !isRecovering && at(.leftParenthesis) ? parseArguments() : [])
    }
    var members: [ScenarioMemberSyntax] = []
    parseBody(.members, of: what) { members.append($0.parseMember()) }
    return ScenarioSyntax(
      isEnvironment: isEnvironment, name: name, parameters: parameters, base: base,
      members: members, documentation: documentation)
  }

  /// Parses one thing inside a scenario.
  ///
  ///     member ::= pools | variable | task | property | statement
  private func parseMember() -> ScenarioMemberSyntax {
    switch current.kind {
    case .task, .daemon, .interrupt: return .task(parseTask())
    case .invariant, .finally, .reachable: return .property(parseProperty())
    case .var: return .variable(parseVariable())
    case .ghost where peek().kind == .var: return .variable(parseVariable())
    case .identifier where !peek().startsLine && peek().kind == .identifier:
      if at(word: "pools") { return .pools(parsePools()) }
      if at(word: "leads_to") { return .property(parseProperty()) }
      return .statement(parseStatement())
    default: return .statement(parseStatement())
    }
  }

  /// Parses the sizes of pools.
  ///
  ///     pools ::= 'pools' identifier '[' expression ']' (',' identifier '[' expression ']')*
  private func parsePools() -> [PoolSizeSyntax] {
    take()
    var pools: [PoolSizeSyntax] = []
    repeat {
      let name = expectName("the name of a pool")
      guard !isRecovering, at(.leftBracket) else {
        fail(expected: "'[' and the size of the pool")
        return pools
      }
      pools.append(PoolSizeSyntax(name: name, count: parseIndex()))
    } while !isRecovering && takeInnerComma()
    return pools
  }

  /// Parses a task or an interrupt.
  ///
  ///     task ::= ['daemon'] 'task' identifier ['[' expression ']'] ['on' identifier]
  ///              ['owns' postfixed (',' postfixed)*] block
  ///            | 'interrupt' identifier ['[' expression ']'] ['on' (identifier | 'any' 'cpu')]
  ///              ['when' expression] block
  private func parseTask() -> TaskSyntax {
    let isDaemon = take(.daemon)
    let isInterrupt = at(.interrupt)
    if isDaemon, !at(.task) { fail(expected: "'task' behind 'daemon'") }
    if !isRecovering { take() }
    let what = isInterrupt ? "the interrupt" : "the task"
    let name = expectName("the name of \(what)")
    let count = !isRecovering && atOnLine(.leftBracket) ? parseIndex() : nil
    var task = TaskSyntax(
      isInterrupt: isInterrupt, isDaemon: isDaemon, name: name, count: count, placement: .unstated,
      condition: nil, owned: [], body: BlockSyntax(statements: [], span: name.span))
    while !isRecovering, parseClause(of: &task) {}
    task.body = parseBlock(of: what)
    return task
  }

  /// Parses one clause between the name of a task and its body; `false` if there is none.
  private func parseClause(of task: inout TaskSyntax) -> Bool {
    let start = current
    mark(.inner, if: .on)
    if take(.on) {
      task.placement = parsePlacement()
      if case .any = task.placement, !task.isInterrupt {
        misplaced(start, "'on any cpu'", in: "an interrupt")
      }
      return true
    }
    if take(word: "owns") {
      repeat { task.owned.append(parsePostfixed()) } while !isRecovering && takeInnerComma()
      if task.isInterrupt { misplaced(start, "'owns'", in: "a task") }
      return true
    }
    if take(word: "when") {
      task.condition = parseHead()
      if !task.isInterrupt { misplaced(start, "'when'", in: "an interrupt") }
      return true
    }
    return false
  }

  private func misplaced(_ start: Token, _ clause: String, in owner: String) {
    if !isRecovering { add(.misplacedClause(clause, owner: owner, span: span(start))) }
  }

  private func parsePlacement() -> TaskSyntax.Placement {
    guard at(word: "any") else { return .named(expectName("the name of a CPU, such as 'cpu0'")) }
    take()
    expect(word: "cpu", "behind 'any'")
    return .any
  }

  /// Parses a property.
  ///
  ///     property ::= ('invariant' | 'finally' | 'reachable') identifier '{' expression '}'
  ///                | 'leads_to' identifier '{' expression 'leads_to' expression '}'
  func parseProperty() -> PropertySyntax {
    let kind = PropertySyntax.Kind(rawValue: text(take())) ?? .invariant
    let name = expectName("the name of the property")
    var condition: ExpressionSyntax?
    var consequence: ExpressionSyntax?
    parseBody(.condition, of: "the property") { parser in
      guard condition == nil else {
        return parser.report(.extraCondition(parser.span(parser.current)))
      }
      condition = parser.parseExpression()
      guard kind == .leadsTo, !parser.isRecovering else { return }
      parser.expect(word: "leads_to", "and the condition that follows")
      consequence = parser.isRecovering ? nil : parser.parseExpression()
    }
    if condition == nil, !isRecovering { add(.emptyProperty(span(previous))) }
    return PropertySyntax(
      kind: kind, name: name, condition: condition ?? .error(missingSpan),
      consequence: kind == .leadsTo ? consequence ?? .error(missingSpan) : nil)
  }
}

// MARK: - Checks

extension Parser {
  /// Parses a check.
  ///
  ///     check ::= 'check' ['large'] identifier '=' component ('+' component)*
  ///               ['with' settings] '{' row* '}'
  func parseCheck(documentation: String) -> CheckSyntax {
    let start = take()
    let isLarge = at(word: "large") && peek().kind == .identifier
    if isLarge { take() }
    let name = expectName("the name of the check")
    expect(.assign, "and a scenario")
    var components: [CheckComponentSyntax] = []
    if !isRecovering {
      repeat { components.append(parseComponent()) } while !isRecovering && take(.plus)
    }
    let settings = !isRecovering && take(word: "with") ? parseSettings() : []
    var rows: [CheckRowSyntax] = []
    parseBody(.fields, of: "the check") { parser in
      // Rows need no separator: each ends with the one name behind its 'expect'.
      repeat { rows.append(parser.parseRow()) } while parser.atRowOnLine
    }
    return CheckSyntax(
      isLarge: isLarge, name: name, components: components, settings: settings, rows: rows,
      documentation: documentation, span: span(from: start))
  }

  private var atRowOnLine: Bool { !isRecovering && atOnLine(.identifier) }

  /// Parses a scenario or environment as part of a check.
  ///
  ///     component ::= identifier ['(' arguments ')'] ['[' expression ']']
  private func parseComponent() -> CheckComponentSyntax {
    let start = current
    let name = expectName("the name of a scenario or environment")
    let arguments = !isRecovering && atOnLine(.leftParenthesis) ? parseArguments() : []
    let count = !isRecovering && atOnLine(.leftBracket) ? parseIndex() : nil
    return CheckComponentSyntax(
      name: name, arguments: arguments, count: count, span: span(from: start))
  }

  /// Parses values for options.
  ///
  ///     settings ::= identifier '=' expression (',' identifier '=' expression)*
  private func parseSettings() -> [OptionSettingSyntax] {
    var settings: [OptionSettingSyntax] = []
    repeat {
      let name = expectName("the name of an option")
      expect(.assign, "and the value of the option")
      guard !isRecovering else { return settings }
      let outer = isInHead
      isInHead = true
      settings.append(OptionSettingSyntax(name: name, value: parseExpression()))
      isInHead = outer
    } while !isRecovering && takeInnerComma()
    return settings
  }

  /// Parses one expectation.
  ///
  ///     row ::= [identifier (',' identifier)*] ['with' settings] 'expect' identifier
  private func parseRow() -> CheckRowSyntax {
    let start = current
    mark(.row)
    var bugs: [Name] = []
    if !isClauseOfRow {
      repeat {
        bugs.append(expectName("a bug or 'expect'"))
      } while !isRecovering && takeInnerComma()
    }
    let settings = !isRecovering && take(word: "with") ? parseSettings() : []
    expect(word: "expect", "and 'pass' or the name of a violation or property")
    let expectation =
      isRecovering ? Name("", span: missingSpan) : expectName("'pass' or what is violated")
    return CheckRowSyntax(
      bugs: bugs, settings: settings, expectation: expectation, span: span(from: start))
  }

  private var isClauseOfRow: Bool { at(word: "expect") || at(word: "with") }
}
