public import SourceText

/// A stored counterexample that is not what it was, or cannot be used.
public struct StoredProblem: Sendable {
  /// The path of its file.
  public var path: String
  /// What was found, as one phrase.
  public var reason: String
  /// The name and the path of its model; nil if that is not known.
  public var model: (name: String, path: String)?
  /// The check with its bugs and options: `update with L01`; nil if that is not known.
  public var title: String?
  /// Where the row stands that asks for it; nil if none does.
  public var row: SourceSpan?
  /// The texts of the model.
  public var catalog: SourceCatalog

  /// Creates the record of a stored counterexample.
  public init(
    path: String, reason: String, model: (name: String, path: String)? = nil, title: String? = nil,
    row: SourceSpan? = nil, catalog: SourceCatalog = SourceCatalog()
  ) {
    self.path = path
    self.reason = reason
    self.model = model
    self.title = title
    self.row = row
    self.catalog = catalog
  }
}
