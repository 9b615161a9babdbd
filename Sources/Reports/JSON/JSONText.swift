#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Writes records as JSON.
public enum JSONText {
  /// Returns `record` as JSON with sorted keys, so that equal records give equal text.
  ///
  /// It is one line if it is to be compact, otherwise indented.
  public static func render(_ record: some Encodable, isCompact: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if !isCompact { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      let text = String(decoding: try encoder.encode(record), as: UTF8.self)
      // An empty list or object takes three lines otherwise. No string can look like one, for a
      // newline in a string is escaped.
      return text.replacing(/\[\n\s*\]/, with: "[]").replacing(/\{\n\s*\}/, with: "{}")
    } catch {
      preconditionFailure("a record of strings, numbers and lists always has a JSON form: \(error)")
    }
  }
}
