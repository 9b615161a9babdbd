/// A contradiction inside the checker: a bug of ours, never of the model.
public enum SearchError: Error, Hashable, Sendable {
  /// The replayer came to something else than the search; the text says at which step, and what.
  case replayMismatch(String)
  /// The second pass did not find again what the first had found.
  case lostViolation
}
