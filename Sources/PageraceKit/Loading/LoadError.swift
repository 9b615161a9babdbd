/// Why a file or folder could not be read.
public enum LoadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing is there.
  case missing(path: String)
  /// It is a folder where a file is needed.
  case directory(path: String)
  /// The system refuses to read it, for the reason given.
  case unreadable(path: String, reason: String)
  /// The system refuses to write it, for the reason given.
  case unwritable(path: String, reason: String)
  /// It is larger than any model can be.
  case tooLarge(path: String, limitBytes: Int)
  /// A folder has no model in it.
  case noModels(path: String)

  /// What is wrong, as one phrase.
  public var description: String {
    switch self {
    case .missing(let path): "there is no file '\(path)'"
    case .directory(let path): "'\(path)' is a folder, but a model is a file"
    case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
    case .unwritable(let path, let reason): "cannot write '\(path)': \(reason)"
    case .tooLarge(let path, let limit): "'\(path)' is larger than \(limit >> 20) MiB"
    case .noModels(let path): "there is no .race file in the folder '\(path)'"
    }
  }
}
