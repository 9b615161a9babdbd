/// What a search by preemptions knows: in which states which process may have moved last, and how that came
/// about.
struct SwitchNodes {
  /// A state together with the process that moved last.
  struct Node {
    /// The index of the state.
    var state: UInt32
    /// The index of the node from which the last step led here; ``none`` for initial states.
    var parent: UInt32
    /// The process that took that step; ``nobody`` for initial states.
    var last: UInt8
    /// Whether that step was a preemption.
    var isPreemption: Bool
  }

  /// The parent of an initial state.
  static let none = UInt32.max
  /// Who moved last in an initial state.
  static let nobody: UInt8 = 63
  /// The most processes: their numbers are bits.
  static let mostProcesses = 62
  /// The bit that says that a state's transitions have been counted.
  private static let counted: UInt64 = 1 << 62

  /// All nodes, in the order in which they were found.
  private(set) var nodes: [Node] = []
  /// For each state, the processes with which a node has its final cost, as bits.
  private var settled: [UInt64] = []
  /// For each state, the processes with which a node waits for one more preemption.
  private var promised: [UInt64] = []
  /// The nodes that wait for one more preemption, with their numbers of steps, which never decrease.
  private(set) var waiting: [(node: UInt32, stepCount: Int)] = []

  /// The memory that all this takes, in bytes.
  var memoryBytes: Int {
    nodes.capacity * MemoryLayout<Node>.stride + (settled.capacity + promised.capacity) * 8
      + waiting.capacity * MemoryLayout<(node: UInt32, stepCount: Int)>.stride
  }

  /// How much more memory at most is taken while room is made for `count` more nodes.
  func growthBytes(for count: Int, stateCount: Int) -> Int {
    var bytes = 0
    if nodes.count + count > nodes.capacity {
      bytes += 2 * max(nodes.capacity, count) * MemoryLayout<Node>.stride
    }
    if stateCount > settled.capacity { bytes += 4 * max(settled.capacity, stateCount) * 8 }
    if waiting.count + count > waiting.capacity {
      bytes +=
        2 * max(waiting.capacity, count) * MemoryLayout<(node: UInt32, stepCount: Int)>.stride
    }
    return bytes
  }

  /// Makes room for what is to be known of states up to `stateCount`.
  mutating func cover(stateCount: Int) {
    while settled.count < stateCount {
      settled.append(0)
      promised.append(0)
    }
  }

  /// Adds a node and returns its index.
  mutating func add(_ node: Node) -> UInt32 {
    nodes.append(node)
    return UInt32(nodes.count - 1)
  }

  /// Whether the cost of a node is final.
  func isSettled(_ state: Int, _ last: UInt8) -> Bool { settled[state] >> UInt64(last) & 1 == 1 }

  /// Makes the cost of a node final, and returns whether it is the first of its state.
  mutating func settle(_ state: Int, _ last: UInt8) -> Bool {
    let isFirst = settled[state] & ~Self.counted == 0
    settled[state] |= 1 << UInt64(last)
    return isFirst
  }

  /// Notes that the state is counted, and returns whether this is the first time.
  mutating func markCounted(_ state: Int) -> Bool {
    if settled[state] & Self.counted != 0 { return false }
    settled[state] |= Self.counted
    return true
  }

  /// Lets a node wait for one more preemption, unless it does already.
  mutating func promise(_ node: Node, stepCount: Int) {
    let bit: UInt64 = 1 << UInt64(node.last)
    if promised[Int(node.state)] & bit != 0 { return }
    promised[Int(node.state)] |= bit
    waiting.append((add(node), stepCount))
  }

  /// Takes the nodes that have waited, because one more preemption is allowed now.
  mutating func takeWaiting() -> [(node: UInt32, stepCount: Int)] {
    let taken = waiting
    waiting = []
    for index in promised.indices { promised[index] = 0 }
    return taken
  }

  /// Returns the preemptions and steps on the way to a node.
  func cost(of node: Int) -> (preemptions: Int, steps: Int) {
    var cost = (preemptions: 0, steps: 0)
    var index = node
    while nodes[index].parent != Self.none {
      cost.steps += 1
      if nodes[index].isPreemption { cost.preemptions += 1 }
      index = Int(nodes[index].parent)
    }
    return cost
  }
}
