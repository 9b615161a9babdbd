internal import Machine

/// Writes a graph that is one run from start to end, as a prelude or a property is: all temporaries
/// are registers and nothing is cut.
struct StraightCode {
  private let graph: Graph
  private var labels: [Int: Int] = [:]
  private var fixups: [(instruction: Int, targets: [Int])] = []

  init(_ graph: Graph) { self.graph = graph }

  /// Writes the code with `last` at its end, and returns the label of its start.
  static func write(
    _ graph: Graph, _ assembly: inout Assembly, last: (inout Assembly) -> Void
  ) -> Label {
    var writer = StraightCode(graph)
    return writer.write(&assembly, last: last)
  }

  private mutating func write(_ assembly: inout Assembly, last: (inout Assembly) -> Void) -> Label {
    let start = Label(assembly.code.count)
    assembly.needRegisters(graph.temporaries.count + 1)
    var work = graph.nodes.isEmpty ? [] : [0]
    if graph.nodes.isEmpty { last(&assembly) }
    while let first = work.popLast() {
      guard labels[first] == nil else { continue }
      var index = first
      while true {
        if let label = labels[index] {
          assembly.code.append(.jump(Label(label)))
          break
        }
        labels[index] = assembly.code.count
        let node = graph.nodes[index]
        if case .end = node.operation {
          last(&assembly)
          break
        }
        write(node, &assembly)
        guard node.next.count == 1 else {
          work += node.next
          break
        }
        index = node.next[0]
        if index < 0 {
          // Behind a test that always fails nothing comes; the jump is never made.
          assembly.code.append(.jump(Label(assembly.code.count)))
          break
        }
      }
    }
    resolve(&assembly)
    return start
  }

  private mutating func write(_ node: Graph.Node, _ assembly: inout Assembly) {
    switch node.operation {
    case .assign(let cell, let value): assembly.code.append(.assign(cell, value))
    case .set(let target, let value): assembly.code.append(.set(target, value))
    case .await(let condition): assembly.code.append(.await(condition))
    case .choose(let target, let count): assembly.code.append(.choose(target, count: count))
    case .require(let condition, let failure, let value):
      assembly.require(condition, failure, value: value, rewrite: { $0 })
    case .atomicBackEdge(let failure):
      let id = assembly.number(of: failure, rewrite: { $0 })
      assembly.code.append(.backEdge(id))
    case .branch(let condition):
      fixups.append((assembly.code.count, node.next))
      assembly.code.append(.branch(condition, Label(0), Label(0)))
    case .either:
      let choice = RegisterID(graph.temporaries.count)
      assembly.code.append(.choose(choice, count: node.next.count))
      for (number, target) in node.next.enumerated() {
        fixups.append((assembly.code.count, [target]))
        let test = Formula.equal(.register(choice), .constant(Int64(number)))
        assembly.code.append(.branch(test, Label(0), Label(assembly.code.count + 1)))
      }
    case .call, .cover, .loopHead, .loopBack, .join, .end: break
    }
  }

  private func resolve(_ assembly: inout Assembly) {
    for fixup in fixups {
      guard case .branch(let condition, _, let other) = assembly.code[fixup.instruction] else {
        continue
      }
      let targets = fixup.targets.map { Label(labels[$0] ?? 0) }
      assembly.code[fixup.instruction] = .branch(
        condition, targets[0], targets.count > 1 ? targets[1] : other)
    }
  }
}
