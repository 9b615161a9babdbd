internal import Machine
internal import Semantics
internal import SourceText

/// A check taken apart: the uses of scenarios and environments, the processes, the CPUs.
struct Composition {
  /// One use of a scenario or environment.
  struct Component {
    /// The index in ``Program/scenarios``.
    var scenario: Int
    /// The arguments of the check; they see the `let`s of component 0.
    var arguments: [TypedExpression]
    /// What comes before names that would otherwise be taken twice, and between them, as in `reading[1]`.
    var name: String
    var span: SourceSpan
  }

  /// One task or interrupt handler.
  struct ProcessPlan {
    var name: String
    var component: Int
    /// The index among the scenario's tasks.
    var task: Int
    var declaration: TaskDeclaration
    /// The CPUs it can run on.
    var cpus: [Int]
    /// The processes with the same number are interchangeable.
    var group: Int
  }

  var components: [Component] = []
  var processes: [ProcessPlan] = []
  var cpuNames: [String] = []

  init(_ program: Program, _ check: Check) {
    for component in check.components {
      let name = program.scenarios[component.scenario].name
      for copy in 0..<component.count {
        components.append(
          Component(
            scenario: component.scenario, arguments: component.arguments,
            name: component.count > 1 ? "\(name)[\(copy)]" : name, span: component.span))
      }
    }
    addProcesses(program, check)
    placeProcesses()
  }

  private mutating func addProcesses(_ program: Program, _ check: Check) {
    var group = 0
    var start = 0
    for component in check.components {
      let tasks = program.scenarios[component.scenario].tasks
      for copy in 0..<component.count {
        for (index, task) in tasks.enumerated() {
          for number in 0..<task.count {
            var name = task.name
            if component.count > 1 { name += "[\(copy)]" }
            if task.isCounted { name += "[\(number)]" }
            processes.append(
              ProcessPlan(
                name: name, component: start + copy, task: index, declaration: task, cpus: [],
                group: group + index))
          }
        }
      }
      group += tasks.count
      start += component.count
    }
    resolveNameClashes()
  }

  /// Processes of different components with one name get the component's name as a prefix, and a
  /// number if that does not tell them apart.
  private mutating func resolveNameClashes() {
    for round in 0..<2 {
      let clashes = Dictionary(grouping: processes.indices) { processes[$0].name }
        .filter { $0.value.count > 1 }
      for (_, members) in clashes {
        for (number, index) in members.sorted().enumerated() {
          let component = components[processes[index].component].name.prefix { $0 != "[" }
          if round == 0 {
            processes[index].name = "\(component).\(processes[index].name)"
          } else if number > 0 {
            processes[index].name += "#\(number + 1)"
          }
        }
      }
    }
  }

  private mutating func placeProcesses() {
    func number(_ name: String) -> Int {
      if let index = cpuNames.firstIndex(of: name) { return index }
      cpuNames.append(name)
      return cpuNames.count - 1
    }
    let named = Set(
      processes.compactMap { plan -> String? in
        if case .named(let name) = plan.declaration.placement { name } else { nil }
      })
    var fresh = 0
    func freshName() -> String {
      while named.contains("cpu\(fresh)") { fresh += 1 }
      fresh += 1
      return "cpu\(fresh - 1)"
    }
    for index in processes.indices {
      switch processes[index].declaration.placement {
      case .named(let name): processes[index].cpus = [number(name)]
      case .unstated where !processes[index].declaration.isInterrupt:
        processes[index].cpus = [number(freshName())]
      default: break
      }
    }
    if cpuNames.isEmpty { cpuNames = ["cpu0"] }
    for index in processes.indices where processes[index].cpus.isEmpty {
      processes[index].cpus = Array(cpuNames.indices)
    }
  }

  /// The processes that a task declaration stands for, seen from a component.
  func processes(of task: Int, scenario: Int, component: Int) -> Range<Int> {
    let own = processes.indices.filter {
      processes[$0].task == task && components[processes[$0].component].scenario == scenario
        && processes[$0].component == component
    }
    let any = processes.indices.filter {
      processes[$0].task == task && components[processes[$0].component].scenario == scenario
    }
    let found = own.isEmpty ? any : own
    guard let first = found.first else { return 0..<1 }
    return first..<(first + found.count)
  }
}
