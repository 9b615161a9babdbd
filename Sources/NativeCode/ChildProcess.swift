#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A program that runs beside us, in a process group of its own.
///
/// What it prints is read while it is polled; of too much the rest is thrown away. It is killed when
/// it is no longer wanted.
package final class ChildProcess {
  /// What a process has used, with everything that it has waited for.
  package struct Usage: Sendable {
    /// The time on a processor in seconds, in the program and in the system.
    package var userSeconds, systemSeconds: Double
    /// The most memory that was resident at once.
    package var peakBytes: Int
  }

  private let outputLimit: Int
  private let pid: pid_t
  private var pipe: Int32
  private var output: [UInt8] = []
  /// The status with which it ended; signals count from 128, as in a shell.
  package private(set) var status: Int32?
  /// What it has used, once it has ended.
  package private(set) var usage: Usage?

  /// Starts a program, in a folder if one is named, and keeps the first `outputLimit` bytes that it prints.
  ///
  /// - Throws: ``NativeError/notStarted(compiler:code:)``.
  package init(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String],
    outputLimit: Int = 4 << 10
  ) throws(NativeError) {
    self.outputLimit = outputLimit
    var ends: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&ends) == 0 else {
      throw .notStarted(compiler: program, code: errno)
    }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that killing it also kills what it has started, and so that Ctrl-C in the
    // terminal is ours to handle.
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    // What we ignore is not ignored by others.
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
    var child: pid_t = 0
    // Swift does not see the C library's way to another folder: a shell goes there and becomes the program.
    let shell = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh"]
    let command = (folder.map { shell + [$0] } ?? []) + [program] + arguments
    let code = unsafe Self.withCStrings(command) { arguments in
      unsafe Self.withCStrings(environment) { environment in
        unsafe posix_spawn(&child, command[0], &actions, &attributes, arguments, environment)
      }
    }
    _ = close(ends[1])
    pid = child
    pipe = ends[0]
    if code != 0 {
      _ = close(ends[0])
      pipe = -1
      status = -1
      throw .notStarted(compiler: program, code: code)
    }
  }

  deinit { kill() }

  /// Reads what it has printed and notices whether it has ended.
  package func poll() {
    drain()
    if status != nil { return }
    var raw: Int32 = 0
    var info = unsafe siginfo_t()
    // What it has left running goes while its number cannot be anyone else's.
    guard unsafe waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT | WNOHANG) == 0 else {
      if errno != EINTR { status = -1 }
      return
    }
    if unsafe info.si_signo == 0 { return }
    _ = Glibc.kill(-pid, SIGKILL)
    var used = rusage()
    let result = unsafe wait4(pid, &raw, 0, &used)
    if result == pid {
      drain()
      usage = Usage(
        userSeconds: Self.seconds(used.ru_utime), systemSeconds: Self.seconds(used.ru_stime),
        peakBytes: Self.bytes(used.ru_maxrss))
      let signal = raw & 0x7F
      status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    } else if result < 0 && errno != EINTR {
      status = -1
    }
  }

  /// Sleeps until it prints something or ends, and no longer than some milliseconds.
  package func sleep(milliseconds: Int32) {
    guard pipe >= 0, status == nil else { return }
    var watched = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    _ = unsafe Glibc.poll(&watched, 1, milliseconds)
    // It has closed its output and will end at once, or it goes on in silence.
    if watched.revents & Int16(POLLIN) == 0, watched.revents != 0 { usleep(100) }
  }

  /// Asks it to end, and kills it if it has not done so after a second.
  package func end() {
    if status == nil { _ = Glibc.kill(-pid, SIGTERM) }
    for _ in 0..<100 where status == nil {
      usleep(10_000)
      poll()
    }
    kill()
  }

  /// Kills it with everything that it has started, unless it has ended.
  package func kill() {
    if status == nil {
      _ = Glibc.kill(-pid, SIGKILL)
      var raw: Int32 = 0
      while unsafe waitpid(pid, &raw, 0) < 0 && errno == EINTR {}
      status = 128 + SIGKILL
    }
    if pipe >= 0 { _ = close(pipe) }
    pipe = -1
  }

  /// The first line of what it has printed.
  var firstLine: String {
    String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// What it has printed, or the beginning of it.
  package var text: String { String(decoding: output, as: UTF8.self) }

  private func drain() {
    guard pipe >= 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 4096)
    // A child that never stops printing must not keep us here.
    for _ in 0..<64 {
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe read(pipe, buffer.baseAddress, buffer.count)
      }
      if count <= 0 { return }
      output += buffer.prefix(min(count, max(0, outputLimit - output.count)))
    }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }

  /// The bytes that a resource count stands for: kilobytes on Linux.
  private static func bytes(_ count: Int) -> Int {
    #if canImport(Glibc)
    count << 10
    #else
    count
    #endif
  }

  private static func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: strings.count + 1)
    for (index, string) in strings.enumerated() {
      unsafe (pointers + index).initialize(to: strdup(string))
    }
    unsafe (pointers + strings.count).initialize(to: nil)
    defer {
      for index in strings.indices { unsafe free(pointers[index]) }
      unsafe pointers.deallocate()
    }
    return unsafe body(pointers)
  }
}
