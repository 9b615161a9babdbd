import Foundation
import Testing

/// What holds for all files of the repository.
@Suite struct TextTests {
  @Test("nothing unexpected lies at the top")
  func topLevel() throws {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "Models", "Counterexamples", "docs", "README.md",
      "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", ".swift-format", ".gitignore", ".ci",
      ".editorconfig", ".gitattributes",
      // What git and the build leave there.
      ".git", ".build", ".swiftpm", "Package.resolved",
    ]
    for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root.path()) {
      #expect(allowed.contains(name), "\(name)")
    }
  }

  @Test("there are no tabs and no spaces at the ends of lines")
  func blanks() {
    for file in Repository.texts {
      for (index, line) in file.lines.enumerated() {
        #expect(!line.contains("\t"), "\(file):\(index + 1)")
        #expect(!line.hasSuffix(" "), "\(file):\(index + 1)")
      }
    }
  }

  @Test("nobody leaves notes to himself, and no path of one machine gets in")
  func words() {
    // Cut in two, so that this file does not find itself.
    let notes = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    let words = ["/wo" + "rk/", "/ro" + "ot/", "assis" + "tant", "ses" + "sion", "ses" + "sions"]
    for file in Repository.texts {
      for (index, line) in file.lines.enumerated() {
        for word in words where contains(word, in: line.lowercased()) {
          Issue.record("\(file):\(index + 1) has '\(word)'")
        }
        // The page that says so may name it.
        for note in notes where file.path != "CONTRIBUTING.md" && contains(note, in: line) {
          Issue.record("\(file):\(index + 1) has '\(note)'")
        }
      }
    }
  }

  /// Whether `word` stands in `line`, whole if it is made of letters.
  private func contains(_ word: String, in line: String) -> Bool {
    line.ranges(of: word).contains { range in
      guard word.first?.isLetter == true else { return true }
      let before =
        range.lowerBound > line.startIndex ? line[line.index(before: range.lowerBound)] : " "
      let after = range.upperBound < line.endIndex ? line[range.upperBound] : " "
      return !before.isLetter && !after.isLetter
    }
  }

  @Test("every page has one title, and it comes first")
  func titles() {
    let pages =
      Repository.files(in: "docs", ending: ".md")
      + ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].compactMap(Repository.read)
    for file in pages {
      var isCode = false
      var titles: [Int] = []
      for (index, line) in file.lines.enumerated() {
        if line.hasPrefix("```") { isCode.toggle() }
        if !isCode, line.hasPrefix("# ") { titles.append(index) }
      }
      #expect(titles == [0], "\(file)")
      #expect(!isCode, "\(file) has a block of code that does not end")
    }
  }

  @Test("every file ends with one newline")
  func lastLine() {
    for file in Repository.texts {
      #expect(file.lines.last == "", "\(file)")
      #expect(file.lines.dropLast().last != "" || file.lines.count <= 2, "\(file)")
    }
  }
}
