internal import SourceText
internal import Syntax

/// What can be wrong with the files of a model and their imports.
extension Diagnostic {
  /// Returns an error: no file was found for an import.
  static func unknownModule(
    _ item: ImportSyntax, tried: [String], modules: [String]
  ) -> Diagnostic {
    let file = item.path.map(\.text).joined(separator: "/") + ".race"
    let nearest = Spelling.nearest(to: item.text, among: modules)
    let places = tried.isEmpty ? "nowhere" : tried.joined(separator: ", ")
    return Diagnostic(
      rule: "unknown-module", message: "there is no module '\(item.text)'", span: item.span,
      help: (nearest.map { "did you mean '\($0)'? " } ?? "") + "looked for \(file) in \(places)",
      suggestion: nearest.map { Suggestion(span: item.span, replacement: $0) })
  }

  /// Returns an error: an import leads back to a module that is being loaded.
  static func importCycle(
    _ item: ImportSyntax, through names: [String], imports: [ImportSyntax]
  ) -> Diagnostic {
    let way = (names + names.prefix(1)).joined(separator: " -> ")
    return Diagnostic(
      rule: "import-cycle", message: "imports go in a circle: \(way)", span: item.span,
      notes: imports.map { Note(message: "'\($0.text)' is imported here", span: $0.span) },
      help: "move what both need into a module that imports neither")
  }

  /// Returns an error: the file of an imported module cannot be read.
  static func unreadableModule(_ item: ImportSyntax, _ error: LoadError) -> Diagnostic {
    Diagnostic(rule: "unreadable-module", message: error.description, span: item.span)
  }

  /// Returns an error: a file declares another module than the one its import names.
  static func moduleMismatch(
    declared: String, at span: SourceSpan, imported item: ImportSyntax
  ) -> Diagnostic {
    Diagnostic(
      rule: "module-mismatch",
      message: "the module is declared as '\(declared)' but was imported as '\(item.text)'",
      span: span, notes: [Note(message: "the import is here", span: item.span)],
      suggestion: Suggestion(span: span, replacement: item.text))
  }
}
