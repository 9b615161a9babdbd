public import SourceText
internal import Syntax

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
    } else if Phases.parse(formatted, as: id).1.contains(where: { $0.severity == .error })
      || !Self.keepsWords(of: file, in: formatted)
    {
      self = .broken
    } else {
      self = .changed(text)
    }
  }

  /// Whether two files have the same words in the same order, and as many comments; only semicolons may
  /// differ.
  package static func keepsWords(of file: SourceFile, in formatted: SourceFile) -> Bool {
    let (old, new) = (words(of: file), words(of: formatted))
    return old.words == new.words && old.commentCount == new.commentCount
  }

  private static func words(
    of file: SourceFile
  ) -> (words: [ArraySlice<UInt8>], commentCount: Int) {
    let list = Lexer.tokens(of: file, as: FileID(0)).0
    let words = list.tokens.filter { $0.kind != .semicolon }
      .map { file.bytes[Int($0.lower)..<Int($0.upper)] }
    return (words, list.comments.count)
  }
}
