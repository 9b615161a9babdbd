public import SourceText

/// Why a stored counterexample cannot be replayed at all.
public enum ReplayProblem: Error, Sendable {
  /// The model has no check of this name.
  case noCheck(String)
  /// The model has no bug with this id.
  case noBug(String)
  /// The model has no option of this name.
  case noOption(String)
  /// The check has no property of this name.
  case noProperty(String)
  /// No statement can fail with this violation.
  case noViolation(String)
  /// The model has errors with these bugs and options.
  case rejected([Diagnostic])

  /// What is wrong, as a phrase.
  public func sentence(about model: Model) -> String {
    switch self {
    case .noCheck(let name): "'\(model.path)' has no check '\(name)' any more"
    case .noBug(let id): "'\(model.path)' has no bug '\(id)' any more"
    case .noOption(let name): "'\(model.path)' has no option '\(name)' any more"
    case .noProperty(let name): "'\(model.path)' has no property '\(name)' any more"
    case .noViolation(let name): "nothing in '\(model.path)' can fail with '\(name)' any more"
    case .rejected: "the model has errors"
    }
  }
}
