internal import SourceText
internal import Syntax

/// Functions and the properties at the top of modules.
extension Analyzer {
  func resolveSignatures() {
    for (index, syntax, module) in pending.functions {
      checkDuplicates(syntax.parameters.map(\.name))
      program.functions[index.index].body.locals = syntax.parameters.map {
        parameter($0, in: module)
      }
      if let result = syntax.result {
        program.functions[index.index].result = resultType(result, in: module)
      }
    }
  }

  private func resultType(_ syntax: TypeSyntax, in module: Int) -> Type {
    let type = type(syntax, in: module, position: .local)
    if isAggregate(type) {
      report(
        .misplacedType(
          "a function returns a single value, not '\(text(type))'", at: syntax.span,
          help: "fill a location of the caller through an 'inout' parameter"))
      return .error
    }
    return type
  }

  /// A parameter; structs, arrays and lists stand for the caller's location, as `inout` ones do.
  private func parameter(_ syntax: ParameterSyntax, in module: Int) -> Local {
    let type = type(syntax.type, in: module, position: .local)
    return Local(
      name: syntax.name.text, type: type, isAlias: syntax.isInout || isAggregate(type),
      span: syntax.name.span)
  }

  func checkFunctions() {
    for (index, syntax, module) in pending.functions {
      let checker = CodeChecker(self, module: module, purpose: .function)
      checker.function = index
      checker.result = program.functions[index.index].result
      if syntax.isAtomic { checker.atomicDepth = 1 }
      let parameters = program.functions[index.index].body.locals
      for (local, parameter) in zip(parameters, syntax.parameters) {
        checker.addParameter(local, isInout: parameter.isInout)
      }
      let statements = checker.scoped { checker.statements(syntax.body.statements) }
      program.functions[index.index].body = Body(locals: checker.locals, statements: statements)
      let result = program.functions[index.index].result
      if result != .none, FlowAnalysis.fallsThrough(statements) {
        report(.missingReturn(syntax.name.text, at: syntax.name.span))
      }
    }
  }

  func checkProperties() {
    for (syntax, module) in pending.properties {
      if let property = property(syntax, in: module, scenario: nil) {
        program.properties.append(property)
      }
    }
  }

  func property(_ syntax: PropertySyntax, in module: Int, scenario: ScenarioScope?) -> Property? {
    let kind: Property.Kind
    switch syntax.kind {
    case .invariant: kind = .invariant
    case .finally: kind = .finally
    case .reachable: kind = .reachable
    case .leadsTo:
      let checker = CodeChecker(self, module: module, purpose: .property, scenario: scenario)
      _ = checker.pureCondition(syntax.condition, context: "a property")
      if let consequence = syntax.consequence {
        _ = checker.pureCondition(consequence, context: "a property")
      }
      report(.notYet("'leads_to'", at: syntax.name.span))
      return nil
    }
    let checker = CodeChecker(self, module: module, purpose: .property, scenario: scenario)
    let condition = checker.pureCondition(syntax.condition, context: "a property")
    return Property(
      name: syntax.name.text, kind: kind, locals: checker.locals, condition: condition,
      span: syntax.name.span)
  }

  // MARK: - Recursion

  /// Reports functions that call themselves; whether there are any.
  func reportRecursion() -> Bool {
    var finished: Set<FunctionIndex> = []
    var found = false
    for (index, _, _) in pending.functions {
      var path: [(function: FunctionIndex, call: SourceSpan)] = []
      found = visit(index, at: nil, &path, &finished) || found
    }
    return found
  }

  private func visit(
    _ function: FunctionIndex, at call: SourceSpan?,
    _ path: inout [(function: FunctionIndex, call: SourceSpan)],
    _ finished: inout Set<FunctionIndex>
  ) -> Bool {
    if let start = path.firstIndex(where: { $0.function == function }), let call {
      let cycle = path[start...]
      let names = (cycle.map(\.function) + [function]).map { program.functions[$0.index].name }
      let notes = cycle.dropFirst().map {
        Diagnostic.Note(
          message: "'\(program.functions[$0.function.index].name)' is called here", span: $0.call)
      }
      report(.recursion(names, at: call, notes: notes))
      return true
    }
    guard !finished.contains(function) else { return false }
    guard path.count < Limits.callDepth else {
      report(
        .tooDeep(
          "calls", limit: Limits.callDepth,
          at: call ?? program.functions[function.index].span))
      return true
    }
    path.append((function, call ?? program.functions[function.index].span))
    var found = false
    for (callee, span) in calls[function] ?? [] {
      found = visit(callee, at: span, &path, &finished) || found
    }
    path.removeLast()
    finished.insert(function)
    if !found { found = checkInlinedSize(function) }
    return found
  }

  /// Reports a function whose calls, all inlined, make too much code.
  private func checkInlinedSize(_ function: FunctionIndex) -> Bool {
    let callees = calls[function] ?? []
    let sizes = callees.compactMap { inlinedSizes[$0.callee] }
    let size = sizes.reduce(1) { min($0 + $1.bodies, 1 << 40) }
    let depth = 1 + (sizes.map(\.depth).max() ?? 0)
    inlinedSizes[function] = (size, depth)
    if depth > Limits.callDepth {
      report(
        .tooDeep(
          "calls", limit: Limits.callDepth, at: program.functions[function.index].span))
      return true
    }
    guard size > Limits.inlinedCalls else { return false }
    let name = program.functions[function.index].name
    report(
      .tooMany(
        "'\(name)', with all calls inlined,", "bodies", found: size, limit: Limits.inlinedCalls,
        at: program.functions[function.index].span))
    return true
  }
}

extension CodeChecker {
  /// Adds a parameter that has been resolved already.
  func addParameter(_ local: Local, isInout: Bool) {
    let index = LocalIndex(locals.count)
    locals.append(local)
    localInfo.append(LocalInfo(kind: "parameter", isMutable: isInout, isGhost: false))
    scopes[scopes.count - 1][local.name] = index
  }
}
