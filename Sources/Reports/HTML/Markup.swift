/// A piece of HTML.
///
/// Text that is put into it is escaped; only other markup goes in as it is. So no name and no string of a
/// model can become a tag, whoever writes the code that shows it.
struct Markup: ExpressibleByStringInterpolation {
  /// The HTML.
  private(set) var text: String

  /// Creates nothing.
  init() { text = "" }

  /// Creates markup from a literal in the source.
  init(stringLiteral value: String) { text = value }

  /// Creates markup from a literal with escaped texts in it.
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  private init(verbatim: String) { text = verbatim }

  /// What makes markup of a literal and the values in it.
  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ markups: [Markup]) {
      for part in markups { text += part.text }
    }
    mutating func appendInterpolation(_ string: String) { text += Escaping.xml(string) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
  }

  /// Returns code that a browser breaks between names rather than inside of one.
  static func code(_ text: String) -> Markup {
    var result = Markup()
    var piece = ""
    for character in text {
      // Not in front of what is no name: `()` stays together.
      if let last = piece.last, "(.[".contains(last), character.isLetter {
        result += "\(piece)<wbr>"
        piece = ""
      }
      piece.append(character)
    }
    return "\(result)\(piece)"
  }

  static func += (left: inout Markup, right: Markup) { left.text += right.text }

  /// Returns the style sheet or script as it is.
  ///
  /// - Precondition: it is our own, and does not end its element.
  static func resource(_ text: String) -> Markup {
    precondition(!text.contains("</"), "a resource cannot end the element that it stands in")
    return Markup(verbatim: text)
  }

  /// Returns a record as JSON that can stand in a script element: nothing in it can end the element.
  ///
  /// What has no shape of its own is written out, as it is between tags.
  static func data(_ record: some Encodable) -> Markup {
    // These characters occur within strings only, where they can be written as their numbers.
    var text = ""
    for scalar in JSONText.render(record, isCompact: true).unicodeScalars {
      switch scalar {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      case " "..."~": text.unicodeScalars.append(scalar)
      default: text += Escaping.visible(String(scalar)).replacing("\\", with: "\\\\")
      }
    }
    return Markup(verbatim: text)
  }
}

extension Sequence<Markup> {
  /// The pieces one after the other.
  func joined() -> Markup {
    var all = Markup()
    for piece in self { all += piece }
    return all
  }
}
