internal import Machine

/// Where code goes.
extension Instruction {
  /// The labels at which the run can go on, the next instruction's being `next`.
  func successors(next: Label) -> [Label] {
    switch self {
    case .branch(_, let yes, let no): [yes, no]
    case .jump(let target): [target]
    case .arrive, .done, .result: []
    default: [next]
    }
  }
}

/// What can happen from each label of one piece of code on.
struct CodeSurvey {
  /// What can happen from a label on.
  struct Outlook {
    /// Whether the run may have to wait.
    var waits = false
    /// Whether the run may choose.
    var chooses = false
    /// Whether the run may fail.
    var fails = false
    /// Whether there is a way back to the label.
    var returns = false
    /// Where the run may arrive.
    var arrivals: Set<LocationID> = []
  }

  /// The labels, in the order of the code.
  let labels: [Label]
  private let outlooks: [Label: Outlook]

  /// Surveys the code that starts at `entry`.
  init(_ code: [Instruction], from entry: Label) {
    let all = Self.reachable(from: entry, in: code)
    labels = all.sorted { $0.index < $1.index }
    var outlooks: [Label: Outlook] = [:]
    for label in labels {
      var outlook = Outlook()
      for reached in Self.reachable(from: label, in: code) {
        switch code[Int(reached.index)] {
        case .await: outlook.waits = true
        case .choose: outlook.chooses = true
        case .require, .backEdge: outlook.fails = true
        case .arrive(let location): outlook.arrivals.insert(location)
        default: break
        }
        let next = Label(Int(reached.index) + 1)
        if code[Int(reached.index)].successors(next: next).contains(label) {
          outlook.returns = true
        }
      }
      outlooks[label] = outlook
    }
    self.outlooks = outlooks
  }

  /// What can happen from a label on.
  subscript(label: Label) -> Outlook { outlooks[label] ?? Outlook() }

  /// Whether the code has a loop.
  var hasLoop: Bool { labels.contains { self[$0].returns } }

  private static func reachable(from entry: Label, in code: [Instruction]) -> Set<Label> {
    var seen: Set<Label> = [entry]
    var pending = [entry]
    while let label = pending.popLast() {
      let next = Label(Int(label.index) + 1)
      for successor in code[Int(label.index)].successors(next: next)
      where seen.insert(successor).inserted {
        pending.append(successor)
      }
    }
    return seen
  }
}
