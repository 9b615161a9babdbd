internal import SourceText
internal import Syntax

/// Calls: functions, built-in functions, cases of word enums, methods.
extension CodeChecker {
  func call(
    _ callee: ExpressionSyntax, _ arguments: [ExpressionSyntax], span: SourceSpan, expected: Type?
  ) -> Expression {
    switch callee {
    case .name(let name):
      if let builtin = BuiltinFunction(rawValue: name.text) {
        return self.builtin(builtin, arguments, span: span)
      }
      return call(name, arguments, span: span, expected: expected)
    case .member(let base, let name):
      if let symbol = typeSymbol(base), case .structure(let id) = symbol,
        let index = program.structs[id.index].cases.firstIndex(where: { $0.name == name.text })
      {
        return wordCase(id, index, arguments, span: span)
      }
      return method(base, name, arguments, span: span)
    case .error: return failure(span)
    default:
      report(.notCallable("this", at: callee.span))
      return failure(span)
    }
  }

  private func call(
    _ name: Name, _ arguments: [ExpressionSyntax], span: SourceSpan, expected: Type?
  ) -> Expression {
    if let entry = functionOrValue(name) {
      guard case .function(let index) = entry.symbol else {
        report(.notCallable("the \(entry.symbol.noun) '\(name.text)'", at: name.span))
        for argument in arguments { _ = operand(argument) }
        return failure(span)
      }
      return call(index, arguments, at: name, span: span)
    }
    if case .structure(let id)? = expected,
      let index = program.structs[id.index].cases.firstIndex(where: { $0.name == name.text })
    {
      return wordCase(id, index, arguments, span: span)
    }
    let cases = analyzer.cases(name.text, from: module)
    if cases.count == 1, case .word(let id, let index) = cases[0] {
      return wordCase(id, index, arguments, span: span)
    }
    if cases.count > 1 {
      report(.ambiguousCase(name.text, at: name.span, types: cases.map(typeName)))
    } else if !cases.isEmpty {
      report(.notCallable("the enum case '\(name.text)'", at: name.span))
    } else if local(name.text) != nil || scenario?.local(name.text) != nil {
      report(.notCallable("the local '\(name.text)'", at: name.span))
    } else {
      analyzer.reportUnknown(
        name, .value, from: module, what: "function",
        also: BuiltinFunction.allCases.map(\.rawValue))
    }
    for argument in arguments { _ = operand(argument) }
    return failure(span)
  }

  private func functionOrValue(_ name: Name) -> SymbolEntry? {
    analyzer.entries(name.text, .value, from: module).isEmpty
      ? nil : analyzer.find(name, .value, from: module)
  }

  private func call(
    _ index: FunctionIndex, _ arguments: [ExpressionSyntax], at name: Name, span: SourceSpan
  ) -> Expression {
    let callee = program.functions[index.index]
    if case .constant(let what) = purpose {
      report(.notConstant(what, at: span))
      return failure(span)
    }
    if let function {
      analyzer.calls[function, default: []].append((index, name.span))
    }
    if case .prelude = purpose { analyzer.preludeCalls.append((index, name.span)) }
    guard arguments.count == callee.parameterCount else {
      report(
        .argumentCount(
          callee.name, expected: count(callee.parameterCount), found: arguments.count,
          at: name.span))
      for argument in arguments { _ = operand(argument) }
      return Expression(
        .constant(0), type: callee.result == .none ? .error : callee.result, span: span)
    }
    let parameters = callee.body.locals
    let syntax = analyzer.pending.functions[index.index].syntax.parameters
    var checked: [Argument] = []
    for (position, argument) in arguments.enumerated() {
      let parameter = parameters[position]
      checked.append(
        parameter.isAlias
          ? placeArgument(argument, parameter, isInout: syntax[position].isInout)
          : .value(converted(argument, to: parameter.type, target: "'\(parameter.name)'")))
    }
    return Expression(.call(index, checked), type: callee.result, span: span)
  }

  private func count(_ number: Int) -> String {
    number == 1 ? "1 argument" : "\(number) arguments"
  }

  private func placeArgument(_ syntax: ExpressionSyntax, _ parameter: Local, isInout: Bool)
    -> Argument
  {
    let what = "the parameter '\(parameter.name)'"
    guard let (place, operand) = place(syntax, what: what, expected: parameter.type) else {
      return .value(failure(syntax.span))
    }
    if !Type.isSameLocation(place.type, parameter.type) {
      report(
        .typeMismatch(
          expected: "a location of type '\(analyzer.text(parameter.type))'",
          found: describe(place.type), at: syntax.span,
          notes: [.init(message: "'\(parameter.name)' is declared here", span: parameter.span)]))
    } else if operand.isGhost, ghostDepth == 0 {
      report(.ghostRead(name(of: place), at: syntax.span))
    } else if isInout {
      checkAssignable(operand, at: syntax.span)
    }
    return .place(place)
  }

  /// Reports it if an operand cannot be changed here.
  func checkAssignable(_ operand: Operand, at span: SourceSpan) {
    if let protection = operand.protection {
      report(
        .notAssignable(
          protection.name, kind: protection.kind, at: span, declared: protection.span))
    }
  }

