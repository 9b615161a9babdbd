internal import Machine

/// The numbers by which assertions in the model tell what is violated.
struct ViolationTable {
  private enum Key: Hashable {
    case failure(Int)
    case turns(Int)
    case property(Int)
  }

  private let system: TransitionSystem
  private var numbers: [Key: Int] = [:]
  /// What the numbers from 1 on stand for.
  private(set) var violations: [PromelaModel.Violation] = []
  /// The failures among them, for comments.
  private(set) var failures: [FailureID?] = []

  /// Creates an empty table.
  init(_ system: TransitionSystem) { self.system = system }

  /// Returns the number of a failure.
  mutating func number(_ failure: FailureID) -> Int {
    number(.failure(Int(failure.index)), .failure(system[failure].violation), failure)
  }

  /// Returns the number of a loop's making too many turns.
  mutating func number(ofTurns failure: FailureID) -> Int {
    number(.turns(Int(failure.index)), .manyTurns(system[failure].violation), failure)
  }

  /// Returns the number of a property.
  mutating func number(_ property: Int) -> Int {
    number(.property(property), .property(system.properties[property].name), nil)
  }

  private mutating func number(
    _ key: Key, _ violation: PromelaModel.Violation, _ failure: FailureID?
  ) -> Int {
    if let number = numbers[key] { return number }
    violations.append(violation)
    failures.append(failure)
    numbers[key] = violations.count
    return violations.count
  }
}
