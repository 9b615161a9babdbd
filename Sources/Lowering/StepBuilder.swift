internal import Machine
internal import Semantics
internal import SourceText

/// Writes the code of a process, which a ``StepCut`` cuts into steps.
///
/// The code of a stop performs one step, goes on through everything that is joined to it, and arrives at
/// the next stop. A point is written once, however many ways lead to it.
struct StepBuilder {
  private typealias Point = StepCut.Point
  private typealias Stop = StepCut.Stop

  /// What stands for each temporary in the code; an object, so that whoever asks it for one of many thousand
  /// does not copy the builder.
  private final class Renaming {
    private let formulas: [Formula]

    init(_ formulas: [Formula]) { self.formulas = formulas }

    func value(_ temporary: RegisterID) -> Formula { formulas[Int(temporary.index)] }
  }

  let process: ProcessID
  let plan: Composition.ProcessPlan
  private let cut: StepCut
  private let liveness: Liveness
  private let allocation: SlotAllocation
  private let resets: SlotResets
  private let slotVariables: [VariableID]
  private let renaming: Renaming
  private var stops: [Stop: Int] = [:]
  private var stopOrder: [Stop?] = []
  private var labels: [Point: Int] = [:]
  private var pending: [Point] = []
  private var stepNumbers: [Int: StepID] = [:]
  private var callNumbers: [Int: StepID] = [:]
  /// The node that each group starts with.
  private var firstNodes: [Int: Int] = [:]

  /// Finds out where the process stops, and gives variables of the state to the temporaries that live
  /// across its stops.
  init(
    _ process: ProcessID, _ plan: Composition.ProcessPlan, _ cut: StepCut, storage: inout Storage
  ) {
    self.process = process
    self.plan = plan
    self.cut = cut
    let graph = cut.graph
    liveness = Liveness(graph)
    let nodes = cut.stopNodes()
    let allocation = SlotAllocation(graph, liveness, stops: nodes)
    let slotVariables = allocation.slots.map { slot in
      let names = slot.members.compactMap { graph.temporaries[$0].name }
      return storage.append(
        Variable(
          name: "\(plan.name).\(names.first ?? "value")", lower: slot.range.lowerBound,
          upper: slot.range.upperBound, format: graph.temporaries[slot.members[0]].format,
          role: .local(process)), initial: slot.range.lowerBound)
    }
    self.allocation = allocation
    self.slotVariables = slotVariables
    resets = SlotResets(graph, liveness, allocation, stops: nodes)
    renaming = Renaming(
      allocation.register.indices.map { temporary in
        if let slot = allocation.slot[temporary] { return .read(Cell(slotVariables[slot])) }
        return .register(RegisterID(allocation.register[temporary] ?? 0))
      })
    for (index, node) in graph.nodes.enumerated() {
      if let group = node.group, firstNodes[group] == nil { firstNodes[group] = index }
    }
    if plan.declaration.isInterrupt {
      stopOrder = [Stop(node: 0), nil]
      stops[Stop(node: 0)] = 0
    }
  }

  private var graph: Graph { cut.graph }

  /// Writes the code that brings the process from the start of its body to its first stop.
  ///
  /// It ends with a jump to `exit`, to be patched by the caller.
  mutating func writeStartup(_ assembly: inout Assembly, exit: Int) {
    write(StepCut.startup, &assembly, exit: exit)
  }

  /// Writes the code of all stops and returns the process's locations.
  mutating func writeSteps(_ assembly: inout Assembly) -> [Location] {
    var entries: [Int: Label] = [:]
    var index = 0
    while index < stopOrder.count {
      defer { index += 1 }
      guard let stop = stopOrder[index], !isEnd(stop) else { continue }
      if labels[stop.start] == nil { write(stop.start, &assembly, exit: -1) }
      entries[index] = labels[stop.start].map { Label($0) }
    }
    return stopOrder.enumerated().map { index, stop in location(stop, entry: entries[index]) }
  }

  private func isEnd(_ stop: Stop) -> Bool {
    if case .end = graph.nodes[stop.node].operation { return true }
    return false
  }

