internal import Machine

/// Writes expressions in Promela.
struct ExpressionWriter {
  /// How the variables are declared.
  let storage: Storage
  let system: TransitionSystem

  /// Returns an expression that can be an operand of any operator.
  func text(_ expression: Expression) throws(NotExportable) -> String {
    switch expression {
    case .constant(let number):
      guard let number = Int32(exactly: number) else {
        throw NotExportable("the number \(number) needs more than the 32 bits of a Promela 'int'")
      }
      // There is no way to write the smallest number.
      if number == .min { return "(-2147483647 - 1)" }
      return number < 0 ? "(\(number))" : "\(number)"
    case .register(let register):
      return "r\(register.index)"
    case .read(let place):
      return try text(place)
    case .unary(let operation, let operand):
      return try text(operation, operand)
    case .binary(.and, _, _):
      return "(" + (try chain(.and, expression)).joined(separator: " && ") + ")"
    case .binary(.or, _, _):
      return "(" + (try chain(.or, expression)).joined(separator: " || ") + ")"
    case .binary(.bitAndNot, let a, let b):
      return "(\(try text(a)) & (~\(try text(b))))"
    case .binary(let operation, let a, let b):
      return "(\(try text(a)) \(Self.symbol(operation)) \(try text(b)))"
    case .conditional(let test, let yes, let no):
      return "(\(try text(test)) -> \(try text(yes)) : \(try text(no)))"
    }
  }

  /// Returns an expression that stands alone.
  func bare(_ expression: Expression) throws(NotExportable) -> String {
    let text = try text(expression)
    guard text.hasPrefix("("), text.hasSuffix(")") else { return text }
    switch expression {
    case .conditional, .constant, .unary(.lowestBit, _): return text
    default: return String(text.dropFirst().dropLast())
    }
  }

  /// Returns a place that is read or written.
  func text(_ place: Place) throws(NotExportable) -> String {
    let place = place.withConstantsJoined
    if place.isNowhere(in: system) { return "0" }
    if let fixed = place.fixed {
      let variable = Int(fixed.index)
      if !storage.isStored(variable), let value = system.variables[variable].constant {
        return try text(value)
      }
      return storage.name(variable)
    }
    let (array, base, strides) = storage.position(place)
    var parts: [String] = []
    for (term, stride) in zip(place.terms, strides) {
      let index = stride == 1 && place.terms.count == 1 ? try bare(term.index) : try text(term.index)
      parts.append(stride == 1 ? index : "\(index)*\(stride)")
    }
    if base != 0 { parts.append("\(base)") }
    return "\(array)[\(parts.joined(separator: " + "))]"
  }

  private func chain(
    _ operation: BinaryOperator, _ expression: Expression
  ) throws(NotExportable) -> [String] {
    var operands: [String] = []
    var pending = [expression]
    while let next = pending.popLast() {
      if case .binary(operation, let a, let b) = next {
        pending += [b, a]
      } else {
        operands.append(try text(next))
      }
    }
    return operands
  }

  private func text(
    _ operation: UnaryOperator, _ operand: Expression
  ) throws(NotExportable) -> String {
    let inner = try text(operand)
    switch operation {
    case .not: return "(!\(inner))"
    case .negate: return "(0 - \(inner))"
    case .bit: return "(1 << \(inner))"
    case .populationCount:
      let bits = (0..<width(operand)).map { "((\(inner) >> \($0)) & 1)" }
      return "(" + bits.joined(separator: " + ") + ")"
    case .lowestBit:
      var text = "64"
      for bit in (0..<width(operand)).reversed() {
        text = "((\(inner) & \(1 << bit)) -> \(bit) : \(text))"
      }
      return text
    }
  }

  /// How many of the lowest bits of a value that is not negative can be set.
  private func width(_ expression: Expression) -> Int {
    switch expression {
    case .constant(let number): 64 - number.leadingZeroBitCount
    case .read(let place):
      place.variables.map { 64 - system.variables[$0.variable].upper.leadingZeroBitCount }.max() ?? 31
    case .binary(.bitAnd, let a, let b): min(width(a), width(b))
    case .binary(.bitAndNot, let a, _): width(a)
    case .binary(.bitOr, let a, let b): max(width(a), width(b))
    case .conditional(_, let a, let b): max(width(a), width(b))
    default: 31
    }
  }

  private static func symbol(_ operation: BinaryOperator) -> String {
    switch operation {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .and: "&&"
    case .or: "||"
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitAndNot: "& ~"
    }
  }
}
