internal import Machine

/// The variables that a place can be.
extension Place {
  /// The same place, with indexes that are constants worked into its base.
  var withConstantsJoined: Place {
    var base = Int(base.index)
    var terms: [Term] = []
    for term in self.terms {
      if let number = term.index.number {
        // An index out of range stands in code that is never reached.
        if number >= 0 && number < Int64(term.count) { base += Int(number) * term.stride }
      } else if term.count != 1 {
        terms.append(term)
      }
    }
    return Place(VariableID(base), terms)
  }

  /// Whether no index can select anything: an element of a pool without objects.
  func isNowhere(in system: TransitionSystem) -> Bool {
    Int(base.index) >= system.variables.count || terms.contains { $0.count <= 0 }
  }

  /// The variables that the place can be, by index, each with the indexes that select it.
  var variables: [(variable: Int, indexes: [Int])] {
    var all: [(variable: Int, indexes: [Int])] = [(Int(base.index), [])]
    for term in terms {
      all = all.flatMap { variable, indexes in
        (0..<term.count).map { (variable + $0 * term.stride, indexes + [$0]) }
      }
    }
    return all
  }

  /// Returns the condition that all indexes have the given values.
  func condition(selecting indexes: [Int]) -> Expression {
    zip(terms, indexes).reduce(.constant(1)) { condition, pair in
      .both(condition, .applying(.equal, pair.0.index, .constant(Int64(pair.1))))
    }
  }
}
