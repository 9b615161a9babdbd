extension TransitionSystem {
  /// Returns the packed state in which every variable has the given value.
  ///
  /// - Precondition: there is one value for each variable, in its range.
  public func pack(_ values: [Int64]) -> [UInt64] {
    precondition(values.count == variables.count, "a state has one value for each variable")
    var words = [UInt64](repeating: 0, count: wordCount)
    for (variable, value) in zip(variables, values) {
      precondition(
        variable.lower <= value && value <= variable.upper,
        "\(variable.name) cannot be \(value)")
      words[variable.field.word] |=
        UInt64(bitPattern: value &- variable.lower) &<< variable.field.shift
    }
    return words
  }

  /// Returns the value of every variable in a packed state.
  public func unpack(_ words: [UInt64]) -> [Int64] {
    precondition(words.count == wordCount, "a packed state has \(wordCount) words")
    return variables.map { variable in
      let bits = (words[variable.field.word] &>> variable.field.shift) & variable.field.mask
      return variable.lower &+ Int64(bitPattern: bits)
    }
  }
}
