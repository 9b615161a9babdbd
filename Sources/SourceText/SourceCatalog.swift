/// The source files of one run: what a span needs to become text, lines and columns.
public struct SourceCatalog: Sendable {
  /// The files, in the order in which they were added.
  public private(set) var files: [SourceFile] = []

  /// Creates an empty catalog.
  public init() {}

  /// Adds `file` and returns its identity.
  public mutating func add(_ file: SourceFile) -> FileID {
    files.append(file)
    return FileID(files.count - 1)
  }

  /// The file with the identity `id`.
  public subscript(id: FileID) -> SourceFile { files[Int(id.index)] }

  /// Returns the text that `span` covers.
  public func text(of span: SourceSpan) -> String { self[span.file].text(of: span) }

  /// Returns `file:line` of the start of `span`, as reports print it.
  public func place(of span: SourceSpan) -> String {
    let file = self[span.file]
    return "\(file.path):\(file.position(of: span.lower).line)"
  }
}
