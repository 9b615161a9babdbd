public import SourceText

/// What became of formatting a model.
public enum Formatting: Sendable {
  /// The text has the standard layout already.
  case unchanged
  /// The text in the standard layout.
  case changed(String)
  /// The text has errors; it is better left alone.
  case rejected([Diagnostic], SourceCatalog)
  /// The formatter would break the text: a bug of ours.
  case broken

  /// Formats `file`.
  public init(_ file: SourceFile) {
    var catalog = SourceCatalog()
    let id = catalog.add(file)
    let errors = Phases.parse(file, as: id).1.filter { $0.severity == .error }
    guard errors.isEmpty else {
      self = .rejected(errors, catalog)
      return
    }
    let text = Phases.format(file)
    let formatted = SourceFile(path: file.path, text: text)
    if formatted.bytes == file.bytes {
      self = .unchanged
    } else if Phases.parse(formatted, as: id).1.contains(where: { $0.severity == .error }) {
      self = .broken
    } else {
      self = .changed(text)
    }
  }
}
