/// Draws diagnostics as text, in the form that editors and CI logs already know how to click.
public struct DiagnosticRenderer: Sendable {
  private let catalog: SourceCatalog
  private let paint: Paint

  /// The longest piece of a source line that is shown.
  private static let excerptWidth = 96

  /// Creates a renderer for diagnostics about the files of `catalog`.
  public init(catalog: SourceCatalog, paint: Paint = .plain) {
    self.catalog = catalog
    self.paint = paint
  }

  /// Returns `diagnostic`, then its notes, each as a heading and the line it points at, then what
  /// to do.
  public func render(_ diagnostic: Diagnostic) -> String {
    let style: Paint.Style = diagnostic.severity == .error ? .bad : .warning
    var text = heading(
      diagnostic.severity.rawValue, style, "\(diagnostic.message) [\(diagnostic.rule)]",
      at: diagnostic.span)
    for note in diagnostic.notes { text += heading("note", .faint, note.message, at: note.span) }
    if let help = diagnostic.help {
      text += "    = help: \(help)\n"
    } else if let suggestion = diagnostic.suggestion, !suggestion.replacement.contains("\n") {
      text += "    = help: write '\(suggestion.replacement)'\n"
    }
    return text
  }

  private func heading(
    _ kind: String, _ style: Paint.Style, _ message: String, at span: SourceSpan
  ) -> String {
    let file = catalog[span.file]
    let start = file.position(of: span.lower)
    let gutter = String(start.line)
    let blank = String(repeating: " ", count: gutter.count)
    let (excerpt, carets) = excerpt(file, span, line: start.line, column: start.column)
    return """
      \(file.path):\(start.line):\(start.column): \(paint(kind, style)): \(message)
       \(gutter) | \(excerpt)
       \(blank) | \(paint(carets, style))

      """
  }

  /// Returns the part of the line to show, and the carets under it.
  ///
  /// Characters that would disturb a terminal are shown as spaces or question marks. The text that
  /// is quoted may be anything, such as a binary file.
  private func excerpt(
    _ file: SourceFile, _ span: SourceSpan, line: Int, column: Int
  ) -> (text: String, carets: String) {
    let start = Int(span.lower) - (column - 1)
    let width = Self.excerptWidth
    let first = column - 1 > width * 3 / 4 ? Int(span.lower) - width / 2 : start
    let newline = UInt8(ascii: "\n")
    let end = file.bytes[Int(span.lower)...].prefix(width).prefix { $0 != newline }.endIndex
    let before = Self.printable(file.bytes[first..<Int(span.lower)])
    let after = Self.printable(
      file.bytes[Int(span.lower)..<min(end, max(first + width, Int(span.lower)))])
    let marked = Self.printable(
      file.bytes[Int(span.lower)..<max(Int(span.lower), min(end, Int(span.upper)))])
    let lead = first > start ? "..." : ""
    let tail = String(repeating: "~", count: max(0, min(marked.count, after.count) - 1))
    return (
      lead + before + after,
      String(repeating: " ", count: lead.count + before.count) + "^" + tail
    )
  }

  private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return String(
      text.map { character in
        if character == "\t" || character == "\r" || character == "\r\n" { return " " }
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        return isControl ? "?" : character
      })
  }
}
