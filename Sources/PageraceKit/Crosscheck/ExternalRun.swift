internal import Foundation

/// One run of another program.
struct ExternalRun {
  /// How it ended.
  enum End {
    /// With this exit status.
    case exited(Int32)
    /// By this signal.
    case signalled(Int32)
    /// It took too long and was killed.
    case timedOut
    /// The caller wants no more; it was killed.
    case cancelled
    /// It could not be started.
    case notStarted(String)
  }

  /// How it ended.
  var end: End
  /// What it printed, up to 256 kB.
  var output: String

  private static let outputLimit = 256 << 10

  /// Runs a program in `folder` and waits for it; what it prints goes through a file there.
  ///
  /// `goesOn` is asked many times a second whether to go on.
  static func perform(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String],
    deadline: ContinuousClock.Instant?, goesOn: () -> Bool
  ) -> ExternalRun {
    let path = folder + "/output"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forUpdatingAtPath: path)
    else { return ExternalRun(end: .notStarted("cannot write to '\(folder)'"), output: "") }
    defer { try? handle.close() }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      return ExternalRun(end: .notStarted(error.localizedDescription), output: "")
    }
    var end: End?
    while ended.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      if !goesOn() { end = .cancelled }
      if let deadline, ContinuousClock.now > deadline { end = .timedOut }
      if end != nil {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
        break
      }
    }
    let status = process.terminationStatus
    let natural: End = process.terminationReason == .exit ? .exited(status) : .signalled(status)
    let isStopped = !goesOn()
    try? handle.seek(toOffset: 0)
    let bytes = (try? handle.read(upToCount: outputLimit)) ?? Data()
    return ExternalRun(
      end: end ?? (isStopped ? .cancelled : natural), output: String(decoding: bytes, as: UTF8.self)
    )
  }
}
