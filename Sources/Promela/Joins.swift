internal import Machine

/// Where the ways that part at a branch come together again, in code without loops.
struct Joins {
  private var next: [Label: Label] = [:]
  private var rank: [Label: Int] = [:]

  /// Finds the joins of the code from `entry` on.
  init(successors: (Label) -> [Label], from entry: Label) {
    var order: [Label] = []
    var seen: Set<Label> = []
    // Depth first without recursion: code can be long.
    var stack: [(label: Label, rest: [Label])] = [(entry, successors(entry))]
    seen.insert(entry)
    while let top = stack.indices.last {
      if let successor = stack[top].rest.popLast() {
        if seen.insert(successor).inserted { stack.append((successor, successors(successor))) }
      } else {
        order.append(stack[top].label)
        stack.removeLast()
      }
    }
    // A label comes after all that follow it, so what joins those is known already.
    for (index, label) in order.enumerated() {
      rank[label] = index
      let targets = successors(label)
      guard var join = targets.first else { continue }
      var isJoined = true
      for target in targets.dropFirst() {
        guard let common = common(join, target) else {
          isJoined = false
          break
        }
        join = common
      }
      if isJoined { next[label] = join }
    }
  }

  /// The first label that every run from this one comes to, or nil if there is none.
  subscript(label: Label) -> Label? { next[label] }

  private func common(_ a: Label, _ b: Label) -> Label? {
    var a = a
    var b = b
    while a != b {
      if (rank[a] ?? 0) > (rank[b] ?? 0) {
        guard let after = next[a] else { return nil }
        a = after
      } else {
        guard let after = next[b] else { return nil }
        b = after
      }
    }
    return a
  }
}
