internal import Machine

extension CEmitter {
  /// How deep parentheses may be nested; compilers have a limit at 256.
  private static let depthLimit = 150

  /// Returns a C expression of the type `i64`, in parentheses where that matters.
  ///
  /// `state` is the array that holds the state's words.
  mutating func value(_ expression: Expression, state: String, depth: Int = 0) -> String {
    if depth > Self.depthLimit {
      isTooDeep = true
      return "0"
    }
    switch expression {
    case .constant(let number):
      return Self.literal(number)
    case .register(let register):
      return "r\(register.index)"
    case .read(let place):
      return read(place, state: state, depth: depth)
    case .unary(.not, _), .binary(.equal, _, _), .binary(.notEqual, _, _), .binary(.less, _, _),
      .binary(.lessOrEqual, _, _), .binary(.and, _, _), .binary(.or, _, _):
      return "(i64)(\(condition(expression, state: state, depth: depth + 1)))"
    case .unary(let unary, let operand):
      return apply(unary, value(operand, state: state, depth: depth + 1))
    case .binary(.add, _, _):
      return "(\(chain(.add, expression, state, depth).joined(separator: " + ")))"
    case .binary(let binary, let left, let right):
      let a = value(left, state: state, depth: depth + 1)
      let b = value(right, state: state, depth: depth + 1)
      return apply(binary, a, b)
    case .conditional(let test, let whenTrue, let whenFalse):
      // Chains of conditionals lean to the right and need no parentheses there.
      var text = "("
      text += "(\(condition(test, state: state, depth: depth + 1))) ? "
      text += "\(value(whenTrue, state: state, depth: depth + 1)) : "
      var last = whenFalse
      while case .conditional(let test, let yes, let no) = last {
        text += "(\(condition(test, state: state, depth: depth + 1))) ? "
        text += "\(value(yes, state: state, depth: depth + 1)) : "
        last = no
      }
      return text + "\(value(last, state: state, depth: depth + 1)))"
    }
  }

  /// Returns a C expression that is zero if and only if the expression is.
  mutating func condition(_ expression: Expression, state: String, depth: Int = 0) -> String {
    if depth > Self.depthLimit {
      isTooDeep = true
      return "0"
    }
    switch expression {
    case .unary(.not, let operand):
      return "!(\(condition(operand, state: state, depth: depth + 1)))"
    case .binary(.and, _, _):
      return chain(.and, expression, state, depth).joined(separator: " && ")
    case .binary(.or, _, _):
      return chain(.or, expression, state, depth).joined(separator: " || ")
    case .binary(.equal, let left, let right):
      return comparison("==", left, right, state, depth)
    case .binary(.notEqual, let left, let right):
      return comparison("!=", left, right, state, depth)
    case .binary(.less, let left, let right):
      return comparison("<", left, right, state, depth)
    case .binary(.lessOrEqual, let left, let right):
      return comparison("<=", left, right, state, depth)
    case .read(let place):
      // The shift makes no difference to what is zero.
      if let variable = fixed(place), variable.lower == 0, variable.width > 0 {
        return Self.packed(variable.field, state)
      }
      return value(expression, state: state, depth: depth + 1)
    default:
      return value(expression, state: state, depth: depth + 1)
    }
  }

  private mutating func comparison(
    _ symbol: String, _ left: Expression, _ right: Expression, _ state: String, _ depth: Int
  ) -> String {
    if case .read(let place) = left, case .constant(let number) = right,
      let variable = fixed(place)
    {
      return packed(variable, symbol, number, state)
    }
    if case .constant(let number) = left, case .read(let place) = right,
      let variable = fixed(place)
    {
      // The mirror image: what is not less or equal is greater.
      switch symbol {
      case "<": return "!(\(packed(variable, "<=", number, state)))"
      case "<=": return "!(\(packed(variable, "<", number, state)))"
      default: return packed(variable, symbol, number, state)
      }
    }
    let a = value(left, state: state, depth: depth + 1)
    let b = value(right, state: state, depth: depth + 1)
    return "\(a) \(symbol) \(b)"
  }

  /// Returns a comparison of a variable with a number on the packed word: what a compiler would make of it
  /// sooner or later, in fewer words.
  private func packed(
    _ variable: Variable, _ symbol: String, _ number: Int64, _ state: String
  ) -> String {
    let field = variable.field
    let isBelow = number < variable.lower
    let bits = UInt64(bitPattern: number &- variable.lower)
    if isBelow || bits > field.mask || variable.width == 0 {
      let isEqual = !isBelow && bits == 0 && variable.width == 0
      return switch symbol {
      case "==": isEqual ? "1" : "0"
      case "!=": isEqual ? "0" : "1"
      case "<": isBelow || isEqual ? "0" : "1"
      default: isBelow ? "0" : "1"
      }
    }
    let word = Self.packed(field, state)
    if bits == 0 && symbol == "==" { return "!\(word)" }
    return "\(word) \(symbol) \(Self.literal(bits &<< field.shift))"
  }

  private static func packed(_ field: BitField, _ state: String) -> String {
    "(\(state)[\(field.word)] & \(literal(field.mask &<< field.shift)))"
  }