  private func location(_ stop: Stop?, entry: Label?) -> Location {
    guard let stop, let entry else {
      return Location(
        entry: nil, isRest: false, text: "ended", span: plan.declaration.span, locals: [])
    }
    let node = graph.nodes[stop.node]
    let group = node.group.map { graph.groups[$0] }
    let text: String
    switch node.operation {
    case .either: text = "either"
    case .loopBack: text = "back to the start of the loop"
    default: text = group?.label ?? ""
    }
    return Location(
      entry: entry, isRest: group?.isRest ?? false, text: text,
      span: group?.span ?? plan.declaration.span, locals: locals(at: stop.node))
  }

  private func locals(at node: Int) -> [Location.Local] {
    liveness.before[node].members.compactMap { temporary in
      guard let slot = allocation.slot[temporary],
        let name = graph.temporaries[temporary].name
      else { return nil }
      return Location.Local(
        name: name, variable: slotVariables[slot],
        format: graph.temporaries[temporary].format,
        function: graph.temporaries[temporary].function)
    }
  }

  private mutating func write(_ start: Point, _ assembly: inout Assembly, exit: Int) {
    pending = [start]
    while let point = pending.popLast() {
      if labels[point] == nil { writeChain(from: point, &assembly, exit: exit) }
    }
  }

  /// Writes straight-line code from a point up to a branch, a stop, or code that exists already.
  private mutating func writeChain(
    from start: Point, _ assembly: inout Assembly, exit: Int
  ) {
    var point = start
    while true {
      if let label = labels[point] {
        assembly.code.append(.jump(Label(label)))
        return
      }
      labels[point] = assembly.code.count
      switch cut.outcome(at: point) {
      case .end: return writeEnd(point, &assembly, exit: exit)
      case .stop(let stop):
        return writeArrival(
          number(of: stop), from: point.node, live: liveness.before[stop.node], point, &assembly,
          exit: exit)
      case .goOn(let next):
        writeMark(point, &assembly)
        writeOperation(graph.nodes[point.node].operation, &assembly)
        guard next.count > 1 else {
          // Behind a test that always fails nothing comes; the jump is never made.
          guard let only = next.first else {
            return assembly.code.append(.jump(Label(assembly.code.count)))
          }
          point = only
          continue
        }
        return writeSplit(graph.nodes[point.node].operation, next, &assembly)
      }
    }
  }

  private mutating func writeSplit(
    _ operation: Graph.Operation, _ next: [Point], _ assembly: inout Assembly
  ) {
    if case .branch(let condition) = operation {
      assembly.branch(rewrite(condition), process, next.map { key($0) })
    } else {
      let choice = RegisterID(allocation.registerCount)
      assembly.needRegisters(Int(choice.index) + 1)
      assembly.code.append(.choose(choice, count: next.count))
      for (number, point) in next.enumerated().dropLast() {
        let test = Formula.equal(.register(choice), .constant(Int64(number)))
        assembly.branchOrGoOn(test, process, key(point))
      }
      if let last = next.last { assembly.jump(process, key(last)) }
    }
    pending += next.filter { labels[$0] == nil }
  }

  /// A number for a point that the assembly resolves to a label at the end.
  private mutating func key(_ point: Point) -> Int {
    if let known = keys[point] { return known }
    keys[point] = keys.count
    return keys.count - 1
  }

  private var keys: [Point: Int] = [:]

  /// The labels of the points by their key.
  var resolvedLabels: [Int: Int] {
    Dictionary(
      uniqueKeysWithValues: keys.compactMap { point, key in labels[point].map { (key, $0) } })
  }

  private mutating func number(of stop: Stop) -> Int {
    if let known = stops[stop] { return known }
    stopOrder.append(stop)
    stops[stop] = stopOrder.count - 1
    return stopOrder.count - 1
  }

  private mutating func writeEnd(_ point: Point, _ assembly: inout Assembly, exit: Int) {
    if point.phase == .before { writeMark(point, &assembly) }
    let target: Int
    if case .interrupt = processKind {
      target = plan.declaration.condition != nil ? 0 : 1
    } else {
      target = number(of: Stop(node: point.node))
    }
    writeArrival(target, from: point.node, live: BitSet(), point, &assembly, exit: exit)
  }

  /// What kind of process it is.
  var processKind: Process.Kind {
    let declaration = plan.declaration
    if declaration.isInterrupt { return .interrupt(repeats: declaration.condition != nil) }
    return declaration.isDaemon ? .daemon : .task
  }

