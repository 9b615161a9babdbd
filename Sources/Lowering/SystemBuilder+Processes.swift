internal import Machine
internal import Semantics
internal import SourceText

extension SystemBuilder {
  func programCounter(of process: ProcessID) -> VariableID {
    VariableID(block(of: .programCounter(process)).base)
  }

  /// Whether a handler runs on a CPU: it stands behind its arrival and before its end.
  func runningHandler(on cpu: Formula, except own: ProcessID?) -> Formula {
    var running = Formula.zero
    for (index, plan) in composition.processes.enumerated()
    where plan.declaration.isInterrupt && own != ProcessID(index) {
      if let number = cpu.constantValue, !plan.cpus.contains(Int(number)) { continue }
      let id = ProcessID(index)
      let isRunning = Formula.make(
        .lessOrEqual, .constant(2), .read(Cell(programCounter(of: id))))
      let isHere = Formula.equal(self.cpu(of: id), cpu)
      running = .or(running, .and(isRunning, isHere))
    }
    return running
  }

  /// Whether the CPU lets a process run.
  func readiness(of process: ProcessID) -> Formula {
    let plan = composition.processes[Int(process.index)]
    guard !plan.declaration.isInterrupt, let number = plan.cpus.first else { return .one }
    let cpu = Formula.constant(Int64(number))
    var ready = Formula.not(runningHandler(on: cpu, except: nil))
    let others = composition.processes.indices.contains {
      $0 != Int(process.index) && composition.processes[$0].cpus.contains(number)
        && !composition.processes[$0].declaration.isInterrupt
    }
    if others, let block = storage.blocks[.pinned] {
      let pinned = Formula.read(Cell(VariableID(block.base + number)))
      ready = .and(
        ready,
        .or(.equal(pinned, .zero), .equal(pinned, .constant(Int64(process.index) + 1))))
    }
    return ready
  }

  /// Errors about sizes that only the composition decides.
  func checkSizes() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if composition.processes.count > 62 {
      problems.append(.tooManyTasks(composition.processes.count, limit: 62, span: check.span))
    }
    for variable in program.variables { checkSets(in: variable.field, &problems) }
    for pool in program.pools { for field in pool.fields { checkSets(in: field, &problems) } }
    for structure in program.structs {
      for field in structure.fields { checkSets(in: field, &problems) }
    }
    return problems
  }

  private func checkSets(in field: Field, _ problems: inout [Diagnostic]) {
    var type = field.type
    while true {
      switch type {
      case .array(let element, _), .list(let element, _): type = element
      case .set(let element):
        let count = layout.memberCount(of: element)
        if count > 62 {
          problems.append(.setTooLarge(field.name, count: count, limit: 62, span: field.span))
        }
        return
      default: return
      }
    }
  }
}
