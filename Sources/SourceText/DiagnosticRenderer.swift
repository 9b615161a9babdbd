/// Draws diagnostics as text, in the form that editors and CI logs already know how to click.
///
/// The first line is that of GNU tools, with the rule in brackets. The line of the model follows,
/// with a caret below what is wrong, then the other places, then what to do:
///
///     lock.race:12:11: error: 'await' needs a condition [type-mismatch]
///      12 |     await turn
///         |           ^~~~
///         = help: compare it, as in 'turn == 1'
public struct DiagnosticRenderer: Sendable {
  /// The most bytes of a line that are shown before and behind the start of the carets.
  private static let reach = (before: 60, behind: 100)

  private let catalog: SourceCatalog
  private let paint: Paint

  /// Creates a renderer for diagnostics about the files of `catalog`.
  public init(catalog: SourceCatalog, paint: Paint = .plain) {
    self.catalog = catalog
    self.paint = paint
  }

  /// Returns the first `limit` of `diagnostics`, errors before warnings, and counts the rest.
  ///
  /// What is shown keeps the order of `diagnostics`.
  public func render(all diagnostics: [Diagnostic], limit: Int = 20) -> String {
    let errors = diagnostics.indices.filter { diagnostics[$0].severity == .error }
    let warnings = diagnostics.indices.filter { diagnostics[$0].severity == .warning }
    let shown = (errors + warnings).prefix(limit).sorted()
    var text = shown.map { render(diagnostics[$0]) }.joined()
    let hidden = [
      Self.count(errors.count - limit, of: "error"),
      Self.count(warnings.count - max(0, limit - errors.count), of: "warning"),
    ].compactMap(\.self)
    if !hidden.isEmpty { text += "\(hidden.joined(separator: " and ")) not shown\n" }
    return text
  }

  private static func count(_ number: Int, of what: String) -> String? {
    number <= 0 ? nil : "\(number) more \(what)\(number == 1 ? "" : "s")"
  }

  /// Returns `diagnostic` with its notes and its help.
  public func render(_ diagnostic: Diagnostic) -> String {
    let style: Paint.Style = diagnostic.severity == .error ? .bad : .warning
    var text = heading(
      diagnostic.severity.rawValue, style, diagnostic.message, rule: diagnostic.rule,
      at: diagnostic.span)
    for note in diagnostic.notes {
      text += heading("note", .strong, note.message, rule: nil, at: note.span)
    }
    if let help = diagnostic.help ?? diagnostic.suggestion.map({ "write '\($0.replacement)'" }) {
      let line = catalog[diagnostic.span.file].position(of: diagnostic.span.lower).line
      let blank = String(repeating: " ", count: String(line).utf8.count)
      text += " \(blank) \(paint("=", .faint)) help: \(printable(help))\n"
    }
    return text
  }

  private func heading(
    _ kind: String, _ style: Paint.Style, _ message: String, rule: String?, at span: SourceSpan
  ) -> String {
    let file = catalog[span.file]
    let start = file.position(of: span.lower)
    let place = paint("\(printable(file.path)):\(start.line):\(start.column):", .strong)
    let suffix = rule.map { paint(" [\($0)]", .faint) } ?? ""
    let head = "\(place) \(paint("\(kind):", style)) \(printable(message))\(suffix)\n"
    guard let excerpt = excerpt(of: file, line: start.line, span) else { return head }
    let gutter = String(start.line)
    let blank = String(repeating: " ", count: gutter.utf8.count)
    return head
      + paint(" \(gutter) |", .faint) + " \(excerpt.text)\n"
      + paint(" \(blank) |", .faint) + " \(excerpt.indent)\(paint(excerpt.carets, style))\n"
  }

  /// The part of a line that is shown, and what stands below it.
  private struct Excerpt {
    var text: String
    var indent: String
    var carets: String
  }

  /// Returns what to show of the line that `span` starts on; nil if that is no text.
  ///
  /// - Complexity: O(1): a line of megabytes is cut around the carets.
  private func excerpt(of file: SourceFile, line: Int, _ span: SourceSpan) -> Excerpt? {
    let range = file.byteRange(ofLine: line)
    let caret = min(max(Int(span.lower), range.lowerBound), range.upperBound)
    let reach = Self.reach
    let lower = range.lowerBound < caret - reach.before ? caret - reach.before : range.lowerBound
    let upper = range.upperBound > caret + reach.behind ? caret + reach.behind : range.upperBound
    let marked = min(max(Int(span.upper), caret), upper)
    guard let before = text(file, lower..<caret), let below = text(file, caret..<marked),
      let after = text(file, marked..<upper)
    else { return nil }
    let isCutBefore = lower > range.lowerBound
    let isCutBehind = upper < range.upperBound
    let indent = before.map { $0 == "\t" ? "\t" : " " }.joined()
    return Excerpt(
      text: (isCutBefore ? "…" : "") + before + below + after + (isCutBehind ? "…" : ""),
      indent: (isCutBefore ? " " : "") + indent,
      carets: "^" + String(repeating: "~", count: max(0, below.count - 1)))
  }

  /// Returns the text of a part of a line, without characters that were cut in two; nil if it
  /// holds anything that a terminal should not get to see.
  private func text(_ file: SourceFile, _ range: Range<Int>) -> String? {
    let isContinuation = { (byte: UInt8) in byte & 0xc0 == 0x80 }
    var bytes = file.bytes[range].drop(while: isContinuation)
    while let last = bytes.last, last >= 0x80, String(validating: bytes, as: UTF8.self) == nil,
      bytes.count > 0, range.upperBound - bytes.endIndex < 4
    {
      bytes.removeLast()
    }
    guard let text = String(validating: bytes, as: UTF8.self), text == printable(text) else {
      return nil
    }
    return text
  }

  /// Returns `text` with a sign for each character that cannot be seen: it could disturb a terminal, and the
  /// carets count characters.
  private func printable(_ text: String) -> String {
    let isClean = { (scalar: Unicode.Scalar) in scalar == "\t" || VisibleText.isVisible(scalar) }
    if text.unicodeScalars.allSatisfy(isClean) { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isClean($0) ? $0 : "\u{fffd}" }))
  }
}
