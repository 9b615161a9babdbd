#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import Foundation

/// What the tool knows of the place where it runs: nothing else looks at the environment.
struct Surroundings: Sendable {
  /// Whether standard output and standard error are terminals.
  let isOutputTerminal: Bool
  let isErrorTerminal: Bool
  /// The columns of the terminal, or nil if it is none or does not say.
  let columns: Int?
  /// Whether the user asks for no colours (`NO_COLOR`), or the terminal has none.
  let refusesColour: Bool

  /// Looks around.
  static func current() -> Surroundings {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return Surroundings(
      isOutputTerminal: isTerminal, isErrorTerminal: isatty(STDERR_FILENO) == 1,
      columns: isTerminal ? windowColumns() ?? environment["COLUMNS"].flatMap { Int($0) } : nil,
      refusesColour: environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb")
  }

  private static func windowColumns() -> Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
