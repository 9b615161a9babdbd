internal import NativeCode

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

  /// Runs a program in `folder` and waits for it.
  ///
  /// `goesOn` is asked many times a second whether to go on. What the program has started ends with it.
  static func perform(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String],
    deadline: ContinuousClock.Instant?, goesOn: () -> Bool
  ) -> ExternalRun {
    let child: ChildProcess
    do {
      child = try ChildProcess(
        program, arguments, in: folder, environment: environment.map { "\($0)=\($1)" }.sorted(),
        outputLimit: outputLimit)
    } catch {
      return ExternalRun(end: .notStarted(error.message), output: "")
    }
    while true {
      child.poll()
      if let status = child.status {
        // Signals count from 128, as in a shell.
        let end: End = status > 128 ? .signalled(status - 128) : .exited(status)
        return ExternalRun(end: goesOn() ? end : .cancelled, output: child.text)
      }
      let isLate = deadline.map { ContinuousClock.now > $0 } ?? false
      if isLate || !goesOn() {
        child.kill()
        return ExternalRun(end: isLate ? .timedOut : .cancelled, output: child.text)
      }
      child.sleep(milliseconds: 20)
    }
  }
}
