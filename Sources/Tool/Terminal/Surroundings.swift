#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import PageraceKit

/// What the tool knows of the place where it runs: nothing else looks at the environment.
struct Surroundings: Sendable {
  /// Whether standard output and standard error are terminals.
  let isOutputTerminal: Bool
  let isErrorTerminal: Bool
  /// The columns of the terminal, or nil if it is none or does not say.
  let columns: Int?
  /// Whether the user asks for no colours (`NO_COLOR`), or the terminal has none.
  let refusesColour: Bool
  /// The C compiler that the user wants to be used (`PAGERACE_CC`).
  let compiler: String?
  /// Where programs are looked for (`PATH`).
  let searchPath: String
  /// Where compiled code is kept (`PAGERACE_CACHE`, or the user's folder for caches); nil if nowhere.
  let cacheFolder: String?
  /// Where temporary files are made (`TMPDIR`).
  let temporaryFolder: String
  /// The path of this program; nil if the system does not say.
  let executable: String?

  /// Looks around.
  static func current() -> Surroundings {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return Surroundings(
      isOutputTerminal: isTerminal, isErrorTerminal: isatty(STDERR_FILENO) == 1,
      columns: isTerminal ? windowColumns() ?? environment["COLUMNS"].flatMap { Int($0) } : nil,
      refusesColour: environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb",
      compiler: environment["PAGERACE_CC"].nonEmpty,
      searchPath: environment["PATH"].nonEmpty ?? "/usr/bin:/bin",
      cacheFolder: cacheFolder(environment),
      temporaryFolder: environment["TMPDIR"].absolute ?? "/tmp",
      executable: executablePath())
  }

  /// The size of the machine's memory, or of the part of it that a container or batch system grants.
  static var memoryBytes: Int {
    min(Int(clamping: ProcessInfo.processInfo.physicalMemory), ControlGroup.memoryLimit() ?? .max)
  }

  /// The most threads that a search is given, however many cores there are.
  static let mostWorkers = 64

  /// The number of cores.
  static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Returns how runs get native code, if `preference` is the user's wish.
  func engine(_ preference: EngineSettings.Preference) -> EngineSettings {
    EngineSettings(
      preference, compiler: compiler, searchPath: searchPath, cacheFolder: cacheFolder,
      temporaryFolder: temporaryFolder)
  }

  private static func cacheFolder(_ environment: [String: String]) -> String? {
    if let folder = environment["PAGERACE_CACHE"].nonEmpty { return folder }
    if let caches = environment["XDG_CACHE_HOME"].absolute { return caches + "/pagerace" }
    return environment["HOME"].absolute.map { $0 + "/.cache/pagerace" }
  }

  private static func executablePath() -> String? {
    #if os(Linux)
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
    Bundle.main.executablePath
    #endif
  }

  private static func windowColumns() -> Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

extension String? {
  /// The text, unless it is empty: an empty variable says as much as none.
  fileprivate var nonEmpty: String? { self?.isEmpty == false ? self : nil }

  /// The text, if it is a path from the root; others would mean another place in each folder.
  fileprivate var absolute: String? { self?.hasPrefix("/") == true ? self : nil }
}
