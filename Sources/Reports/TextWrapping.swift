/// Cuts text into lines of limited width.
public enum TextWrapping {
  /// Returns the words of `text` in lines of at most `width` characters.
  ///
  /// Lines after the first start with `indent` spaces. A word that is longer than a line gets a line of its
  /// own and is not cut, unless that `isCut` is wanted.
  public static func lines(
    of text: String, width: Int, indent: Int = 0, isCut: Bool = false
  ) -> [String] {
    lines(
      words: text.split(separator: " ").map(String.init), width: width, indent: indent, isCut: isCut
    )
  }

  /// Returns words in lines of at most `width` characters, whatever is in the words.
  static func lines(
    words: [String], width: Int, indent: Int = 0, isCut: Bool = false
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words {
      if !line.isEmpty, line.count + 1 + word.count <= width {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = (lines.isEmpty ? "" : String(repeating: " ", count: indent)) + word
      while isCut, line.count > max(width, indent + 1) {
        let end = border(in: line, from: indent + 1, width: max(width, indent + 1))
        lines.append(String(line[..<end]))
        line = String(repeating: " ", count: indent) + line[end...]
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Returns where a line can be cut that has no blanks: behind a sign between two names if there is one.
  private static func border(in line: String, from least: Int, width: Int) -> String.Index {
    let head = line.prefix(width)
    let sign = head.indices.dropFirst(least).last { "([{.,:;#_".contains(head[$0]) }
    return sign.map { head.index(after: $0) } ?? head.endIndex
  }

  /// Returns `items` with commas between them in lines of at most `width` characters; no item is cut.
  static func lines(joining items: [String], width: Int) -> [String] {
    var lines: [String] = []
    for (index, item) in items.enumerated() {
      let piece = item + (index == items.count - 1 ? "" : ",")
      if let last = lines.last, last.count + 1 + piece.count <= width {
        lines[lines.count - 1] = last + " " + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }

  /// Returns two columns, the right one wrapped; a left part that is too long gets a line of its own.
  public static func table(_ rows: [(String, String)], width: Int) -> String {
    let column = min(26, (rows.map(\.0.count).max() ?? 0) + 4)
    var text = ""
    for (left, right) in rows {
      var lines = lines(of: right, width: width - column)
      if left.count + 4 > column {
        text += "  \(left)\n"
      } else {
        let first = lines.isEmpty ? "" : lines.removeFirst()
        text += "  " + left.padded(to: column - 2) + first + "\n"
      }
      for line in lines { text += String(repeating: " ", count: column) + line + "\n" }
    }
    return text
  }
}

extension String {
  /// Returns the string with spaces behind it that make it at least `width` characters long.
  public func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
