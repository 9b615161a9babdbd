/// Why a stored counterexample cannot be read.
public enum CounterexampleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(LoadError)
  /// The file is no JSON, or not what it should be; with the reason, as a phrase.
  case damaged(path: String, reason: String)
  /// The file is something else.
  case foreign(path: String)
  /// The file was written by another version of the tool.
  case otherVersion(path: String, version: Int)

  /// What is wrong, as one phrase.
  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .damaged(let path, let reason): "'\(path)' is damaged: \(reason)"
    case .foreign(let path): "'\(path)' is no stored counterexample of pagerace"
    case .otherVersion(let path, let version):
      "'\(path)' has version \(version) of the format, but this tool knows version "
        + "\(StoredCounterexample.version); record it again with 'pagerace test --record'"
    }
  }
}
