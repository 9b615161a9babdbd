internal import Reports
internal import SourceText

/// The line that a command prints for one row of a check's table.
enum RowLine {
  /// The width of the first column, and that of the titles in the second.
  private static let wordWidth = 9
  private static let titleWidth = 36

  /// Returns the line: how the row came out in a word, which row it is, and what there is to say of it.
  static func text(
    _ word: String, _ style: Paint.Style, title: String, _ text: String, _ paint: Paint
  ) -> String {
    let space = String(repeating: " ", count: max(1, wordWidth - word.count))
    let title = VisibleText.of(title).padded(to: titleWidth)
    return "  \(paint(word, style))\(space)\(title) \(VisibleText.of(text))\n"
  }
}
