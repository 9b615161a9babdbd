/// For each state and each process that may have moved last, the smallest number of preemptions with
/// which the state can be reached in as many steps as its level says.
@safe
struct PreemptionTable: ~Copyable {
  /// The number that says that the process cannot have moved last.
  static let unreachable = UInt8.max
  /// The largest number that is exact; it also stands for all larger ones.
  static let saturation = UInt8.max - 1

  let processCount: Int
  private let size: Int
  private let costs: UnsafeMutablePointer<UInt8>

  /// Creates a table in which nothing is reachable.
  init(stateCount: Int, processCount: Int) {
    self.processCount = processCount
    size = max(1, stateCount * processCount)
    unsafe costs = LargeMemory.allocate(byteCount: size)
      .bindMemory(to: UInt8.self, capacity: size)
    unsafe costs.update(repeating: Self.unreachable, count: size)
  }

  deinit { unsafe LargeMemory.free(costs, byteCount: size) }

  /// The size of such a table, in bytes.
  static func memoryBytes(stateCount: Int, processCount: Int) -> Int { stateCount * processCount }

  /// The number of preemptions, or ``unreachable``.
  subscript(state: Int, last: Int) -> UInt8 {
    get { unsafe costs[state &* processCount &+ last] }
    set { unsafe costs[state &* processCount &+ last] = newValue }
  }

  /// The smallest number of preemptions over all processes that may have moved last.
  func fewest(at state: Int) -> UInt8 {
    var fewest = Self.unreachable
    for process in 0..<processCount { fewest = min(fewest, self[state, process]) }
    return fewest
  }
}
