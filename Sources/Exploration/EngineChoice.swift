public import Execution
public import Machine

/// Which engine makes the successors of a search.
///
/// The answer does not depend on it: engines agree state for state.
public enum EngineChoice: Sendable {
  /// The evaluator, which starts at once.
  case evaluator
  /// The evaluator; from a certain size of the search on, the engine of the source that the function makes,
  /// as soon as that is ready.
  case automatic(@Sendable (TransitionSystem) -> any EngineSource)
  /// The engine of the source that the function makes, from the beginning.
  case native(@Sendable (TransitionSystem) -> any EngineSource)
}
