package import Machine
package import SourceText

/// Writes a system as a Promela model for SPIN.
///
/// Every variable becomes one of SPIN's, every step one `d_step` for each of its choices, and every property
/// an alternative of a process that never moves while it holds. So SPIN's states are ours, one for one, and
/// its transitions too. See `docs/internals/promela.md`.
package struct PromelaExporter {
  private let system: TransitionSystem
  private let style: PromelaStyle
  private let place: (SourceSpan) -> String

  /// Creates an exporter for `system`; `place` gives the file and line of a span, for comments.
  package init(
    _ system: TransitionSystem, style: PromelaStyle = PromelaStyle(),
    place: @escaping (SourceSpan) -> String
  ) {
    self.system = system
    self.style = style
    self.place = place
  }

  /// Returns the model; `title` is what the first line says that it is.
  ///
  /// - Throws: ``NotExportable`` with the reason.
  package func export(title: String) throws(NotExportable) -> PromelaModel {
    guard system.processes.count < 254 else {
      throw NotExportable("SPIN runs no more than 255 processes")
    }
    let initial = try InitialStates(system)
    guard let first = initial.states.first ?? (initial.failures.isEmpty ? nil : system.defaults)
    else { throw NotExportable("there is no initial state") }
    let isFixed = initial.states.count == 1 && initial.failures.isEmpty
    let plans = try stepPlans()
    let starts = system.processes.map { process in
      Set(initial.states.map { Int($0[Int(process.programCounter.index)]) })
    }
    let storage = try Storage(system, tracked: tracked(plans, starts))
    var table = ViolationTable(system)
    var registers: Set<RegisterID> = []
    var countsTurns = false
    var processes = ""
    for index in system.processes.indices {
      var writer = try ProcessWriter(
        index, plans: plans[index], starts: starts[index].isEmpty ? [0] : starts[index],
        storage: storage, system: system, style: style, place: place)
      processes += try writer.write(isActive: isFixed, &table)
      registers.formUnion(writer.registers)
      countsTurns = countsTurns || writer.countsTurns
    }
    let monitor = try MonitorWriter(system, plans: plans, storage: storage, place: place)
      .write(isActive: isFixed, &table)
    var start = ""
    if !isFixed {
      start = try beginning(initial, first, storage, hasMonitor: !monitor.isEmpty, &table)
    }
    var size = 8 * (system.processes.count + 2) + 64
    var variables = storage.declarations(first, size: &size)
    variables += temporaries(registers, countsTurns: countsTurns)
    if style.isForBreadthFirst { size += 4 * (registers.count + 1) }
    let extra = isFixed ? (0, 1) : (1, 1 + initial.states.count)
    let header = PromelaHeader(
      title: title, name: system.name, extraStates: extra.0, extraTransitions: extra.1,
      table: table, system: system, place: place)
    return PromelaModel(
      text: header.text + variables + processes + monitor + start, extraStates: extra.0,
      extraTransitions: extra.1, violations: table.violations,
      hasAtomicSteps: plans.contains { $0.values.contains { Self.isAtomic($0) } },
      vectorSize: size)
  }

  private static func isAtomic(_ plan: StepPlan) -> Bool {
    !plan.hasOneTarget && plan.targets.count > 1
  }

  private func stepPlans() throws(NotExportable) -> [[Int: StepPlan]] {
    var all: [[Int: StepPlan]] = []
    for process in system.processes {
      var plans: [Int: StepPlan] = [:]
      for (index, location) in process.locations.enumerated() {
        guard let entry = location.entry else { continue }
        do {
          plans[index] = try StepPlan(system, process: process, entry: entry, style: style)
        } catch {
          throw NotExportable("\(error.reason) (\(process.name): \(place(location.span)))")
        }
      }
      all.append(plans)
    }
    return all
  }

  /// The processes whose program counter has to be a variable.
  private func tracked(_ plans: [[Int: StepPlan]], _ starts: [Set<Int>]) -> Set<Int> {
    var tracked = MonitorWriter.tracked(in: system)
    for (index, process) in plans.enumerated()
    where starts[index].count > 1 || process.values.contains(where: { Self.isAtomic($0) }) {
      tracked.insert(index)
    }
    return tracked
  }

  private func temporaries(_ registers: Set<RegisterID>, countsTurns: Bool) -> String {
    if registers.isEmpty && !countsTurns { return "" }
    let kind = style.isForBreadthFirst ? "int" : "hidden int"
    var text = "\n/* Temporaries of one step; no part of the state"
    text += style.isForBreadthFirst ? ", zero between steps. */\n" : ". */\n"
    for register in registers.sorted(by: { $0.index < $1.index }) {
      text += "\(kind) r\(register.index);\n"
    }
    if countsTurns { text += "\(kind) turns;\n" }
    return text
  }

  /// Returns the process that chooses among several initial states and starts the others.
  private func beginning(
    _ initial: InitialStates, _ first: [Int64], _ storage: Storage, hasMonitor: Bool,
    _ table: inout ViolationTable
  ) throws(NotExportable) -> String {
    var text = "\n/* One alternative for each way to start. */\ninit {\n  atomic {\n    if\n"
    for state in initial.states {
      let changes = state.indices.filter { state[$0] != first[$0] && storage.isStored($0) }
        .map { "\(storage.name($0)) = \(state[$0])" }
      let body = changes.isEmpty ? "skip" : changes.joined(separator: "; ")
      text += "    :: d_step { true -> \(body) }\n"
    }
    for failure in initial.failures {
      text += "    :: d_step { true -> assert(\(table.number(failure)) == 0) }\n"
    }
    text += "    fi;\n"
    for index in system.processes.indices { text += "    run p\(index)();\n" }
    if hasMonitor { text += "    run monitor();\n" }
    return text + "  }\nend_init:\n  false\n}\n"
  }
}
