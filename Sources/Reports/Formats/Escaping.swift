internal import SourceText

/// Puts text of models into formats that give some characters a meaning.
///
/// Names, messages and paths come from files that anybody may have written: nothing in them may end a
/// string, open a tag or begin a comment, and nothing that cannot be seen may pass for nothing.
enum Escaping {
  /// Returns `text` with everything that cannot be seen written out, as ``VisibleText`` does.
  static func visible(_ text: String, keepingLines: Bool = false) -> String {
    VisibleText.of(text, keepingLines: keepingLines)
  }

  /// Returns text for between the tags and inside the quoted attributes of XML and HTML.
  ///
  /// Line ends are kept where they count, between tags, and are character references in attributes,
  /// where a reader would take them for spaces.
  static func xml(_ text: String, isAttribute: Bool = false) -> String {
    var result = ""
    for character in visible(text, keepingLines: true).unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      // Only `]]>` may not stand in text, but that is true of each of its parts if none does.
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n": result += isAttribute ? "&#10;" : "\n"
      case "\t": result += isAttribute ? "&#9;" : "\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// Returns what stands between the quotes of a string of Graphviz's language, where entities count as well.
  static func dot(_ text: String) -> String {
    visible(text, keepingLines: true).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("&", with: "&amp;")
      .replacing("\n", with: "\\n").replacing("\t", with: " ")
  }

  /// Returns text for a note, a title or an alias of a Mermaid diagram.
  ///
  /// What is neither a letter nor harmless is written as a number, which Mermaid shows as the character.
  static func mermaid(_ text: String) -> String {
    var result = ""
    for scalar in visible(text).unicodeScalars {
      switch scalar {
      case " ", ".", ",", "_", "-", "+", "=", "(", ")", "[", "]", "/", "'", "?", "!", "*", "|":
        result.unicodeScalars.append(scalar)
      case let scalar where scalar.properties.isAlphabetic || ("0"..."9").contains(scalar):
        result.unicodeScalars.append(scalar)
      default: result += "#\(scalar.value);"
      }
    }
    return result
  }

  /// Returns a path as a URI reference: relative if the path is, otherwise of the scheme `file`.
  static func uri(_ path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