  /// Returns the variable of a place without computed indexes.
  func fixed(_ place: Place) -> Variable? {
    var index = Int(place.base.index)
    for term in place.terms {
      guard case .constant(let number) = term.index, 0..<Int64(term.count) ~= number
      else { return nil }
      index += Int(number) * term.stride
    }
    return system.variables[index]
  }

  /// Returns the operands of a chain of one associative operator, each in parentheses.
  private mutating func chain(
    _ kind: BinaryOperator, _ expression: Expression, _ state: String, _ depth: Int
  ) -> [String] {
    var operands: [Expression] = []
    var pending = [expression]
    while let next = pending.popLast() {
      if case .binary(kind, let left, let right) = next {
        pending.append(right)
        pending.append(left)
      } else {
        operands.append(next)
      }
    }
    return operands.map {
      kind == .add
        ? value($0, state: state, depth: depth + 1)
        : "(\(condition($0, state: state, depth: depth + 1)))"
    }
  }

  private func apply(_ unary: UnaryOperator, _ operand: String) -> String {
    switch unary {
    case .not: "(i64)!(\(operand))"
    case .negate: "(0 - \(operand))"
    case .bit: "(i64)(1ull << (\(operand) & 63))"
    case .populationCount: "ones((u64)\(operand))"
    case .lowestBit: "lowest((u64)\(operand))"
    }
  }

  private func apply(_ binary: BinaryOperator, _ a: String, _ b: String) -> String {
    switch binary {
    case .add: "(\(a) + \(b))"
    case .subtract: "(\(a) - \(b))"
    case .multiply: "(\(a) * \(b))"
    case .divide: "quotient(\(a), \(b))"
    case .remainder: "rest(\(a), \(b))"
    case .equal: "(i64)(\(a) == \(b))"
    case .notEqual: "(i64)(\(a) != \(b))"
    case .less: "(i64)(\(a) < \(b))"
    case .lessOrEqual: "(i64)(\(a) <= \(b))"
    case .and, .bitAnd: "(\(a) & \(b))"
    case .or, .bitOr: "(\(a) | \(b))"
    case .bitAndNot: "(\(a) & ~\(b))"
    }
  }
}

extension CEmitter {
  /// Returns the value of a fixed variable.
  func read(_ variable: Variable, state: String) -> String {
    if variable.width == 0 { return Self.literal(variable.lower) }
    let field = variable.field
    let word = "\(state)[\(field.word)]"
    let bits =
      "(i64)((\(field.shift == 0 ? word : "\(word) >> \(field.shift)")) & "
      + "\(Self.literal(field.mask)))"
    return variable.lower == 0 ? bits : "(\(bits) + \(Self.literal(variable.lower)))"
  }

  private mutating func read(_ place: Place, state: String, depth: Int) -> String {
    let selected = select(place, state: state, depth: depth)
    if selected.variables.isEmpty { return "nothing()" }
    guard let index = selected.index else {
      return read(system.variables[selected.variables[0]], state: state)
    }
    return "\(namespace)ld\(accessor(selected.variables.map(shape)))(\(state), \(index))"
  }

  /// Returns the statement that stores a value in a place of the state `t`.
  mutating func store(_ place: Place, _ expression: Expression) -> String {
    let selected = select(place, state: "t", depth: 0)
    if selected.variables.isEmpty { return "nothing();" }
    let value = self.value(expression, state: "t")
    guard let index = selected.index else {
      let variable = system.variables[selected.variables[0]]
      if variable.width == 0 { return "" }
      let field = variable.field
      let mask = Self.literal(field.mask &<< field.shift)
      let word = "t[\(field.word)]"
      let offset = variable.lower == 0 ? value : "(\(value) - \(Self.literal(variable.lower)))"
      let bits = "((u64)\(offset) & \(Self.literal(field.mask))) << \(field.shift)"
      return "\(word) = (\(word) & ~\(mask)) | (\(bits));"
    }
    return "\(namespace)st\(accessor(selected.variables.map(shape)))(t, \(index), \(value));"
  }

  private func shape(of variable: Int) -> FieldShape {
    let variable = system.variables[variable]
    return FieldShape(
      word: variable.field.word, shift: variable.field.shift, mask: variable.field.mask,
      lower: variable.lower)
  }

  /// Returns the variables that a place can be, and the expression of the number among them that it
  /// is; nil if there is only one.
  ///
  /// Of a pool or an array without elements a place is nothing; the code has tested the index before it
  /// comes there, so that it never does.
  private mutating func select(
    _ place: Place, state: String, depth: Int
  ) -> (variables: [Int], index: String?) {
    var variables = [Int(place.base.index)]
    var index: String?
    let computedCount = place.terms.count { if case .constant = $0.index { false } else { true } }
    for term in place.terms {
      if case .constant(let number) = term.index {
        guard 0..<Int64(term.count) ~= number else { return ([], nil) }
        variables = variables.map { $0 + Int(number) * term.stride }
        continue
      }
      let number = value(term.index, state: state, depth: depth + 1)
      // The helper functions test a single index themselves.
      let position = computedCount == 1 ? number : "at(\(number), \(term.count))"
      index = index.map { "(\($0) * \(term.count) + \(position))" } ?? position
      variables = variables.flatMap { base in
        (0..<term.count).map { base + $0 * term.stride }
      }
    }
    return (variables, index)
  }
}