  private func writeArrival(
    _ location: Int, from node: Int, live: BitSet, _ point: Point, _ assembly: inout Assembly,
    exit: Int
  ) {
    for slot in resets.slots(from: node, live: live) {
      let lower = allocation.slots[slot].range.lowerBound
      assembly.code.append(.assign(Cell(slotVariables[slot]), .constant(lower)))
    }
    if point.isStartup {
      assembly.startupArrival(process, location, exit: exit)
    } else {
      assembly.code.append(.arrive(LocationID(location)))
    }
  }

  private mutating func writeMark(_ point: Point, _ assembly: inout Assembly) {
    let node = graph.nodes[point.node]
    if let group = node.group, firstNodes[group] == point.node,
      cut.isStep[group] || !graph.groups[group].isLoad
    {
      if let known = stepNumbers[group] {
        assembly.mark(known)
      } else {
        stepNumbers[group] = assembly.addStep(
          process, graph.groups[group], kind: cut.isStep[group] ? .step : .joined,
          text: text(graph.groups[group].text, at: point.node))
      }
    }
    if case .call(let index) = node.operation {
      let call = graph.calls[index]
      if let known = callNumbers[index] {
        assembly.mark(known)
      } else {
        callNumbers[index] = assembly.addCall(
          process, call, text: text(call.text, at: point.node))
      }
    }
    guard point.phase == .before else { return }
    if case .loopBack(let loop) = node.operation, point.loops.contains(loop) {
      assembly.markPlain(process, "back to the start of the loop", plan.declaration.span)
    } else if case .end = node.operation {
      assembly.markPlain(process, "ends", plan.declaration.span)
    }
  }

  /// A text as it can be filled in at a node: what has been forgotten by then is shown by name.
  private func text(_ text: DisplayText, at node: Int) -> DisplayText {
    DisplayText(
      text.pieces.map { piece in
        guard case .value(let formula, let format) = piece else { return piece }
        var forgotten: RegisterID?
        formula.forEachRegister { if !isKnown($0, at: node) { forgotten = $0 } }
        if let forgotten {
          return .literal(graph.temporaries[Int(forgotten.index)].name ?? "?")
        }
        return .value(rewrite(formula), format)
      })
  }

  /// Whether a temporary has its value at a node: it is needed later, or was set just before.
  private func isKnown(_ temporary: RegisterID, at node: Int) -> Bool {
    liveness.before[node].contains(Int(temporary.index))
  }

  private func writeOperation(_ operation: Graph.Operation, _ assembly: inout Assembly) {
    switch operation {
    case .assign(let cell, let formula):
      assembly.code.append(.assign(cell.rewritten(register: renaming.value), rewrite(formula)))
    case .set(let target, let formula): writeSet(target, rewrite(formula), &assembly)
    case .await(let condition): assembly.code.append(.await(rewrite(condition)))
    case .choose(let target, let count):
      guard allocation.slot[Int(target.index)] != nil else {
        assembly.code.append(.choose(register(of: target), count: count))
        return
      }
      let choice = RegisterID(allocation.registerCount)
      assembly.needRegisters(Int(choice.index) + 1)
      assembly.code.append(.choose(choice, count: count))
      writeSet(target, .register(choice), &assembly)
    case .require(let condition, let failure, let shown):
      assembly.require(
        rewrite(condition), failure, value: shown.map { rewrite($0) },
        rewrite: rewrite)
    case .cover(let point): assembly.code.append(.cover(point))
    case .atomicBackEdge(let failure):
      let own = assembly.number(of: failure, rewrite: rewrite)
      assembly.code.append(.backEdge(own))
    case .call, .branch, .either, .loopHead, .loopBack, .join, .end: break
    }
  }

  private func writeSet(_ target: RegisterID, _ formula: Formula, _ assembly: inout Assembly) {
    if let slot = allocation.slot[Int(target.index)] {
      assembly.code.append(.assign(Cell(slotVariables[slot]), formula))
    } else {
      assembly.code.append(.set(register(of: target), formula))
    }
  }

  private func register(of temporary: RegisterID) -> RegisterID {
    RegisterID(allocation.register[Int(temporary.index)] ?? 0)
  }

  private func rewrite(_ formula: Formula) -> Formula {
    formula.rewritten(register: renaming.value)
  }

  /// The number of registers that the code uses.
  var registerCount: Int { allocation.registerCount + 1 }
}
