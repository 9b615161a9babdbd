internal import Machine

/// Which temporaries are needed later, at each node of a graph.
struct Liveness {
  /// The temporaries that are needed at the start of each node.
  private(set) var before: [BitSet]
  /// The temporaries that are needed at the end of each node.
  private(set) var after: [BitSet]

  init(_ graph: Graph) {
    let count = graph.nodes.count
    before = Array(repeating: BitSet(), count: count)
    after = before
    var predecessors = Array(repeating: [Int](), count: count)
    for (index, node) in graph.nodes.enumerated() {
      for next in node.next where next >= 0 { predecessors[next].append(index) }
    }
    var work = Array(0..<count)
    var isQueued = Array(repeating: true, count: count)
    while let index = work.popLast() {
      isQueued[index] = false
      let node = graph.nodes[index]
      var live = BitSet()
      for next in node.next where next >= 0 { live.formUnion(before[next]) }
      after[index] = live
      if let target = node.operation.target { live.remove(Int(target.index)) }
      node.operation.forEachUse { live.insert(Int($0.index)) }
      // Nothing that was needed ever turns out not to be.
      guard before[index].formUnion(live) else { continue }
      for previous in predecessors[index] where !isQueued[previous] {
        isQueued[previous] = true
        work.append(previous)
      }
    }
  }
}

extension Graph.Operation {
  /// The temporary that the operation sets.
  var target: RegisterID? {
    switch self {
    case .set(let id, _), .choose(let id, _): id
    default: nil
    }
  }

  /// Calls `body` with every temporary that the operation uses.
  func forEachUse(_ body: (RegisterID) -> Void) {
    switch self {
    case .assign(let cell, let value):
      for term in cell.terms { term.index.forEachRegister(body) }
      value.forEachRegister(body)
    case .set(_, let value), .branch(let value), .await(let value): value.forEachRegister(body)
    case .require(let condition, _, let value):
      condition.forEachRegister(body)
      value?.forEachRegister(body)
    case .choose, .call, .cover, .atomicBackEdge, .either, .loopHead, .loopBack, .join, .end: break
    }
  }
}
