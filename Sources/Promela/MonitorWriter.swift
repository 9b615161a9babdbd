internal import Machine
internal import SourceText

/// Writes the process that looks at every state and moves only when a property is false.
///
/// As long as all is well none of its alternatives can be taken, so that it adds neither states nor
/// transitions.
struct MonitorWriter {
  private let system: TransitionSystem
  private let plans: [[Int: StepPlan]]
  private let writer: ExpressionWriter
  private let place: (SourceSpan) -> String

  /// Prepares to write the properties of a system; `plans` are the steps of each process, by location.
  init(
    _ system: TransitionSystem, plans: [[Int: StepPlan]], storage: Storage,
    place: @escaping (SourceSpan) -> String
  ) {
    self.system = system
    self.plans = plans
    self.writer = ExpressionWriter(storage: storage, system: system)
    self.place = place
  }

  /// The processes whose locations must be known to tell whether a state is at rest.
  static func tracked(in system: TransitionSystem) -> Set<Int> {
    guard system.properties.contains(where: { $0.kind == .finally }) else { return [] }
    return Set(system.processes.indices.filter { !system.processes[$0].isAlwaysAtRest })
  }

  /// Returns the process, or nothing if there is nothing to look at.
  func write(isActive: Bool, _ table: inout ViolationTable) throws(NotExportable) -> String {
    var options = ""
    var usesRest = false
    for (index, property) in system.properties.enumerated() where property.kind != .unreachable {
      let survey = CodeSurvey(system.code, from: property.entry)
      let wrong: Expression
      do {
        var run = SymbolicRun(system, survey, distinguishesTargets: false)
        wrong = try run.wrong(from: property.entry, falseIsWrong: property.kind != .reachable)
      } catch {
        throw NotExportable("'\(property.name)' is too much for one expression")
      }
      if wrong.number == 0 { continue }
      let isFinal = property.kind == .finally
      usesRest = usesRest || isFinal
      let test = try writer.text(wrong)
      let line = "\(property.kind.rawValue) \(property.name)  \(place(property.span))"
      options += "  " + Comment.text(line) + "\n"
      options += "  :: d_step { \(isFinal ? "at_rest && \(test)" : test) ->"
      options += " assert(\(table.number(index)) == 0) }\n"
    }
    if options.isEmpty { return "" }
    var text = "\n"
    if usesRest {
      text += "/* All tasks have ended, no handler runs, and nothing can happen but what a daemon\n"
      text += "   does that rests. */\n"
      text += "#define at_rest (\(try writer.bare(rest())))\n\n"
    }
    text += "/* Looks at the properties. It moves only when one is false, and then it fails. */\n"
    text += "\(isActive ? "active " : "")proctype monitor() {\n"
    return text + "end_monitor:\n  do\n\(options)  od\n}\n"
  }

  /// When a state is at rest.
  private func rest() -> Expression {
    var ended = Expression.constant(1)
    var blocked = Expression.constant(1)
    for (index, process) in system.processes.enumerated() where !process.isAlwaysAtRest {
      var stays = Expression.constant(0)
      for location in process.locations.indices {
        let here = Expression.applying(
          .equal, .read(Place(process.programCounter)), .constant(Int64(location)))
        if process.kind != .daemon {
          if ProcessWriter.mayStay(process, at: location) { stays = .either(stays, here) }
        }
        guard let plan = plans[index][location],
          process.kind == .daemon
            ? !process.locations[location].isRest : ProcessWriter.mayStay(process, at: location)
        else { continue }
        blocked = .both(blocked, .inverted(.both(here, plan.enabled)))
      }
      if process.kind != .daemon { ended = .both(ended, stays) }
    }
    return .both(ended, blocked)
  }
}

extension Process {
  /// Whether it is a daemon that never keeps a state from being at rest.
  var isAlwaysAtRest: Bool {
    kind == .daemon && locations.allSatisfy { $0.isRest || $0.entry == nil }
  }
}
