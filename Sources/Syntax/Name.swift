public import SourceText

/// An identifier where it stands in the text.
public struct Name: Hashable, Sendable {
  /// The identifier.
  public let text: String
  /// Where it stands.
  public let span: SourceSpan

  /// Creates the name `text` that stands at `span`.
  public init(_ text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}
