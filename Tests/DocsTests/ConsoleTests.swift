import Foundation
import Testing

/// Console blocks show a command, behind a dollar sign, and what it prints.
///
/// With `UPDATE_GOLDEN=1` they are rewritten.
@Suite("Output in the documentation", .serialized)
struct ConsoleTests {
  @Test("is what the commands print", arguments: Page.all)
  func outputs(page: Page) throws {
    var text = try page.text()
    let blocks = CodeBlock.all.filter { $0.page == page.path }
    for (index, block) in blocks.enumerated() where block.language == "console" {
      guard let command = block.text.split(separator: "\n").first, command.hasPrefix("$ pagerace ")
      else { continue }
      let words = command.split(separator: " ").dropFirst(2).map(String.init)
      // A model that is shown before the command is the file that the command names.
      let model = blocks[..<index].last { $0.language == "race" }
      let shown = "\(command)\n" + (try output(of: words, model: model?.text))
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        text = text.replacingOccurrences(
          of: "```console\n\(block.text)```", with: "```console\n\(shown)```")
      } else {
        #expect(block.text == shown, "\(block)")
      }
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: page.url)
    }
  }

  /// Runs the tool at the top of the repository, or beside the model if it is none of the repository's.
  private func output(of words: [String], model: String?) throws -> String {
    let files = FileManager.default
    let process = Process()
    let executable: URL = try #require(tool)
    process.executableURL = executable
    process.arguments = words
    process.currentDirectoryURL = Page.root
    let folder = Page.root.appending(path: ".build/docs-tests/\(UUID().uuidString)")
    defer { try? files.removeItem(at: folder) }
    if let path = words.first(where: { $0.hasSuffix(".race") }), !path.contains("/") {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data((model ?? "").utf8).write(to: folder.appending(path: path))
      process.currentDirectoryURL = folder
    }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The executable, which is built beside the tests.
  private var tool: URL? {
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return [tests, Page.root.appending(path: ".build/debug")]
      .map { $0.appending(path: "pagerace") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
