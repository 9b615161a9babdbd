import Foundation

/// One run of the real executable.
struct ToolRun {
  /// What it wrote.
  let output: String
  let error: String
  /// The exit status, or the number of the signal that ended it plus 128, as shells have it.
  let status: Int32

  /// The executable, which lies beside the tests.
  static let executable: URL = {
    let tests = URL(filePath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: "pagerace")
  }()

  /// The folder with the golden files and the models that the tests use.
  static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  /// Where the runs keep compiled code: not where the user keeps it.
  static let cache = Scratch.root.appending(path: "cache")

  /// Runs the tool with `arguments` in `folder` and waits for its end.
  ///
  /// `whileRunning` is called after the start, with the number of the process.
  init(
    _ arguments: String..., in folder: URL? = nil, input: String = "",
    environment: [String: String] = [:], whileRunning: (Int32) throws -> Void = { _ in }
  ) throws {
    try self.init(
      command: [Self.executable.path()] + arguments, in: folder, input: input,
      environment: environment, whileRunning: whileRunning)
  }

  /// Runs the tool with `arguments` in `folder` and waits for its end.
  init(_ arguments: [String], in folder: URL? = nil) throws {
    try self.init(
      command: [Self.executable.path()] + arguments, in: folder, input: "", environment: [:],
      whileRunning: { _ in })
  }

  /// Runs the tool with the words of `command` in `folder` and waits for its end.
  ///
  /// `whileRunning` is called after the start, with the number of the process.
  init(
    command words: [String], in folder: URL, environment: [String: String],
    whileRunning: (Int32) throws -> Void = { _ in }
  ) throws {
    try self.init(
      command: [Self.executable.path()] + words, in: folder, input: "",
      environment: environment, whileRunning: whileRunning)
  }

  /// Runs a shell script in which `$PAGERACE` is the tool.
  init(script: String, in folder: URL? = nil) throws {
    try self.init(
      command: ["/bin/sh", "-c", script], in: folder, input: "",
      environment: ["PAGERACE": Self.executable.path()], whileRunning: { _ in })
  }

  private init(
    command: [String], in folder: URL?, input: String, environment: [String: String],
    whileRunning: (Int32) throws -> Void
  ) throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = folder ?? scratch.folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["NO_COLOR": "", "PAGERACE_CACHE": Self.cache.path()], uniquingKeysWith: { $1 })
      .merging(environment, uniquingKeysWith: { $1 })
    // Files rather than pipes: nobody has to read while the tool writes.
    let files = try ["in", "out", "err"].map { try scratch.write($0 == "in" ? input : "", to: $0) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    try whileRunning(process.processIdentifier)
    process.waitUntilExit()
    output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    error = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    status =
      process.terminationReason == .exit
      ? process.terminationStatus : process.terminationStatus + 128
  }

  /// Both outputs and the status, for golden files.
  var transcript: String {
    var text = output
    if !error.isEmpty { text += "--- standard error\n" + error }
    return text + "--- exit status \(status)\n"
  }
}

/// A folder that is removed when the tests have ended.
struct Scratch {
  static let root: URL = {
    let id = ProcessInfo.processInfo.processIdentifier
    atexit { try? FileManager.default.removeItem(at: Scratch.root) }
    return FileManager.default.temporaryDirectory.appending(path: "pagerace-tests-\(id)")
  }()

  let folder: URL

  init() throws {
    folder = Self.root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Writes a file and returns where it is.
  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    try write(Data(text.utf8), to: path)
  }

  /// Writes a file and returns where it is.
  @discardableResult
  func write(_ data: Data, to path: String) throws -> URL {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url
  }
}
