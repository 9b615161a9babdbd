internal import SourceText

extension Analyzer {
  /// Checks everything that depends on the effects of functions.
  ///
  /// - Precondition: no function calls itself.
  func checkEffects() {
    let analysis = EffectAnalysis(self)
    for position in purePositions { analysis.checkPure(position) }
    for function in program.functions.indices {
      let code = program.functions[function]
      analysis.checkCode(code.body.statements)
      if code.isAtomic { analysis.checkOrder(code.body.statements) }
      if !code.isAtomic { analysis.checkAtomicStatements(code.body.statements) }
    }
    for scenario in program.scenarios {
      analysis.checkCode(scenario.prelude.statements)
      for task in scenario.tasks {
        analysis.checkCode(task.body.statements)
        analysis.checkAtomicStatements(task.body.statements)
      }
    }
    for (callee, span) in preludeCalls { analysis.checkPreludeCall(callee, span) }
  }
}

extension EffectAnalysis {
  /// Reports what an expression does besides reading.
  func checkPure(_ position: PurePosition) {
    checkPure(position.expression, context: position.context, hasNoSelf: position.hasNoSelf)
  }

  private func checkPure(_ expression: Expression, context: String, hasNoSelf: Bool) {
    TreeWalk.visit(expression) { part in
      if case .call(let callee, _) = part.kind {
        let effects = effects(of: callee)
        let name = analyzer.program.functions[callee.index].name
        if let impurity = effects.impurity {
          let note = Diagnostic.Note(message: "\(impurity.word) is here", span: impurity.span)
          analyzer.report(
            .impureExpression(
              "'\(name)' does more", context: context, at: part.span, notes: [note]))
        } else if hasNoSelf, let site = effects.usesSelf {
          analyzer.report(
            .misplacedSelf(
              at: part.span,
              notes: [.init(message: "'\(name)' asks for the running task here", span: site.span)]))
        }
      } else if let word = change(part) {
        analyzer.report(
          .impureExpression("\(word) changes it", context: context, at: part.span, notes: []))
      }
    }
  }

  /// Checks quantifiers, domains and ghost statements.
  func checkCode(_ statements: [Statement], isGhost: Bool = false) {
    for statement in statements {
      for part in TreeWalk.parts(of: statement) {
        checkQuantifiers(part)
        if isGhost { checkGhost(part) }
      }
      if case .choose(_, let domain, _) = statement.kind {
        for part in TreeWalk.parts(of: domain) {
          checkPure(part, context: "a domain", hasNoSelf: false)
        }
      }
      var inner = isGhost
      if case .ghost = statement.kind { inner = true }
      for body in FlowAnalysis.children(of: statement) { checkCode(body, isGhost: inner) }
    }
  }

  private func checkQuantifiers(_ expression: Expression) {
    TreeWalk.visit(expression) { part in
      guard case .quantifier = part.kind else { return }
      for inner in TreeWalk.parts(of: part) {
        checkPure(inner, context: "a quantifier", hasNoSelf: false)
      }
    }
  }

  private func checkGhost(_ expression: Expression) {
    TreeWalk.visit(expression) { part in
      switch part.kind {
      case .new: analyzer.report(.ghostStatement("'new'", at: part.span))
      case .call(let callee, _):
        let effects = effects(of: callee)
        let name = analyzer.program.functions[callee.index].name
        if effects.write ?? effects.wait ?? effects.either != nil {
          analyzer.report(
            .ghostStatement("a call of '\(name)', which is more than a ghost,", at: part.span))
        }
      default: break
      }
    }
  }

  /// A prelude runs before there are tasks, so what it calls can neither wait nor ask for one.
  func checkPreludeCall(_ callee: FunctionIndex, _ span: SourceSpan) {
    let effects = effects(of: callee)
    let name = analyzer.program.functions[callee.index].name
    if let wait = effects.wait, wait.word == "await" {
      analyzer.report(
        Diagnostic(
          rule: "misplaced-statement", message: "a prelude cannot wait, but '\(name)' can",
          span: span, notes: [.init(message: "it waits here", span: wait.span)]))
    } else if let site = effects.usesSelf {
      analyzer.report(
        .misplacedSelf(
          at: span,
          notes: [.init(message: "'\(name)' asks for the running task here", span: site.span)]))
    }
  }

  // MARK: - Order inside atomic steps

  /// Checks each `atomic` statement on its own.
  func checkAtomicStatements(_ statements: [Statement]) {
    for statement in statements {
      if case .atomic(let body) = statement.kind {
        checkOrder(body)
      } else {
        for body in FlowAnalysis.children(of: statement) { checkAtomicStatements(body) }
      }
    }
  }

  /// Reports waits that can come after a change.
  func checkOrder(_ statements: [Statement]) {
    var order = AtomicOrder(self)
    order.check(statements)
    var seen: Set<SourceSpan> = []
    for (wait, cause) in order.found where seen.insert(wait.span).inserted {
      let notes = [Diagnostic.Note(message: "\(cause.word) is here", span: cause.span)]
      analyzer.report(.awaitAfterWrite(wait.word, at: wait.span, notes: notes))
    }
  }
}
