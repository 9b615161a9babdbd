/// The number of a source file in its ``SourceCatalog``.
public struct FileID: Hashable, Sendable {
  /// The index of the file in the catalog, from zero.
  public let index: UInt32

  /// Creates the identity of the file with the given index.
  public init(_ index: Int) {
    self.index = UInt32(index)
  }
}
