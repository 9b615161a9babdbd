/// Where the graph of a process is cut into steps.
///
/// The process stands at a *stop*: the first node of a group that is a step, an `either`, a back edge
/// that was reached without a step, or the end. From a stop one step is performed, then everything that
/// is joined to it, up to the next stop. Language rules 1 and 8.
struct StepCut {
  /// How far the step has come.
  enum Phase: Hashable {
    /// Nothing has been performed yet.
    case before
    /// Inside the group that is the step.
    case inside
    /// The step has been performed; what follows is joined to it.
    case after
  }

  /// A point of the code: a node, how it was reached, and the loops whose heads have been passed
  /// since the last step.
  struct Point: Hashable {
    var node: Int
    var phase: Phase
    var loops: Set<Int> = []
    var isStartup = false

    /// The loops are left out: there is mostly none, and hashing a set takes long.
    func hash(into hasher: inout Hasher) {
      hasher.combine(node)
      hasher.combine(phase)
    }
  }

  /// A point where the process stands.
  struct Stop: Hashable {
    var node: Int
    var loops: Set<Int> = []

    /// The point from which the next step goes.
    var start: Point { Point(node: node, phase: .before, loops: loops) }

    /// As for ``Point``.
    func hash(into hasher: inout Hasher) { hasher.combine(node) }
  }

  /// What happens at a point.
  enum Outcome {
    /// The process stops.
    case stop(Stop)
    /// The code goes on, at one point or at one of several.
    case goOn([Point])
    /// The process ends.
    case end
  }

  /// The point where the process starts, up to its first stop.
  static let startup = Point(node: 0, phase: .after, isStartup: true)

  let graph: Graph
  /// Whether each group of the graph is a step.
  let isStep: [Bool]

  /// What happens at a point.
  func outcome(at point: Point) -> Outcome {
    let node = graph.nodes[point.node]
    let isStepNode = node.group.map { isStep[$0] } ?? false
    var loops = point.loops
    var phase = point.phase
    switch node.operation {
    case .end: return .end
    case .either where point.phase == .after && !isStepNode:
      return .stop(Stop(node: point.node, loops: point.loops))
    case .loopBack(let loop) where loops.contains(loop):
      if phase == .after { return .stop(Stop(node: point.node, loops: [loop])) }
      (phase, loops) = (.after, [])
    case .loopHead(let loop): loops.insert(loop)
    default: break
    }
    if isStepNode {
      if phase == .after { return .stop(Stop(node: point.node)) }
      (phase, loops) = (.inside, [])
    }
    return .goOn(
      node.next.filter { $0 >= 0 }.map { next in
        var nextPhase = phase
        if phase == .inside, graph.nodes[next].group != node.group { nextPhase = .after }
        return Point(node: next, phase: nextPhase, loops: loops, isStartup: point.isStartup)
      })
  }

  /// The nodes where the process can stop.
  func stopNodes() -> Set<Int> {
    var seen: Set<Point> = []
    var work = [Self.startup]
    var nodes: Set<Int> = []
    while let point = work.popLast() {
      guard seen.insert(point).inserted else { continue }
      switch outcome(at: point) {
      case .stop(let stop):
        nodes.insert(stop.node)
        work.append(stop.start)
      case .goOn(let next): work += next
      case .end: break
      }
    }
    return nodes
  }
}
