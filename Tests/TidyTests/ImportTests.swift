import Testing

/// The direction of dependencies: see the picture in `docs/ARCHITECTURE.md`.
@Suite struct ImportTests {
  /// What each module may import of our own.
  static let allowed: [String: Set<String>] = [
    "SourceText": [],
    "Syntax": ["SourceText"],
    "Threads": [],
    "Semantics": ["SourceText", "Syntax", "Threads"],
    "Machine": ["SourceText"],
    "Lowering": ["SourceText", "Semantics", "Machine"],
    "Execution": ["Machine"],
    "NativeCode": ["SourceText", "Machine", "Execution"],
    "CacheHints": [],
    "Exploration": ["CacheHints", "Threads", "Machine", "Execution"],
    "Promela": ["SourceText", "Machine"],
    "Reports": ["SourceText", "Machine", "Execution", "Exploration"],
    "PageraceKit": [
      "SourceText", "Syntax", "Threads", "Semantics", "Machine", "Lowering", "Execution",
      "Exploration", "NativeCode", "Promela", "Reports",
    ],
    "Bench": ["NativeCode"],
    "Tool": [
      "Bench", "Threads", "SourceText", "Semantics", "Machine", "Exploration", "Reports",
      "PageraceKit",
    ],
    "pagerace": ["Tool"],
  ]

  /// The modules that do without Foundation.
  static let plain: Set<String> = [
    "SourceText", "Syntax", "Threads", "Semantics", "Machine", "Lowering", "Execution",
    "NativeCode",
    "Exploration", "Promela",
  ]

  private func imports(of file: Repository.File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1,
        index == 0 || ["public", "internal", "package", "private"].contains(words[0])
      else { return nil }
      return words[index + 1]
    }
  }

  @Test("a module imports only what lies before it")
  func directions() {
    for file in Repository.files(in: "Sources", ending: ".swift") {
      let module = file.folder.replacing("Sources/", with: "")
      guard let allowed = Self.allowed[module] else {
        Issue.record("\(file) is in a module that nobody knows")
        continue
      }
      for name in imports(of: file) where Self.allowed[name] != nil {
        #expect(allowed.contains(name), "\(file) imports \(name)")
      }
    }
  }

  @Test("the modules that search do without Foundation")
  func foundation() {
    for file in Repository.files(in: "Sources", ending: ".swift") {
      guard Self.plain.contains(file.folder.replacing("Sources/", with: "")) else { continue }
      for name in imports(of: file) {
        #expect(!["Foundation", "FoundationEssentials", "Dispatch"].contains(name), "\(file)")
      }
    }
  }

  // One import is enough to load it with its tables of languages, which takes longer than most searches.
  @Test("nobody takes all of Foundation where its essentials can be had")
  func essentials() {
    for file in Repository.files(in: "Sources", ending: ".swift") {
      for (index, line) in file.lines.enumerated()
      where ["import Foundation", "internal import Foundation", "public import Foundation"]
        .contains(line)
      {
        #expect(index > 0 && file.lines[index - 1] == "#else", "\(file):\(index + 1)")
      }
    }
  }

  @Test("only the tool prints, reads the environment and exits")
  func surroundings() {
    let banned = [
      "print(", "exit(", "fatalError(", "ProcessInfo.processInfo.environment", "getenv(",
      ".standardOutput", ".standardError", "fputs(", "readLine(",
    ]
    for file in Repository.files(in: "Sources", ending: ".swift")
    where !["Sources/Tool", "Sources/pagerace"].contains(file.folder) {
      for (index, line) in file.lines.enumerated() where !isComment(line) {
        for word in banned where calls(word, in: line) {
          Issue.record("\(file):\(index + 1) has '\(word)'")
        }
      }
    }
  }

  private func isComment(_ line: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix("//")
  }

  /// Whether `word` stands in `line` and is not the end of a longer name.
  private func calls(_ word: String, in line: String) -> Bool {
    line.ranges(of: word).contains { range in
      guard range.lowerBound > line.startIndex else { return true }
      let before = line[line.index(before: range.lowerBound)]
      return !before.isLetter && !before.isNumber && before != "_" && before != "."
        || word.hasPrefix(".")
    }
  }
}
