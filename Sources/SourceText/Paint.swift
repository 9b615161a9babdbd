/// Colours text for a terminal, or leaves it as it is.
public struct Paint: Sendable {
  /// What a piece of text is.
  public enum Style: String, Sendable {
    /// A violation or an error.
    case bad = "31;1"
    /// Something that holds.
    case good = "32;1"
    /// Something that deserves a look.
    case warning = "33;1"
    /// A name or heading.
    case strong = "1"
    /// Something that can be skipped.
    case faint = "2"
  }

  private let isColoured: Bool

  private init(isColoured: Bool) { self.isColoured = isColoured }

  /// Leaves text as it is.
  public static let plain = Paint(isColoured: false)
  /// Colours text by ANSI escape sequences.
  public static let coloured = Paint(isColoured: true)

  /// Returns `text` in the given style.
  public func callAsFunction(_ text: String, _ style: Style) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
