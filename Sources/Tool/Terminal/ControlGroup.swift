internal import PageraceKit

/// The control groups of Linux, by which a container or a batch system limits its processes.
package enum ControlGroup {
  /// Returns the least memory that one of the process's groups may take, in bytes; nil if none has a limit.
  ///
  /// `root` stands for the root folder. Both versions of control groups are looked at. Inside of a
  /// container the path of a group need not be there; then what is mounted is the group itself.
  package static func memoryLimit(root: String = "") -> Int? {
    guard let text = text(root + "/proc/self/cgroup") else { return nil }
    var limits: [Int] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isFirst = parts[1].split(separator: ",").contains("memory")
      guard isFirst || parts[1].isEmpty else { continue }
      let mount = root + "/sys/fs/cgroup" + (isFirst ? "/memory" : "")
      let file = isFirst ? "memory.limit_in_bytes" : "memory.max"
      // A group has what the groups around it have, and no more.
      var group = parts[2].split(separator: "/")
      while true {
        let path = ([mount] + group.map(String.init) + [file]).joined(separator: "/")
        if let limit = Self.text(path).flatMap({ Int($0.prefix { !$0.isWhitespace }) }) {
          limits.append(limit)
        }
        if group.popLast() == nil { break }
      }
    }
    return limits.filter { $0 > 0 }.min()
  }

  private static func text(_ path: String) -> String? {
    (try? FileAccess.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
