public import SourceText

/// A range of text in JSON: the first line and column, and those just past the end.
public struct PlaceRecord: Encodable, Sendable {
  /// The file's path.
  public let file: String
  /// The first line, from one on.
  public let line: Int
  /// The first column in bytes, from one on.
  public let column: Int
  /// The line just past the end.
  public let endLine: Int
  /// The column just past the end.
  public let endColumn: Int

  /// Creates the record of `span`.
  public init(_ span: SourceSpan, in catalog: SourceCatalog) {
    let source = catalog[span.file]
    file = source.path
    (line, column) = source.position(of: span.lower)
    (endLine, endColumn) = source.position(of: span.upper)
  }
}
