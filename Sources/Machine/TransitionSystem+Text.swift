extension TransitionSystem {
  /// Returns what a person is shown for `value` in the given format.
  ///
  /// A value that the format has no name for is shown as a number.
  public func text(of value: Int64, as format: ValueFormat) -> String {
    switch format {
    case .number:
      return String(value)
    case .boolean:
      return value == 0 ? "false" : "true"
    case .cases(let names):
      return Self.name(value, in: names)
    case .reference(let pool):
      // Below zero is what the place of a local holds before it has a value.
      return value <= 0 ? "nil" : pool + String(value - 1)
    case .process:
      return value <= 0 ? "nil" : Self.name(value - 1, in: processes.map(\.name))
    case .cpu:
      return Self.name(value, in: cpuNames)
    case .set(let element):
      return setText(UInt64(bitPattern: value), of: element)
    case .location(let process):
      let locations = self[process].locations
      guard let index = Int(exactly: value), locations.indices.contains(index) else {
        return String(value)
      }
      return locations[index].text
    }
  }

  /// Returns what a person is shown for the value of `variable`.
  public func text(of value: Int64, in variable: VariableID) -> String {
    text(of: value, as: self[variable].format)
  }

  /// Returns the members of a set in braces, lowest bit first.
  private func setText(_ bits: UInt64, of element: ValueFormat) -> String {
    // The members of these formats count from one, because zero is nil.
    let offset: Int64
    switch element {
    case .reference, .process: offset = 1
    default: offset = 0
    }
    let members = (0..<Int64(64)).filter { bits >> UInt64($0) & 1 == 1 }
      .map { text(of: $0 + offset, as: element) }
    return "{" + members.joined(separator: ", ") + "}"
  }

  /// Returns the name with the given index, or the number itself where there is none.
  private static func name(_ value: Int64, in names: [String]) -> String {
    guard let index = Int(exactly: value), names.indices.contains(index) else {
      return String(value)
    }
    return names[index]
  }
}
