#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Files that only their owner can read and write.
package enum PrivateFiles {
  /// The largest file that is read.
  static let sizeLimit = 64 << 20

  /// Whether `path` is a folder that is ours alone; it is made if nothing is there.
  ///
  /// The folder above it is made too, but no more: who has no home shall not get one.
  static func prepareFolder(_ path: String) -> Bool {
    if unsafe mkdir(path, 0o700) != 0, errno == ENOENT,
      let end = path.lastIndex(of: "/"), end != path.startIndex
    {
      _ = unsafe mkdir(String(path[..<end]), 0o700)
      _ = unsafe mkdir(path, 0o700)
    }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
      && status.st_mode & 0o077 == 0 && isAccessible(path, W_OK | X_OK)
  }

  /// Whether we may do with a file what `mode` says.
  static func isAccessible(_ path: String, _ mode: Int32) -> Bool {
    unsafe access(path, mode) == 0
  }

  /// Whether there is anything at `path`.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// Removes the temporary folders in `parent` that are older than an hour.
  ///
  /// No compiler runs so long; whoever made them was killed.
  static func removeOldFolders(in parent: String) {
    guard let folder = unsafe opendir(parent) else { return }
    defer { _ = unsafe closedir(folder) }
    let limit = time(nil) - 3600
    while let entry = unsafe readdir(folder) {
      let name = unsafe Self.name(of: entry)
      var status = stat()
      guard name.hasPrefix(temporaryPrefix), unsafe lstat("\(parent)/\(name)", &status) == 0,
        status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
        status.st_mtim.tv_sec < limit
      else { continue }
      removeFolder("\(parent)/\(name)")
    }
  }

  private static let temporaryPrefix = "pagerace-"

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
      unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
  }

  /// Makes a folder of its own that nobody else can enter, and returns its path; nil if that fails.
  package static func makeTemporaryFolder(in parent: String) -> String? {
    var template = Array(("\(parent)/\(temporaryPrefix)XXXXXX").utf8CString)
    return unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let path = unsafe mkdtemp(base) else { return nil }
      return unsafe String(cString: path)
    }
  }

  /// Removes a folder that holds nothing but files.
  static func removeFolder(_ path: String) {
    if let folder = unsafe opendir(path) {
      while let entry = unsafe readdir(folder) {
        let name = unsafe Self.name(of: entry)
        if name != "." && name != ".." { _ = unsafe unlink(path + "/" + name) }
      }
      _ = unsafe closedir(folder)
    }
    _ = unsafe rmdir(path)
  }

  /// Writes a new file and returns the error number, or zero.
  static func write(_ bytes: [UInt8], to path: String) -> Int32 {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          file, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count <= 0 {
        let code = errno
        _ = close(file)
        return code == 0 ? EIO : code
      }
      written += count
    }
    return close(file) == 0 ? 0 : errno
  }

  /// Returns the bytes of a regular file that is ours alone, or nil.
  static func read(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { _ = close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o077 == 0,
      status.st_size <= off_t(sizeLimit)
    else { return nil }
    let size = Int(status.st_size)
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(file, bytes.baseAddress.map { unsafe $0 + done }, size - done)
      }
      if count <= 0 { return nil }
      done += count
    }
    return bytes
  }

  /// Returns what a file of the system holds whose size is not known before, or nil.
  static func readStream(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { _ = close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count < sizeLimit {
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
      }
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    return bytes
  }

  /// The size of a file, or zero.
  static func size(of path: String) -> Int {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
