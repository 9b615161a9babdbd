/// A whole file as tokens, with the comments between them.
package struct TokenList: Sendable {
  /// A comment, without the newline that ends it.
  package struct Comment: Hashable, Sendable {
    /// The offset of the first slash.
    package let lower: UInt32
    /// The offset just past the comment's last byte.
    package let upper: UInt32
    /// Whether it starts with exactly three slashes.
    package let isDocumentation: Bool
    /// Whether nothing but blanks stands before it on its line.
    package let startsLine: Bool
  }

  /// The tokens; the last one is always the end of the file.
  package var tokens: [Token] = []

  /// The comments, in source order.
  package var comments: [Comment] = []

  /// Creates an empty list.
  package init() {}

  /// Returns the comments between the offsets `lower` and `upper`.
  ///
  /// - Complexity: O(log *n*) for *n* comments in the file.
  package func comments(from lower: UInt32, to upper: UInt32) -> ArraySlice<Comment> {
    let first = firstComment(at: lower)
    return comments[first..<max(first, firstComment(at: upper))]
  }

  /// Returns the index of the first comment that starts at `offset` or later.
  private func firstComment(at offset: UInt32) -> Int {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].lower < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
