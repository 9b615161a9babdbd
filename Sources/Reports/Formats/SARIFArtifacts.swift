internal import SourceText

/// The files that a SARIF document speaks of, each with its number.
struct SARIFArtifacts {
  private var paths: [String] = []
  /// What the absolute paths of files begin with that can be named from the folder of the run on.
  private let root: String?

  /// Creates an empty list for a run in `folder`.
  init(folder: String?) { root = folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } }

  /// Adds a file unless it is there, and returns its number.
  @discardableResult
  mutating func add(_ path: String) -> Int {
    // Forges know no folders of the machine that made the report.
    let isBelow = root.map { path.hasPrefix($0) && path.count > $0.count } ?? false
    let path = isBelow ? String(path.dropFirst(root?.count ?? 0)) : path
    if let known = paths.firstIndex(of: path) { return known }
    paths.append(path)
    return paths.count - 1
  }

  /// The files as SARIF has them.
  var all: [JSONValue] {
    paths.map { path in
      ["location": .object(Self.reference(to: path)), "mimeType": "text/plain"]
    }
  }

  /// Returns the location of a piece of text, with a message if there is one.
  mutating func location(
    _ span: SourceSpan, in catalog: SourceCatalog, message: String? = nil
  ) -> JSONValue {
    let number = add(catalog[span.file].path)
    var reference = Self.reference(to: paths[number])
    reference["index"] = .integer(number)
    var location: [String: JSONValue] = [
      "physicalLocation": [
        "artifactLocation": .object(reference), "region": Self.region(span, in: catalog),
      ]
    ]
    location.set("message", message.map(SARIFText.message))
    return .object(location)
  }

  /// Returns the location of a whole file.
  mutating func location(ofFile path: String) -> JSONValue {
    let number = add(path)
    var reference = Self.reference(to: paths[number])
    reference["index"] = .integer(number)
    return ["physicalLocation": ["artifactLocation": .object(reference)]]
  }

  /// A path that is relative is so to where the tool was run, which no document should tell.
  private static func reference(to path: String) -> [String: JSONValue] {
    let uri = JSONValue.string(Escaping.uri(path))
    return path.hasPrefix("/") ? ["uri": uri] : ["uri": uri, "uriBaseId": "SRCROOT"]
  }

  private static func region(_ span: SourceSpan, in catalog: SourceCatalog) -> JSONValue {
    let file = catalog[span.file]
    let start = position(of: span.lower, in: file)
    let end = position(of: span.upper, in: file)
    return [
      "startLine": .integer(start.line), "startColumn": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
    ]
  }

  /// Returns a line and a column from one on that counts UTF-16 units, as SARIF wants; ours count bytes.
  private static func position(
    of offset: UInt32, in file: SourceFile
  ) -> (line: Int, column: Int) {
    let (line, column) = file.position(of: offset)
    let before = file.bytes[(Int(offset) - (column - 1))..<Int(offset)]
    return (line, String(decoding: before, as: UTF8.self).utf16.count + 1)
  }
}

/// The wording of SARIF messages.
enum SARIFText {
  /// Returns a message with the given text.
  ///
  /// Braces stand for placeholders and are doubled, as the standard wants it; brackets before a
  /// parenthesis would be a link.
  static func message(_ text: String) -> JSONValue {
    let plain = Escaping.visible(text, keepingLines: true)
      .replacing("{", with: "{{").replacing("}", with: "}}").replacing("](", with: "] (")
    return ["text": .string(plain)]
  }
}
