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
      let index =
        stride == 1 && place.terms.count == 1 ? try bare(term.index) : try text(term.index)
      parts.append(stride == 1 ? index : "\(index)*\(stride)")
    }
    if base != 0 { parts.append("\(base)") }
    // SPIN refuses an array whose index begins with the array itself.
    if parts[0].hasPrefix("\(array)[") { parts.insert("0", at: 0) }
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
      var bits = (0..<(width(operand) ?? 32)).map { "((\(inner) >> \($0)) & 1)" }
      // Numbers below zero have 64 bits here.
      if width(operand) == nil { bits.append("(\(inner) < 0 -> 32 : 0)") }
      return bits.isEmpty ? "0" : "(" + bits.joined(separator: " + ") + ")"
    case .lowestBit:
      var text = width(operand) == nil ? "(\(inner) < 0 -> 31 : 64)" : "64"
      for bit in (0..<(width(operand) ?? 31)).reversed() {
        text = "((\(inner) & \(1 << bit)) -> \(bit) : \(text))"
      }
      return text
    }
  }

  /// How many of the lowest bits of a value can be set; nil if it may be below zero.
  private func width(_ expression: Expression) -> Int? {
    switch expression {
    case .constant(let number): return number < 0 ? nil : 64 - number.leadingZeroBitCount
    case .read(let place):
      var width = 0
      for (index, _) in place.variables where system.variables.indices.contains(index) {
        let variable = system.variables[index]
        if variable.lower < 0 { return nil }
        width = max(width, 64 - variable.upper.leadingZeroBitCount)
      }
      return width
    case .binary(.bitAnd, let a, let b): return Self.smaller(width(a), width(b))
    case .binary(.bitAndNot, let a, _): return width(a)
    case .binary(.bitOr, let a, let b): return Self.larger(width(a), width(b))
    case .conditional(_, let a, let b): return Self.larger(width(a), width(b))
    default: return nil
    }
  }

  private static func smaller(_ a: Int?, _ b: Int?) -> Int? {
    guard let a, let b else { return a ?? b }
    return min(a, b)
  }

  private static func larger(_ a: Int?, _ b: Int?) -> Int? {
    guard let a, let b else { return nil }
    return max(a, b)
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
