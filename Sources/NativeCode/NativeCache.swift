#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

internal import SourceText

/// Compiled libraries in a folder of the user's, by the hash of what they were made from.
///
/// Beside each library lies a hash of its bytes together with its key. A library whose bytes are not
/// those, or that somebody else could have written, is as good as none. Files are written under another
/// name and then renamed, so that programs that fill the cache at once do not disturb each other.
struct NativeCache {
  private let folder: String

  /// Opens the cache in a folder, or returns nil if the folder is not ours alone.
  init?(_ folder: String) {
    guard PrivateFiles.prepareFolder(folder) else { return nil }
    self.folder = folder
  }

  /// Returns the path of the library with the given key, if there is one that is what was stored.
  func library(_ key: String) -> String? {
    let path = self.path(key)
    guard let expected = PrivateFiles.read(path + ".sha256"),
      let bytes = PrivateFiles.read(path)
    else { return nil }
    return Array(Self.digest(bytes, key).utf8) == expected ? path : nil
  }

  /// Stores a library and returns its path, or nil if that was not possible.
  func store(_ bytes: [UInt8], _ key: String) -> String? {
    let path = self.path(key)
    let suffix = ".\(getpid()).\(UInt64.random(in: 0...UInt64.max))"
    let files = [(path, bytes), (path + ".sha256", Array(Self.digest(bytes, key).utf8))]
    for (file, content) in files {
      let isWritten = PrivateFiles.write(content, to: file + suffix) == 0
      guard isWritten, unsafe rename(file + suffix, file) == 0 else {
        _ = unsafe unlink(file + suffix)
        return nil
      }
    }
    return path
  }

  /// Makes a folder for the files of one compilation.
  func temporaryFolder() -> String? {
    PrivateFiles.removeOldFolders(in: folder)
    return PrivateFiles.makeTemporaryFolder(in: folder)
  }

  private func path(_ key: String) -> String { "\(folder)/\(key).so" }

  private static func digest(_ bytes: [UInt8], _ key: String) -> String {
    var hash = ContentHash()
    hash.add(key)
    hash.add(bytes)
    return hash.finish()
  }
}
