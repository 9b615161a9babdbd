internal import Machine

/// Which variables of locals have to be reset where a process arrives.
///
/// A local that is not needed any more must not tell two states apart.
struct SlotResets {
  /// The slots that can hold something else than their default before each node.
  private var dirty: [BitSet]
  private let allocation: SlotAllocation

  /// Follows what is set from stop to stop; `stops` are the nodes where the process can stand.
  init(_ graph: Graph, _ liveness: Liveness, _ allocation: SlotAllocation, stops: Set<Int>) {
    self.allocation = allocation
    dirty = Array(repeating: BitSet(), count: graph.nodes.count)
    let reachable = graph.reachable
    var isQueued = reachable
    var work = graph.nodes.indices.reversed().filter { reachable[$0] }
    while let index = work.popLast() {
      isQueued[index] = false
      var slots = dirty[index]
      if stops.contains(index) { slots.formUnion(Self.slots(liveness.before[index], allocation)) }
      if let target = graph.nodes[index].operation.target,
        let slot = allocation.slot[Int(target.index)]
      {
        slots.insert(slot)
      }
      for next in graph.nodes[index].next where next >= 0 && dirty[next].formUnion(slots) {
        if !isQueued[next] {
          isQueued[next] = true
          work.append(next)
        }
      }
    }
  }

  /// The slots to reset on the way from a node to a stop before which the temporaries `live` are needed.
  func slots(from node: Int, live: BitSet) -> [Int] {
    dirty[node].subtracting(Self.slots(live, allocation)).members
  }

  private static func slots(_ temporaries: BitSet, _ allocation: SlotAllocation) -> BitSet {
    var slots = BitSet()
    for temporary in temporaries.members {
      if let slot = allocation.slot[temporary] { slots.insert(slot) }
    }
    return slots
  }
}