  // MARK: - Word cases

  /// `present(page: p, dirty)`, which the parser turns into one literal, or values in field order.
  private func wordCase(
    _ id: StructID, _ index: Int, _ arguments: [ExpressionSyntax], span: SourceSpan
  ) -> Expression {
    let type = program.structs[id.index]
    let indexes = type.cases[index].fields
    let name = type.cases[index].name
    var values: [FieldValue] = []
    if arguments.count == 1, case .literal(let fields, _) = arguments[0],
      isNamed(fields, of: type, indexes)
    {
      values = fieldValues(fields, of: type.fields, indexes: indexes, owner: "the case '\(name)'")
    } else if arguments.count > indexes.count {
      report(
        .argumentCount(
          name, expected: "at most \(count(indexes.count))", found: arguments.count, at: span))
    } else {
      for (field, argument) in zip(indexes, arguments) {
        let target = type.fields[field]
        values.append(
          FieldValue(
            field: field,
            value: converted(argument, to: target.type, target: "'\(target.name)'")))
      }
    }
    return Expression(
      .wordCase(id, caseIndex: index, values), type: .structure(id), span: span)
  }

  private func isNamed(_ fields: [FieldValueSyntax], of type: StructType, _ indexes: [Int]) -> Bool
  {
    if fields.contains(where: { $0.name != nil && $0.value != nil }) { return true }
    guard let first = indexes.first else { return true }
    if case .set = type.fields[first].type { return false }
    return true
  }

  // MARK: - Built-in functions

  private func builtin(
    _ function: BuiltinFunction, _ arguments: [ExpressionSyntax], span: SourceSpan
  ) -> Expression {
    guard arguments.count == function.argumentCount else {
      report(
        .argumentCount(
          function.rawValue, expected: count(function.argumentCount), found: arguments.count,
          at: span))
      return failure(span)
    }
    if case .constant(let what) = purpose {
      report(.notConstant(what, at: span))
      return failure(span)
    }
    switch function {
    case .readOnce:
      guard let (_, operand) = place(arguments[0], what: "'READ_ONCE'") else {
        return failure(span)
      }
      var value = load(operand, once: true)
      if analyzer.isAggregate(value.type) {
        report(
          .needsPlace("'READ_ONCE' reads one word, not '\(analyzer.text(value.type))'", at: span))
      }
      value.span = span
      return value
    case .holders: return holders(arguments[0], span: span)
    case .writeOnce, .credit, .debit:
      report(.misplaced("'\(function.rawValue)'", reason: "it is a statement of its own", at: span))
      return failure(span)
    case .testAndSet: return atomic(.testAndSet, arguments, span: span)
    case .testAndClear: return atomic(.testAndClear, arguments, span: span)
    case .exchange: return atomic(.exchange, arguments, span: span)
    case .compareExchange: return atomic(.compareExchange, arguments, span: span)
    case .decrementAndTest: return atomic(.decrementAndTest, arguments, span: span)
    }
  }

  private func holders(_ syntax: ExpressionSyntax, span: SourceSpan) -> Expression {
    let object = reference(syntax, of: "holders")
    if !readsGhosts { report(.ghostRead("holders", at: span)) }
    return Expression(.holders(object), type: .integer(0...1000), span: span)
  }

  /// Checks an expression that must be a reference.
  func reference(_ syntax: ExpressionSyntax, of what: String) -> Expression {
    let object = expression(syntax)
    switch object.type {
    case .reference, .error: break
    default:
      report(
        .typeMismatch(
          expected: "an object of a pool", found: describe(object.type), at: object.span))
      return failure(object.span)
    }
    return object
  }

  private func atomic(
    _ operation: AtomicOperation, _ arguments: [ExpressionSyntax], span: SourceSpan
  ) -> Expression {
    guard let (place, operand) = place(arguments[0], what: "'\(operation.rawValue)'") else {
      return failure(span)
    }
    checkAssignable(operand, at: place.span)
    if ghostDepth > 0, !operand.isGhost { report(.ghostWrite(name(of: place), at: place.span)) }
    if ghostDepth == 0, operand.isGhost { report(.ghostRead(name(of: place), at: place.span)) }
    let result: Type
    switch operation {
    case .testAndSet, .testAndClear:
      result = .bool
      require(place, is: place.type == .bool, "a flag")
    case .decrementAndTest:
      result = .bool
      require(place, is: place.type.interval != nil, "a number")
    case .exchange, .compareExchange:
      result = place.type.withoutHolds
      require(place, is: !analyzer.isAggregate(place.type), "a single value")
    }
    let values = arguments.dropFirst().map {
      converted($0, to: place.type, target: "'\(name(of: place))'")
    }
    return Expression(
      .atomicOperation(operation, place, Array(values)), type: result, span: span)
  }

  private func require(_ place: Place, is fitting: Bool, _ expected: String) {
    if !fitting, !place.type.isError {
      report(
        .typeMismatch(expected: expected, found: describe(place.type), at: place.span))
    }
  }
}
