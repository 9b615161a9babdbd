import Foundation
import TestSupport
import Testing

/// A Chromium without a window, for the tests of pages.
enum Browser {
  /// The executable; nil if there is none.
  static let executable: URL? = {
    let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return names.lazy.flatMap { name in folders.map { URL(filePath: "\($0)/\(name)") } }
      .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
  }()

  /// Why tests with it are left out.
  static let absence: Comment = "chromium is missing"

  /// Shows a page of a folder, lets the given script work on it, and returns what that returns.
  ///
  /// The page is shown twice: in `desktop` (1280 × 900) and `phone` (375 × 720), which the script knows as the
  /// windows of frames. It is the body of a function without parameters; what it returns goes through JSON.
  static func visit<Answer: Decodable>(
    _ page: String, in folder: URL, as type: Answer.Type, script: String
  ) throws -> Answer {
    let harness = """
      <!DOCTYPE html>
      <meta charset="utf-8">
      <iframe id="desktop" width="1280" height="900" src="\(page)"></iframe>
      <iframe id="phone" width="375" height="720" src="\(page)"></iframe>
      <pre id="answer"></pre>
      <script>
      addEventListener("load", () => {
        const [desktop, phone] = ["desktop", "phone"]
          .map((name) => document.getElementById(name).contentWindow);
        let answer;
        try {
          answer = (() => {
      \(script)
          })();
        } catch (error) {
          answer = { error: String(error.stack) };
        }
        document.getElementById("answer").textContent = encodeURIComponent(JSON.stringify(answer));
      });
      </script>

      """
    let file = folder.appending(path: "harness.html")
    try Data(harness.utf8).write(to: file)
    let dump = try run(file, profile: folder.appending(path: "profile"))
    let start = try #require(dump.firstRange(of: "<pre id=\"answer\">"), "\(dump.prefix(2000))")
      .upperBound
    let end = try #require(dump[start...].firstRange(of: "</pre>")).lowerBound
    let text = try #require(String(dump[start..<end]).removingPercentEncoding)
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      Issue.record("\(error): \(text.prefix(2000))")
      throw error
    }
  }

  /// Loads a file and returns the document as it is then.
  private static func run(_ file: URL, profile: URL) throws -> String {
    let process = Process()
    process.executableURL = executable
    process.arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
      // A file may look at another one; nothing is fetched from anywhere.
      "--allow-file-access-from-files", "--disable-web-security",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking",
      "--user-data-dir=\(profile.path())", "--virtual-time-budget=10000", "--dump-dom",
      file.absoluteString,
    ]
    let output = file.deletingLastPathComponent().appending(path: "dump.html")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }
}
