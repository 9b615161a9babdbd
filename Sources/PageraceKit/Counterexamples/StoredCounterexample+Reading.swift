#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension StoredCounterexample {
  /// The size above which a file is refused: the longest traces take a few hundred kilobytes.
  static let limitBytes = 8 << 20

  /// Reads the file at `path`.
  ///
  /// - Throws: every case of ``CounterexampleError``.
  public init(path: String) throws(CounterexampleError) {
    struct Header: Decodable {
      let format: String?
      let version: Int?
    }
    /// What any document decodes to.
    struct Anything: Decodable {
      init(from decoder: any Decoder) {}
    }
    let bytes: [UInt8]
    do throws(LoadError) {
      bytes = try FileAccess.read(path)
      if bytes.count > Self.limitBytes { throw .tooLarge(path: path, limitBytes: Self.limitBytes) }
    } catch {
      throw .unreadable(error)
    }
    guard (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil else {
      throw .damaged(path: path, reason: "it is not valid JSON")
    }
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: Data(bytes))
    } catch {
      throw .damaged(path: path, reason: Self.reason(error))
    }
    guard header.format == Self.formatName else { throw .foreign(path: path) }
    if let version = header.version, version != Self.version {
      throw .otherVersion(path: path, version: version)
    }
    do {
      self = try JSONDecoder().decode(StoredCounterexample.self, from: Data(bytes))
    } catch {
      throw .damaged(path: path, reason: Self.reason(error))
    }
    if let reason = defect { throw .damaged(path: path, reason: reason) }
  }

  /// What no recording contains, as a phrase; nil if all is well.
  ///
  /// Whatever is read may be printed, and the model's path is opened.
  private var defect: String? {
    let parts = model.split(separator: "/", omittingEmptySubsequences: false)
    if model.hasPrefix("/") || parts.contains("..") || !model.hasSuffix(".race") {
      return "'model' is not the path of a model below the folder with the counterexamples"
    }
    let words =
      [module, model, digest, check, violation.name, violation.property ?? ""] + bugs
      + (violation.waiting ?? []) + options.flatMap { [$0.name, $0.value] }
      + steps.flatMap { [$0.task, $0.label, $0.text] + $0.functions }
    let isPrintable = words.allSatisfy { word in
      word.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
    if !isPrintable { return "a text has characters that cannot be shown" }
    if preemptions < 0 || steps.contains(where: { $0.occurrence < 1 }) {
      return "a count is negative"
    }
    if bugs != bugs.sorted() || Set(options.map(\.name)).count != options.count {
      return "the bugs and options are not in order"
    }
    return nil
  }

  /// Returns why a document cannot be decoded, as a phrase.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "there is no '\(path(context.codingPath + [key]))'"
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      "it is not an object"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "'\(path(context.codingPath))' is not what it should be"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "'\(path(context.codingPath))' is not what it should be"
    default: "a number in it is not a whole one, or too large"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }
}
