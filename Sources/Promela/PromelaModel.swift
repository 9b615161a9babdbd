/// A system as a Promela model, with what is needed to compare SPIN's numbers with ours.
package struct PromelaModel: Sendable {
  /// The text of the model; it ends with a newline.
  package var text: String
  /// How many states more SPIN counts.
  package var extraStates: Int
  /// How many transitions more SPIN counts.
  package var extraTransitions: Int
  /// What the number *n* in a failed `assert(n == 0 || …)` stands for, from index 1 on.
  package var violations: [Violation]
  /// Whether some of our transitions take SPIN two steps, so that its depths are no numbers of steps.
  package var hasAtomicSteps: Bool
  /// An upper bound of the size of SPIN's state vector, in bytes.
  package var vectorSize: Int

  /// What an assertion in the model stands for.
  package enum Violation: Hashable, Sendable {
    /// A step fails with the violation of this name.
    case failure(String)
    /// A loop inside a step made more turns than the model allows; it may never end.
    case manyTurns(String)
    /// The property of this name is false in a state, or an access in it is invalid.
    case property(String)

    /// The violation's name, as `expect` has it.
    package var name: String {
      switch self {
      case .failure(let name), .manyTurns(let name), .property(let name): name
      }
    }
  }
}

/// Why a system cannot be written in Promela.
package struct NotExportable: Error, Hashable, Sendable {
  /// The reason, as a phrase without a full stop.
  package var reason: String

  /// Creates an error with a reason.
  package init(_ reason: String) { self.reason = reason }
}

/// Choices of the writer that change the text and not what it means.
package struct PromelaStyle: Sendable {
  /// Whether the model is for SPIN's breadth-first search.
  ///
  /// Then temporaries are part of SPIN's state, always zero between steps, because that search refuses hidden
  /// variables; and steps that lead to several points are one step of SPIN's too, even where that takes
  /// long conditions, so that its depths are numbers of steps.
  package var isForBreadthFirst: Bool

  /// Creates a style.
  package init(isForBreadthFirst: Bool = false) { self.isForBreadthFirst = isForBreadthFirst }
}
