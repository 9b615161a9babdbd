/// A half-open range of UTF-8 byte offsets into one source file.
///
/// A span holds no text, so it costs twelve bytes in a syntax node and outlives the file it points
/// into. Turning one into lines and columns needs the ``SourceCatalog`` that knows the file.
public struct SourceSpan: Hashable, Sendable {
  /// The file that the span points into.
  public let file: FileID

  /// The offset of the first byte covered.
  public let lower: UInt32

  /// The offset just past the last byte covered.
  public let upper: UInt32

  /// Creates a span over `lower..<upper` in `file`.
  ///
  /// - Precondition: `lower <= upper`.
  public init(file: FileID, _ lower: UInt32, _ upper: UInt32) {
    precondition(lower <= upper, "a span cannot end before it starts")
    self.file = file
    self.lower = lower
    self.upper = upper
  }

  /// Returns the smallest span that covers both `self` and `other`.
  ///
  /// - Precondition: both spans are of one file.
  public func union(_ other: SourceSpan) -> SourceSpan {
    precondition(file == other.file, "spans of different files have no union")
    return SourceSpan(file: file, min(lower, other.lower), max(upper, other.upper))
  }
}
