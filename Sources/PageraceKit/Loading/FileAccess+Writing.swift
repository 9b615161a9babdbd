#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension FileAccess {
  /// Replaces the contents of the file at `path` at one stroke: a reader sees the old text or the new.
  ///
  /// The file keeps its permissions, and a symbolic link stays one.
  ///
  /// - Throws: `unwritable` with the system's reason if it cannot be done; then the file is as it was.
  public static func replace(_ path: String, with text: String) throws(LoadError) {
    let target = identity(of: path)
    let code = kind(of: target) == nil ? ENOENT : writeBeside(target, text)
    if code != 0 {
      throw .unwritable(path: path, reason: reason(code))
    }
  }

  /// Writes `text` to `path`: a file is replaced at one stroke or made, anything else is written to.
  ///
  /// - Throws: `directory`, or `unwritable` with the system's reason; then a file is as it was.
  public static func write(_ text: String, to path: String) throws(LoadError) {
    let target = identity(of: path)
    let code: Int32
    switch kind(of: path) {
    case .folder: throw .unwritable(path: path, reason: "it is a folder")
    case .other: code = writeInto(path, O_WRONLY, text)
    case .file, nil: code = writeBeside(target, text)
    }
    guard code != 0 else { return }
    let isThere = kind(of: folder(of: target)) != nil
    throw .unwritable(path: path, reason: isThere ? reason(code) : "there is no such folder")
  }

  /// Finds out whether ``write(_:to:)`` has a chance, so that nobody works for hours and then cannot write.
  ///
  /// - Throws: `unwritable` with the system's reason; nothing is changed either way.
  public static func checkWritable(_ path: String) throws(LoadError) {
    switch kind(of: path) {
    case .folder: throw .unwritable(path: path, reason: "it is a folder")
    case .other: if access(path, W_OK) != 0 { throw .unwritable(path: path, reason: reason(errno)) }
    case .file, nil:
      let folder = folder(of: identity(of: path))
      guard kind(of: folder) == .folder else {
        throw .unwritable(path: path, reason: "there is no such folder")
      }
      if access(folder, W_OK | X_OK) != 0 { throw .unwritable(path: path, reason: reason(errno)) }
    }
  }

  /// Returns whether two paths name one file, which may not be there yet; no device counts as one.
  public static func areOneFile(_ first: String, _ second: String) -> Bool {
    kind(of: first) != .other && identity(of: first) == identity(of: second)
  }

  /// Makes a folder, and those above it that are not there.
  ///
  /// - Throws: `unwritable` with the system's reason.
  static func makeFolder(_ path: String) throws(LoadError) {
    if path.isEmpty || kind(of: path) == .folder { return }
    try makeFolder(folder(of: path))
    // Somebody else may have made it meanwhile.
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw .unwritable(path: path, reason: reason(errno))
    }
  }

  /// Removes a file.
  ///
  /// - Throws: `unwritable` with the system's reason.
  static func remove(_ path: String) throws(LoadError) {
    if unlink(path) != 0 { throw .unwritable(path: path, reason: reason(errno)) }
  }

  /// Returns all of standard input.
  public static func readStandardInput() throws(LoadError) -> [UInt8] {
    try read(STDIN_FILENO, path: "<stdin>")
  }

  /// Writes `text` to a new file in the folder of `target`, which takes its place when it is complete.
  ///
  /// Returns an error number, or zero.
  private static func writeBeside(_ target: String, _ text: String) -> Int32 {
    // What is there already may be somebody else's, or left over from a process of the same number
    // that was killed.
    var temporary = ""
    var code = EEXIST
    for attempt in 0..<100 where code == EEXIST {
      temporary = "\(folder(of: target))/.pagerace-\(getpid())-\(attempt)"
      code = writeInto(temporary, O_WRONLY | O_CREAT | O_EXCL, text)
    }
    if code == EEXIST { return code }
    var old = stat()
    if code == 0, stat(target, &old) == 0, chmod(temporary, old.st_mode & 0o7777) != 0 {
      code = errno
    }
    if code == 0, rename(temporary, target) != 0 { code = errno }
    if code != 0 { unlink(temporary) }
    return code
  }

  /// Opens a file as `flags` say, and writes `text` into it; returns an error number, or zero.
  private static func writeInto(_ path: String, _ flags: Int32, _ text: String) -> Int32 {
    let file = open(path, flags | O_CLOEXEC, 0o666)
    guard file >= 0 else { return errno }
    var rest = ArraySlice(text.utf8)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EAGAIN {
        // A device or pipe that does not wait by itself.
        var watched = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        _ = poll(&watched, 1, -1)
      } else if count < 0, errno != EINTR {
        let code = errno
        _ = close(file)
        return code
      }
      rest = rest.dropFirst(max(0, count))
    }
    return close(file) == 0 ? 0 : errno
  }
}

/// The system's function, whose name means something else in ``FileAccess``.
private let systemWrite = write
