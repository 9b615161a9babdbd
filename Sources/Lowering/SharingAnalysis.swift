internal import Machine
internal import Semantics

/// Decides which groups of code are steps.
///
/// A location is *shared* if at least two processes can access it in code and at least one of them
/// writes it. A group is a step if it touches a shared location, or has to be one whatever it
/// touches; every other group is joined to the step before it. (Language rule 1.)
struct SharingAnalysis {
  private struct Use {
    var processes: Set<Int> = []
    var isWritten = false
    var isForeign = false
  }

  private var uses: [Int: Use] = [:]
  private let classes: LocationClasses
  private let composition: Composition

  init(_ graphs: [Graph], classes: LocationClasses, composition: Composition) {
    self.classes = classes
    self.composition = composition
    for (process, graph) in graphs.enumerated() {
      for group in graph.reachableGroups {
        for access in graph.groups[group].accesses {
          uses[access.location, default: Use()].processes.insert(process)
          if access.isWrite { uses[access.location]?.isWritten = true }
          if access.isForeign { uses[access.location]?.isForeign = true }
        }
      }
    }
  }

  /// Whether the class of locations is shared.
  func isShared(_ location: Int) -> Bool {
    guard let use = uses[location] else { return false }
    if let (_, cpu) = classes.cpus[location] { return isContended(cpu) }
    if classes.taskVariables.contains(location) && !use.isForeign { return false }
    return use.isWritten && use.processes.count > 1
  }

  /// Whether more than one process can run on the CPU.
  private func isContended(_ cpu: Int?) -> Bool {
    guard let cpu else { return composition.processes.count > 1 }
    return composition.processes.count { $0.cpus.contains(cpu) } > 1
  }

  /// Whether each group of a graph is a step.
  func steps(of graph: Graph) -> [Bool] {
    graph.groups.map { group in
      group.isForced || group.accesses.contains { isShared($0.location) }
    }
  }
}

extension SharingAnalysis {
  /// The reads of `require`s that the step before them has not loaded.
  ///
  /// Such a read sees a shared location at a moment at which the code does not look at it.
  func vanishedLoads(in graph: Graph) -> [Graph.RequireRead] {
    let isStep = steps(of: graph)
    var predecessors = Array(repeating: [Int](), count: graph.nodes.count)
    let reachable = graph.reachable
    for (index, node) in graph.nodes.enumerated() where reachable[index] {
      for next in node.next where next >= 0 { predecessors[next].append(index) }
    }
    return graph.requireReads.filter { read in
      guard isShared(read.location), read.node < graph.nodes.count, reachable[read.node] else {
        return false
      }
      var seen: Set<Int> = []
      var work = predecessors[read.node]
      while let index = work.popLast() {
        guard seen.insert(index).inserted else { continue }
        if let group = graph.nodes[index].group, isStep[group] {
          if graph.groups[group].accesses.contains(where: { $0.location == read.location }) {
            continue
          }
          return true
        }
        work += predecessors[index]
      }
      return false
    }
  }
}

extension Graph {
  /// Whether each node can be reached from the first.
  var reachable: [Bool] {
    var seen = Array(repeating: false, count: nodes.count)
    var work = nodes.isEmpty ? [] : [0]
    while let index = work.popLast() {
      if seen[index] { continue }
      seen[index] = true
      work += nodes[index].next.filter { $0 >= 0 && !seen[$0] }
    }
    return seen
  }

  /// The groups with a node that can be reached.
  var reachableGroups: Set<Int> {
    let seen = reachable
    return Set(nodes.indices.compactMap { seen[$0] ? nodes[$0].group : nil })
  }
}
