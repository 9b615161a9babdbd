internal import Machine
internal import SourceText

/// Writes a process as a `proctype`.
struct ProcessWriter {
  private let system: TransitionSystem
  private let index: Int
  private let plans: [Int: StepPlan]
  private let storage: Storage
  private let place: (SourceSpan) -> String
  private let style: PromelaStyle
  private let starts: Set<Int>
  /// The temporaries that its steps use.
  private(set) var registers: Set<RegisterID> = []
  /// Whether a step has a loop.
  private(set) var countsTurns = false
  private var wayCount = 0

  private var process: Process { system.processes[index] }

  /// Prepares to write the process with the given index, whose steps are `plans`, by location.
  ///
  /// `starts` are the locations at which it can start.
  init(
    _ index: Int, plans: [Int: StepPlan], starts: Set<Int>, storage: Storage,
    system: TransitionSystem, style: PromelaStyle, place: @escaping (SourceSpan) -> String
  ) throws(NotExportable) {
    self.system = system
    self.index = index
    self.plans = plans
    self.starts = starts
    self.storage = storage
    self.style = style
    self.place = place
    let kinds = Set(starts.map { Self.mayStay(system.processes[index], at: $0) })
    guard kinds.count == 1 else {
      throw NotExportable(
        "\(system.processes[index].name) starts at several points, at some of which it may stay")
    }
  }

  /// Returns the process; `isActive` says whether it is there from the start.
  mutating func write(
    isActive: Bool, _ table: inout ViolationTable
  ) throws(NotExportable) -> String {
    var text = "\n" + Comment.text("\(process.name)  \(place(process.span))") + "\n"
    text += "\(isActive ? "active " : "")proctype p\(index)() {\n"
    text += try block(of: starts.sorted(), &table)
    for location in reachable() where !starts.contains(location) {
      text += try block(of: [location], &table)
    }
    return text + "}\n"
  }

  /// Whether a process may stay at a location for ever without that being a deadlock.
  static func mayStay(_ process: Process, at location: Int) -> Bool {
    if process.locations[location].entry == nil { return true }
    switch process.kind {
    case .task: return false
    case .daemon: return true
    case .interrupt: return location == 0
    }
  }

  /// The locations that the process can come to, as far as the code tells.
  private func reachable() -> [Int] {
    var seen = starts
    var pending = Array(starts)
    while let location = pending.popLast() {
      for target in plans[location]?.targets ?? [] where seen.insert(Int(target.index)).inserted {
        pending.append(Int(target.index))
      }
    }
    return seen.sorted()
  }

  /// The label of a location; SPIN takes a name that begins with `end` for a point to stay at.
  private func label(_ location: Int) -> String {
    let stays = Self.mayStay(process, at: location) ? "end_" : ""
    return stays + (starts.contains(location) ? "start" : "L\(location)")
  }

  /// Returns the alternatives of one location, or of several that share a label.
  private mutating func block(
    of locations: [Int], _ table: inout ViolationTable
  ) throws(NotExportable) -> String {
    var comments = ""
    var options = ""
    for location in locations {
      let description = process.locations[location]
      let what = description.entry == nil ? "the end" : description.text
      let line = "\(location)  \(what)  \(place(description.span))"
      comments += "  " + Comment.text(line) + "\n"
      guard let plan = plans[location] else { continue }
      for way in plan.ways {
        var way = way
        if locations.count > 1 {
          let here = Expression.applying(
            .equal, .read(Place(process.programCounter)), .constant(Int64(location)))
          way.condition = .both(here, way.condition)
        }
        options += try option(way, plan, &table)
      }
    }
    let name = label(locations[0])
    if options.isEmpty { return "\(comments)\(name):\n  false;\n" }
    return "\(comments)\(name):\n  if\n\(options)  fi;\n"
  }

  private mutating func option(
    _ way: StepPlan.Way, _ plan: StepPlan, _ table: inout ViolationTable
  ) throws(NotExportable) -> String {
    wayCount += 1
    let writer = ExpressionWriter(storage: storage, system: system)
    var body = BodyWriter(
      writer, plan.survey, entry: plan.entry, outcome: way.outcome,
      hasOneTarget: plan.hasOneTarget, programCounter: process.programCounter,
      prefix: "T\(wayCount)_")
    var statements = try body.write(&table)
    registers.formUnion(body.registers)
    if body.countsTurns {
      countsTurns = true
      statements.insert(.plain("turns = 0"), at: 0)
    }
    if style.isForBreadthFirst {
      if body.countsTurns { statements.append(.plain("turns = 0")) }
      for register in body.registers.sorted(by: { $0.index < $1.index }) {
        statements.append(.plain("r\(register.index) = 0"))
      }
    }
    let guarding = way.condition.number == nil ? try writer.bare(way.condition) : "true"
    if plan.hasOneTarget || plan.targets.count <= 1 {
      let target = way.outcome.target ?? plan.targets.first
      let goto = target.map { "goto \(label(Int($0.index)))" } ?? "false"
      return step(guarding, statements, indent: "  ", open: ":: d_step {", close: "}; \(goto)\n")
    }
    var text = step(
      guarding, statements, indent: "  ", open: ":: atomic { d_step {", close: "};\n")
    text += "       if\n"
    let counter = storage.name(Int(process.programCounter.index))
    for target in plan.targets {
      text += "       :: \(counter) == \(target.index) -> goto \(label(Int(target.index)))\n"
    }
    return text + "       fi }\n"
  }

  private func step(
    _ guarding: String, _ statements: [Statement], indent: String, open: String, close: String
  ) -> String {
    if statements.isEmpty { return "\(indent)\(open) \(guarding) \(close)" }
    var text = "\(indent)\(open) \(guarding) ->\n"
    for line in Statement.lines(statements, indent: indent + "     ") { text += line + "\n" }
    return text + indent + "   " + close
  }
}
