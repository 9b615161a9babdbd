/// Cuts text into lines of limited width.
public enum TextWrapping {
  /// Returns the words of `text` in lines of at most `width` characters.
  ///
  /// Lines after the first start with `indent` spaces. A word that is longer than a line gets a line of its
  /// own and is not cut.
  public static func lines(of text: String, width: Int, indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = (lines.isEmpty ? "" : String(repeating: " ", count: indent)) + word
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
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
