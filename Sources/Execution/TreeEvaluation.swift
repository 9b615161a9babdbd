internal import Machine

/// Evaluates expressions straight from their trees, and keeps account of what they read.
struct TreeEvaluation {
  let system: TransitionSystem
  /// The value of each variable.
  var values: [Int64]
  /// The value of each temporary.
  var registers: [Int64]
  /// The variables read so far.
  var reads = OrderedVariables()
  /// The variables read since this was emptied; for a temporary, those that it was computed from.
  var sources = OrderedVariables()
  /// The variables that each temporary was computed from.
  var origins: [RegisterID: [VariableID]] = [:]
  /// Whether a place in a text had an index out of range.
  private var isInvalid = false
  /// Whether texts are being made, in which places may be invalid and readings do not count.
  private var isText = false

  /// Creates an evaluation in the state with the given values.
  init(_ system: TransitionSystem, values: [Int64]) {
    self.system = system
    self.values = values
    self.registers = Array(repeating: 0, count: system.registerCount)
  }

  /// Returns the value of `expression`.
  mutating func value(_ expression: Expression) -> Int64 {
    switch expression {
    case .constant(let number): number
    case .register(let register): read(register)
    case .read(let place): read(place)
    case .unary(let unary, let operand): unary(value(operand))
    case .binary(.and, let left, let right): value(left) != 0 ? value(right) : 0
    case .binary(.or, let left, let right): value(left) != 0 ? 1 : value(right)
    case .binary(let binary, let left, let right):
      binary(value(left), value(right))
    case .conditional(let test, let whenTrue, let whenFalse):
      value(test) != 0 ? value(whenTrue) : value(whenFalse)
    }
  }

  /// Returns the variable that a place is.
  mutating func resolve(_ place: Place) -> VariableID {
    var index = Int(place.base.index)
    for term in place.terms {
      let position = Int(value(term.index))
      if isText, !(0..<term.count).contains(position) {
        isInvalid = true
        return place.base
      }
      precondition((0..<term.count).contains(position), "an index is out of range")
      index += position * term.stride
    }
    return VariableID(index)
  }

  private mutating func read(_ place: Place) -> Int64 {
    let variable = resolve(place)
    if !isText {
      reads.insert(variable)
      sources.insert(variable)
    }
    return values[Int(variable.index)]
  }

  private mutating func read(_ register: RegisterID) -> Int64 {
    for variable in origins[register] ?? [] { sources.insert(variable) }
    return registers[Int(register.index)]
  }

  /// Returns a text with its values filled in; `?` stands for a value that does not exist here.
  mutating func text(_ text: DisplayText, failureValue: Int64 = 0) -> String {
    isText = true
    defer { isText = false }
    var result = ""
    for piece in text.pieces {
      switch piece {
      case .literal(let literal):
        result += literal
      case .value(let expression, let format):
        isInvalid = false
        let number = value(expression)
        result += isInvalid ? "?" : system.text(of: number, as: format)
      case .failureValue(let format):
        result += system.text(of: failureValue, as: format)
      }
    }
    return result
  }
}

/// A set of variables that remembers in which order they came.
struct OrderedVariables {
  /// The variables, in order of insertion.
  private(set) var order: [VariableID] = []
  private var members: Set<VariableID> = []

  /// Adds a variable, unless it is there already.
  mutating func insert(_ variable: VariableID) {
    if members.insert(variable).inserted { order.append(variable) }
  }
}
