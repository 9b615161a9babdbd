import Foundation
import PageraceKit

extension Model {
  /// Reads a model with the given text, as if it were the file at `path` in some folder.
  init(text: String, at path: String) throws {
    let root = FileManager.default.temporaryDirectory.appending(
      path: "pagerace-\(UUID().uuidString)")
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try Data(text.utf8).write(to: file)
    try self.init(path: file.path())
  }
}
