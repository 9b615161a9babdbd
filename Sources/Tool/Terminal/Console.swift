#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import PageraceKit
internal import Reports
internal import SourceText

/// The only way to standard output and standard error.
///
/// Results go to standard output, everything else to standard error. Text is written at once, so
/// that both appear in the order in which they were made.
final class Console {
  /// The colours for each stream.
  let outputPaint: Paint
  let errorPaint: Paint
  /// The widest line of a report.
  let width: Int
  /// Whether standard error is a terminal, which can show progress.
  let showsProgress: Bool
  /// Whether diagnostics are printed as JSON.
  let printsJSONDiagnostics: Bool

  /// Where the tool runs.
  let surroundings: Surroundings

  private var outputError: Int32?
  private var remarks: Set<String> = []

  /// Why a result got lost; nil if none did, or if the reader has gone away and wants no more.
  var outputFailure: String? {
    guard let outputError, outputError != EPIPE else { return nil }
    return String(cString: strerror(outputError))
  }

  init(_ surroundings: Surroundings, colour: String = "auto", diagnostics: String = "text") {
    self.surroundings = surroundings
    let paint = { (isTerminal: Bool) -> Paint in
      switch colour {
      case "always": .coloured
      case "never": .plain
      default: isTerminal && !surroundings.refusesColour ? .coloured : .plain
      }
    }
    outputPaint = paint(surroundings.isOutputTerminal)
    errorPaint = paint(surroundings.isErrorTerminal)
    width = min(
      surroundings.columns ?? TextReport.Style.changelogWidth, TextReport.Style.changelogWidth)
    showsProgress = surroundings.isErrorTerminal
    printsJSONDiagnostics = diagnostics == "json"
  }

  /// Writes a result.
  func print(_ text: String) {
    guard outputError == nil else { return }
    outputError = Self.write(text, to: STDOUT_FILENO)
  }

  /// Writes something that is no result.
  func printError(_ text: String) {
    _ = Self.write(text, to: STDERR_FILENO)
  }

  /// Says in one line what went wrong outside of any model.
  func complain(_ message: String) {
    let text = VisibleText.of(message, keepingLines: true)
    printError("pagerace: \(errorPaint("error", .bad)): \(text)\n")
  }

  /// Says in one line something worth knowing.
  func remark(_ message: String) {
    let text = VisibleText.of(message, keepingLines: true)
    printError("pagerace: \(errorPaint("note", .faint)): \(text)\n")
  }

  /// Says in one line something worth knowing, unless that has been said.
  func remarkOnce(_ message: String) {
    if remarks.insert(message).inserted { remark(message) }
  }

  /// Writes all of `text` and returns the system's error number if that is impossible.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { sysWrite(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { bytes = bytes.dropFirst(count) }
      if count >= 0 || errno == EINTR { continue }
      guard errno == EAGAIN else { return errno }
      // Whoever reads the other end has told the pipe not to wait, for both of us.
      var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&watched, 1, -1)
    }
    return nil
  }
}

/// The system's `write`, under a name that does not hide behind the console's own.
private func sysWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
