internal import Reports
internal import SourceText

extension Console {
  /// Shows what is wrong with a model, in the order of the text.
  func show(_ diagnostics: [Diagnostic], in catalog: SourceCatalog) {
    let sorted = diagnostics.enumerated().sorted { a, b in
      let (left, right) = (a.element.span, b.element.span)
      return (left.file.index, left.lower, a.offset) < (right.file.index, right.lower, b.offset)
    }.map(\.element)
    if printsJSONDiagnostics {
      for diagnostic in sorted {
        printError(
          JSONText.render(DiagnosticRecord(diagnostic, in: catalog), isCompact: true) + "\n")
      }
      return
    }
    printError(DiagnosticRenderer(catalog: catalog, paint: errorPaint).render(all: sorted))
    if let rule = sorted.first(where: { $0.severity == .error })?.rule, showsProgress {
      printError("pagerace explain \(rule) says more\n")
    }
  }
}
