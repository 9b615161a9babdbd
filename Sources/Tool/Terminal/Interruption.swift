#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import Synchronization

/// Whether somebody has asked the tool to stop, as with Ctrl-C.
///
/// The first interruption ends the search cleanly; the second one ends the process at once.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Whether somebody has asked.
  static var isRequested: Bool {
    // Relaxed is enough: the flag is the whole message.
    flag.load(ordering: .relaxed)
  }

  /// Watches for interruptions from now on, and sets other signals as the tool needs them.
  static func watch() {
    // A reader that goes away is told by an error of the write, so that other files are still written.
    signal(SIGPIPE, SIG_IGN)
    // Whoever started the tool may have ignored this one for good, and then nobody learns how a child ended.
    signal(SIGCHLD, SIG_DFL)
    // A first look creates the flag, which a signal handler could not do safely.
    _ = isRequested
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // Who runs the tool with nohup does not want it to end with the terminal.
      let before = signal(number, SIG_IGN)
      if number == SIGHUP && unsafeBitCast(before, to: Int.self) == ignored { continue }
      signal(number, onSignal)
      sigaddset(&signals, number)
    }
    // Whoever started the tool may have left them blocked, as threads of Dispatch do.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// What `SIG_IGN` is as a number; functions cannot be compared.
  private static let ignored = unsafeBitCast(SIG_IGN, to: Int.self)

  private static let onSignal: @convention(c) (Int32) -> Void = { number in
    Interruption.flag.store(true, ordering: .relaxed)
    signal(number, SIG_DFL)
  }
}
