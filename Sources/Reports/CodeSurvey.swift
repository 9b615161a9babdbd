internal import Machine

/// What the code of a step can perform, whichever way it goes.
struct CodeSurvey {
  /// The source steps that it names.
  let marks: [StepID]
  /// Where it can lead.
  let targets: [LocationID]

  /// Surveys the code from `entry` on.
  init(from entry: Label, in system: TransitionSystem) {
    var marks: [StepID] = []
    var targets: [LocationID] = []
    var seen: Set<Label> = []
    var pending = [entry]
    while let label = pending.popLast() {
      guard seen.insert(label).inserted else { continue }
      let next = Label(Int(label.index) + 1)
      switch system.code[Int(label.index)] {
      case .mark(let step):
        marks.append(step)
        pending.append(next)
      case .arrive(let location): targets.append(location)
      case .branch(_, let first, let second): pending += [second, first]
      case .jump(let target): pending.append(target)
      case .done, .result: break
      case .assign, .set, .await, .choose, .require, .backEdge, .cover: pending.append(next)
      }
    }
    self.marks = marks.uniqued()
    self.targets = targets.uniqued()
  }
}
