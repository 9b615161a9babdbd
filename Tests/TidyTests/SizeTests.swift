import Testing

/// How long files, functions and lines may be.
@Suite struct SizeTests {
  static let longestFile = 600
  static let longestFunction = 90
  static let longestLine = 110

  @Test("no file is too long to read")
  func files() {
    for file in Repository.swift {
      #expect(file.lines.count <= Self.longestFile, "\(file)")
    }
  }

  @Test("no line is too long to read")
  func lines() {
    for file in Repository.files(in: "Sources", ending: ".swift") {
      // A line of text that people read is not cut.
      for (index, line) in file.lines.enumerated()
      where !line.drop(while: { $0 == " " }).hasPrefix("\"") {
        #expect(line.count <= Self.longestLine, "\(file):\(index + 1)")
      }
    }
  }

  /// The loop that runs instructions: cut in two it would be slower, and no easier to read.
  static let exceptions: Set<String> = ["Sources/Execution/Interpreter.swift"]

  @Test("no function is too long to read")
  func functions() {
    for file in Repository.swift where !Self.exceptions.contains(file.path) {
      for function in functions(in: file) {
        #expect(
          function.length <= Self.longestFunction, "\(file):\(function.line) '\(function.head)'")
      }
    }
  }

  /// The functions of a file by their indentation: a function ends with a brace below its head.
  private func functions(in file: Repository.File) -> [(head: String, line: Int, length: Int)] {
    var found: [(head: String, line: Int, length: Int)] = []
    for (index, line) in file.lines.enumerated() {
      let body = line.drop { $0 == " " }
      let words = body.split(separator: " ").prefix(5)
      guard words.contains(where: { $0 == "func" || $0.hasPrefix("init(") }),
        !body.hasPrefix("//"), !body.hasSuffix("}")
      else { continue }
      let indent = line.prefix { $0 == " " }
      let end = file.lines[index...].firstIndex { $0 == indent + "}" }
      if let end { found.append((String(body), index + 1, end - index + 1)) }
    }
    return found
  }
}
