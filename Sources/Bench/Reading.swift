/// The numbers that a checker prints.
package struct Reading: Equatable, Sendable {
  /// How many states it has found, the initial one included.
  package var states: Int
  /// How many transitions it has taken, without the way to the initial state.
  package var transitions: Int
  /// How long the search took; nil if it does not say, or not precisely.
  package var searchSeconds: Double?

  /// Creates a reading.
  package init(states: Int, transitions: Int, searchSeconds: Double? = nil) {
    self.states = states
    self.transitions = transitions
    self.searchSeconds = searchSeconds
  }
}
