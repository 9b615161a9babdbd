public import Exploration
public import SourceText

/// Why a check has no answer.
public enum CheckError: Error, Sendable, CustomStringConvertible {
  /// The model has errors with these bugs and options; with a text that shows each at its place.
  case invalidModel([Diagnostic], text: String)
  /// The model has no check of this name; with those that it has.
  case unknownCheck(String, known: [String])
  /// The model has no bug of this id or name; with the ids of those that it has.
  case unknownBug(String, known: [String])
  /// The checker contradicts itself, which is a mistake of its own.
  case contradiction(SearchError)

  /// What is wrong.
  public var description: String {
    switch self {
    case .invalidModel(_, let text): text
    case .unknownCheck(let name, let known): "there is no check '\(name)' among \(known)"
    case .unknownBug(let name, let known): "there is no bug '\(name)' among \(known)"
    case .contradiction(let error): "internal error: \(error)"
    }
  }
}
