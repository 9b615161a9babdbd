/// Text of unknown origin, such as names in models and paths, for places where everything has to be seen.
public enum VisibleText {
  /// Returns `text` with everything that has no shape of its own written as `\u{1b}`; line ends and tabs too,
  /// unless they are kept.
  ///
  /// That is control characters, characters that change the direction of text or have no width, and those
  /// that Unicode has not assigned.
  public static func of(_ text: String, keepingLines: Bool = false) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isVisible(scalar) || keepingLines && (scalar == "\n" || scalar == "\t") {
        result.append(scalar)
      } else {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      }
    }
    return String(result)
  }

  /// Whether a character has a shape, or is a space.
  public static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    case .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
