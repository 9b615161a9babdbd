internal import Machine

/// Where the temporaries of a process are kept.
///
/// They are in the state if they are needed across a step, and in registers otherwise. Temporaries
/// that are never needed at the same time share a variable.
struct SlotAllocation {
  /// The variables of the state, with the temporaries that each of them holds.
  private(set) var slots: [(range: ClosedRange<Int64>, members: [Int])] = []
  /// The slot of each temporary, or nil for one in a register.
  private(set) var slot: [Int?]
  /// The register of each temporary that has no slot.
  private(set) var register: [Int?]
  /// The number of registers.
  private(set) var registerCount = 0

  /// Places all temporaries of a graph in which the process can stand at the nodes `stops`.
  init(_ graph: Graph, _ liveness: Liveness, stops: Set<Int>) {
    let count = graph.temporaries.count
    slot = Array(repeating: nil, count: count)
    register = Array(repeating: nil, count: count)
    let kept = stops.reduce(into: BitSet()) { $0.formUnion(liveness.before[$1]) }
    let conflicts = Self.conflicts(graph, liveness, among: kept)
    let order = kept.members.sorted {
      let (a, b) = (graph.temporaries[$0].range, graph.temporaries[$1].range)
      let (x, y) = (a.upperBound &- a.lowerBound, b.upperBound &- b.lowerBound)
      return (x, $1) > (y, $0)
    }
    for temporary in order { place(temporary, graph, conflicts[temporary]) }
    for temporary in 0..<count where slot[temporary] == nil {
      register[temporary] = registerCount
      registerCount += 1
    }
  }

  private mutating func place(_ temporary: Int, _ graph: Graph, _ conflicts: BitSet) {
    let range = graph.temporaries[temporary].range
    for index in slots.indices
    where !slots[index].members.contains(where: { conflicts.contains($0) }) {
      let all = slots[index].range
      slots[index].range =
        min(all.lowerBound, range.lowerBound)...max(all.upperBound, range.upperBound)
      slots[index].members.append(temporary)
      slot[temporary] = index
      return
    }
    slots.append((range, [temporary]))
    slot[temporary] = slots.count - 1
  }

  /// Which of the kept temporaries are needed while another one is set, or together at the start.
  private static func conflicts(
    _ graph: Graph, _ liveness: Liveness, among kept: BitSet
  ) -> [BitSet] {
    var conflicts = Array(repeating: BitSet(), count: graph.temporaries.count)
    func add(_ a: Int, _ others: BitSet) {
      for b in others.members where b != a {
        conflicts[a].insert(b)
        conflicts[b].insert(a)
      }
    }
    for (index, node) in graph.nodes.enumerated() {
      if let target = node.operation.target, kept.contains(Int(target.index)) {
        add(Int(target.index), liveness.after[index].intersection(kept))
      }
      if index == 0 {
        let live = liveness.before[0].intersection(kept)
        for temporary in live.members { add(temporary, live) }
      }
    }
    return conflicts
  }
}
