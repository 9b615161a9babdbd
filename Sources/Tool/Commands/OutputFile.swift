internal import PageraceKit

extension Console {
  /// Returns whether results can be written to `path`, as far as one can tell before; says so if not.
  ///
  /// It must be none of `models`: a result in the place of its model helps nobody.
  func canWrite(to path: String, sparing models: [String]) -> Bool {
    if let model = models.first(where: { FileAccess.areOneFile($0, path) }) {
      complain("cannot write '\(path)': it is the model '\(model)'")
      return false
    }
    do {
      try FileAccess.checkWritable(path)
      return true
    } catch {
      complain(error.description)
      return false
    }
  }
}

extension LoadError {
  /// The exit status of a command that cannot go on: a result that gets lost is worse than one that there
  /// cannot be.
  var status: ExitStatus {
    switch self {
    case .unwritable: .internalError
    case .missing, .directory, .unreadable, .tooLarge, .noModels: .rejected
    }
  }
}
