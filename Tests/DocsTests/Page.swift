import Foundation
import Testing

/// A page of documentation in this repository.
struct Page: CustomTestStringConvertible, Sendable {
  /// The folder of the repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The path relative to the repository.
  var path: String

  var testDescription: String { path }

  /// The place of the page.
  var url: URL { Page.root.appending(path: path) }

  /// The whole text.
  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// All pages: those at the top and those below `docs`.
  static let all: [Page] = {
    let files = FileManager.default
    let top = (try? files.contentsOfDirectory(atPath: root.path)) ?? []
    let below =
      files.enumerator(atPath: root.appending(path: "docs").path)?
      .compactMap { $0 as? String } ?? []
    return (top + below.map { "docs/" + $0 }).filter { $0.hasSuffix(".md") }.sorted()
      .map { Page(path: $0) }
  }()
}

/// A block of code in a page.
struct CodeBlock: CustomTestStringConvertible, Sendable {
  /// Where the block stands.
  var page: String
  /// The line of its first fence, from one.
  var line: Int
  /// What stands behind the fence, cut at spaces: the language, then the rest.
  var words: [String]
  /// The code.
  var text: String

  var testDescription: String { "\(page):\(line)" }

  /// The language of the block.
  var language: String { words.first ?? "" }

  /// The blocks of all pages.
  static let all: [CodeBlock] = Page.all.flatMap { page in
    (try? page.text()).map { blocks(in: $0, of: page.path) } ?? []
  }

  /// The blocks of a language in all pages.
  static func all(in language: String) -> [CodeBlock] { all.filter { $0.language == language } }

  private static func blocks(in text: String, of page: String) -> [CodeBlock] {
    var found: [CodeBlock] = []
    var open: CodeBlock?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("```") {
        if let block = open {
          found.append(block)
          open = nil
        } else {
          let words = line.dropFirst(3).split(separator: " ").map(String.init)
          open = CodeBlock(page: page, line: index + 1, words: words, text: "")
        }
      } else {
        open?.text += line + "\n"
      }
    }
    return found
  }
}
