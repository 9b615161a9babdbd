import Foundation
import Testing

@Suite("Links in the documentation")
struct LinkTests {
  @Test("lead to files and headings that exist", arguments: Page.all)
  func resolve(page: Page) throws {
    let text = try page.text()
    for link in text.matches(of: /\]\(([^)\s]+)\)/).map(\.1) where !link.contains("://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty
        ? page.url : page.url.deletingLastPathComponent().appending(path: String(parts[0]))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(link)")
      if parts.count == 2, let other = try? String(contentsOf: target, encoding: .utf8) {
        #expect(anchors(in: other).contains(String(parts[1])), "\(link)")
      }
    }
  }

  /// The anchors that a forge makes of the headings of a page.
  private func anchors(in text: String) -> Set<String> {
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }
    return Set(
      headings.map { line in
        let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(
          title.compactMap { character in
            character == " "
              ? "-" : character.isLetter || character.isNumber || character == "-" ? character : nil
          })
      })
  }
}
