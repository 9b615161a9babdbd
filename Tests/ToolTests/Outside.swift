import Foundation
import Testing

/// Programs that are not ours and judge what we write.
///
/// They are optional, as the README says; the tests that need one are left out where it is missing.
enum Outside {
  /// A Python with `jsonschema`; nil if there is none.
  static let python = pythonInterpreter(with: "jsonschema")
  /// A Python with `sarif_om`; nil if there is none.
  static let sarifPython = pythonInterpreter(with: "sarif_om")
  static let hasXMLLint = succeeds("command -v xmllint")
  static let hasDot = succeeds("command -v dot")

  /// The JSON Schema of SARIF 2.1.0 that OASIS publishes; nil if nobody has put it anywhere.
  static let sarifSchema: String? = {
    let path =
      ProcessInfo.processInfo.environment["SARIF_SCHEMA"] ?? file("sarif-schema-2.1.0.json")
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  static let noPython: Comment =
    "python3 with jsonschema (Debian: python3-jsonschema) is not installed"
  static let noSarifPython: Comment =
    "python3 with sarif_om (Debian: python3-sarif-python-om) is not installed"
  static let noXMLLint: Comment = "xmllint (Debian: libxml2-utils) is not installed"
  static let noDot: Comment = "dot (Debian: graphviz) is not installed"
  static let noSchema: Comment = "SARIF_SCHEMA names no copy of the OASIS schema"

  /// Returns the path of a file that they work with.
  static func file(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Outside/\(name)").path()
  }

  /// The JSON Schema that we publish ourselves.
  static let reportSchema = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/schema/report-1.schema.json").path()

  /// Runs a command in a folder; what it says is shown if it fails.
  static func run(_ words: [String], in folder: URL) throws -> ToolRun {
    let quoted = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }
    return try ToolRun(script: quoted.joined(separator: " "), in: folder)
  }

  private static func pythonInterpreter(with module: String) -> String? {
    ["/usr/bin/python3", "python3"].first { succeeds("\($0) -W ignore -c 'import \(module)'") }
  }

  private static func succeeds(_ script: String) -> Bool {
    (try? ToolRun(script: script))?.status == 0
  }
}
