/// The text of one model, with the line table that turns offsets into positions.
public struct SourceFile: Sendable {
  /// The path to show in messages, exactly as the user wrote it.
  public let path: String

  /// The whole text as UTF-8.
  public let bytes: [UInt8]

  private let lineStarts: [UInt32]

  /// Creates a file named `path` that holds `bytes`.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    self.lineStarts = bytes.withUnsafeBufferPointer { buffer in
      var starts: [UInt32] = [0]
      var index = 0
      while index < buffer.count {
        // A model of more than 4 GB is refused before anybody asks for its lines.
        if buffer[index] == 0x0a { starts.append(UInt32(truncatingIfNeeded: index + 1)) }
        index += 1
      }
      return starts
    }
  }

  /// Creates a file named `path` that holds `text`.
  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The number of lines, counting an unfinished last one.
  public var lineCount: Int { lineStarts.count }

  /// Returns the one-based line and column of the byte at `offset`.
  ///
  /// Columns count bytes, as editors that speak the GNU message format expect.
  ///
  /// - Complexity: O(log *n*), where *n* is the number of lines.
  public func position(of offset: UInt32) -> (line: Int, column: Int) {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (line: low + 1, column: Int(offset - lineStarts[low]) + 1)
  }

  /// Returns the offsets of the one-based line `number`, without the newline that ends it.
  public func byteRange(ofLine number: Int) -> Range<Int> {
    let lower = Int(lineStarts[number - 1])
    guard number < lineStarts.count else { return lower..<bytes.count }
    let newline = Int(lineStarts[number]) - 1
    let hasReturn = newline > lower && bytes[newline - 1] == UInt8(ascii: "\r")
    return lower..<(hasReturn ? newline - 1 : newline)
  }

  /// Returns the text of the one-based line `number`, without the newline that ends it.
  public func line(_ number: Int) -> String {
    String(decoding: bytes[byteRange(ofLine: number)], as: UTF8.self)
  }

  /// Returns the text that `span` covers.
  ///
  /// - Precondition: `span` lies inside this file.
  public func text(of span: SourceSpan) -> String {
    String(decoding: bytes[Int(span.lower)..<Int(span.upper)], as: UTF8.self)
  }
}
