public import SourceText
public import Testing

/// A diagnostic that a model's own comments promise.
public struct Expectation: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The one-based line that the carets point at.
  public let line: Int
  /// The one-based columns that the carets cover.
  public let columns: ClosedRange<Int>
  /// The severity and the message, as the renderer would print them.
  public let text: String

  /// The expectation in the form it would have in a model.
  public var description: String {
    "\(line):\(columns.lowerBound)-\(columns.upperBound) \(text)"
  }

  /// Orders expectations by place, then by text.
  public static func < (a: Expectation, b: Expectation) -> Bool {
    (a.line, a.columns.lowerBound, a.text) < (b.line, b.columns.lowerBound, b.text)
  }
}

extension Expectation {
  /// Returns the expectations written in `source`.
  ///
  /// A comment such as `//    ^^^^ error: message` speaks about the nearest line above it that is
  /// not itself such a comment. Since `//` takes two columns, the first two columns of a line
  /// cannot be pointed at.
  public static func all(in source: String) -> [Expectation] {
    var found: [Expectation] = []
    var subject = 0
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let body = line.drop { $0 == " " || $0 == "/" }
      guard line.hasPrefix("//"), body.hasPrefix("^") else {
        subject = index + 1
        continue
      }
      let first = line.count - body.count + 1
      let width = body.prefix { $0 == "^" }.count
      let text = body.dropFirst(width).drop { $0 == " " }
      found.append(
        Expectation(line: subject, columns: first...(first + width - 1), text: String(text)))
    }
    return found.sorted()
  }

  /// Returns what `diagnostics` about `file` amount to.
  ///
  /// An empty span, which stands between two characters, counts as one column wide.
  public static func all(of diagnostics: [Diagnostic], in file: SourceFile) -> [Expectation] {
    func expectation(_ span: SourceSpan, _ text: String) -> Expectation {
      let (line, column) = file.position(of: span.lower)
      let width = max(1, Int(span.upper - span.lower))
      return Expectation(line: line, columns: column...(column + width - 1), text: text)
    }
    return diagnostics.flatMap { d in
      [expectation(d.span, "\(d.severity): \(d.message) [\(d.rule)]")]
        + d.notes.map { expectation($0.span, "note: \($0.message)") }
    }.sorted()
  }
}

/// Expects `diagnostics` about the one file `source` to be exactly those that its comments promise.
public func expectPromised(
  _ diagnostics: [Diagnostic], in source: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = SourceFile(path: "test.race", text: source)
  let found = Expectation.all(of: diagnostics, in: file).map(\.description)
  let promised = Expectation.all(in: source).map(\.description)
  #expect(found == promised, sourceLocation: sourceLocation)
}
