public import SourceText

/// The tree of one `.race` file.
public struct ModuleSyntax: Sendable {
  /// The file that was parsed.
  public var file: FileID
  /// The parts of `module a.b.c`; empty when the declaration is missing.
  public var path: [Name]
  /// The text of the `///` comments at the top, without their markers; lines joined by newlines.
  public var documentation: String
  /// The imports, in source order.
  public var imports: [ImportSyntax]
  /// The declarations, in source order.
  public var declarations: [DeclarationSyntax]

  /// Creates the tree of `file`.
  public init(
    file: FileID, path: [Name] = [], documentation: String = "", imports: [ImportSyntax] = [],
    declarations: [DeclarationSyntax] = []
  ) {
    self.file = file
    self.path = path
    self.documentation = documentation
    self.imports = imports
    self.declarations = declarations
  }
}

/// An import.
///
/// `import a.b`
public struct ImportSyntax: Sendable {
  /// The parts of the module's path.
  public var path: [Name]
  /// The path as text: the parts joined by dots.
  public var text: String { path.map(\.text).joined(separator: ".") }
  /// The whole path in the source.
  public var span: SourceSpan

  /// Creates an import of `path`.
  public init(path: [Name], span: SourceSpan) {
    self.path = path
    self.span = span
  }
}
