import Foundation
import Testing
import Tool

/// What a container or a batch system grants.
@Suite struct ControlGroupTests {
  private func limit(_ files: [String: String]) throws -> Int? {
    let scratch = try Scratch()
    for (path, text) in files { try scratch.write(text, to: path) }
    return ControlGroup.memoryLimit(root: scratch.folder.path())
  }

  @Test("the least limit of a group and those around it counts")
  func second() throws {
    let groups = "sys/fs/cgroup"
    var files = ["proc/self/cgroup": "0::/batch/job\n"]
    #expect(try limit(files) == nil)
    files["\(groups)/batch/job/memory.max"] = "max\n"
    #expect(try limit(files) == nil)
    files["\(groups)/batch/memory.max"] = "2147483648\n"
    #expect(try limit(files) == 2_147_483_648)
    files["\(groups)/batch/job/memory.max"] = "1073741824\n"
    #expect(try limit(files) == 1_073_741_824)
  }

  @Test("inside of a container its own group is all there is")
  func container() throws {
    let files = [
      "proc/self/cgroup": "0::/../../outside\n", "sys/fs/cgroup/memory.max": "536870912\n",
    ]
    #expect(try limit(files) == 536_870_912)
  }

  @Test("the first version has a controller of its own for memory")
  func first() throws {
    let files = [
      "proc/self/cgroup": "5:cpu,cpuacct:/a\n4:memory:/a\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "268435456\n",
      "sys/fs/cgroup/a/memory.max": "1\n",
    ]
    #expect(try limit(files) == 268_435_456)
  }

  @Test("a machine without groups has no limit")
  func none() throws { #expect(try limit([:]) == nil) }
}
