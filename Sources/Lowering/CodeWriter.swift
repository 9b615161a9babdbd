internal import Machine
internal import Semantics
internal import SourceText

/// Writes the graphs of one check: the prelude, all processes, all properties.
struct CodeWriter {
  /// The graph of a property and of the parts that explain it.
  struct WrittenProperty {
    var property: Semantics.Property
    var graph: Graph
    var result: Formula
    var parts: [(text: String, span: SourceSpan, graph: Graph, result: Formula)]
  }

  let build: SystemBuilder
  /// Whether it is only to be found out what code refers to.
  private let isSurvey: Bool
  private(set) var prelude = Graph()
  private(set) var processes: [Graph] = []
  private(set) var properties: [WrittenProperty] = []

  init(_ build: SystemBuilder, isSurvey: Bool = false) {
    self.build = build
    self.isSurvey = isSurvey
  }

  /// Writes everything.
  mutating func write() {
    for process in build.composition.processes.indices {
      let root = Root.programCounter(ProcessID(process))
      if !build.storage.has(root) {
        let leaf = TypeLayout.Leaf(
          suffix: "", lower: 0, upper: 1, format: .location(ProcessID(process)), initial: 0,
          holds: nil, isSet: false)
        _ = build.add(root, ["\(build.name(of: ProcessID(process))) at"], [leaf]) { _ in
          .programCounter(ProcessID(process))
        }
      }
    }
    writePrelude()
    processes = build.composition.processes.indices.map { writeProcess(ProcessID($0)) }
    writeProperties()
  }

  // MARK: - Prelude

  private mutating func writePrelude() {
    var graph = Graph()
    var ends: [(node: Int, slot: Int)] = []
    var hasStarted = false
    func continued(_ emitter: Emitter) -> Emitter {
      emitter.graph = graph
      emitter.open = ends
      emitter.hasStarted = hasStarted
      emitter.mode = .atomic
      return emitter
    }
    func keep(_ emitter: Emitter) {
      (graph, ends, hasStarted) = (emitter.graph, emitter.open, emitter.hasStarted)
    }
    for (index, component) in build.composition.components.enumerated() {
      let scenario = build.program.scenarios[component.scenario]
      let emitter = continued(
        Emitter(build, purpose: .prelude, component: index, locals: scenario.prelude.locals))
      // A first operation, so that there is always something to jump from.
      if index == 0 { emitter.emit(.join) }
      emitter.frame.mutable = MutableLocals.find(in: scenario.prelude)
      emitter.emitArguments(component, scenario)
      emitter.emitScenarioVariables(scenario)
      emitter.emit(scenario.prelude.statements)
      keep(emitter)
    }
    let emitter = continued(Emitter(build, purpose: .prelude, component: 0, locals: []))
    emitter.emitOwnership()
    emitter.emitHolderCounts()
    emitter.emit(.end)
    prelude = emitter.graph
  }

  // MARK: - Processes

  private func writeProcess(_ id: ProcessID) -> Graph {
    let plan = build.composition.processes[Int(id.index)]
    let emitter = Emitter(
      build, purpose: .process(id), component: plan.component, locals: plan.declaration.body.locals)
    emitter.frame.mutable = MutableLocals.find(in: plan.declaration.body)
    if plan.declaration.isInterrupt { emitter.emitArrival(plan) } else { emitter.emit(.join) }
    emitter.emit(plan.declaration.body.statements)
    emitter.land(emitter.endTarget)
    emitter.checkEnd(span: plan.declaration.span)
    if plan.declaration.isInterrupt, plan.cpus.count > 1 {
      let block = build.block(of: .handlerCPU(id))
      emitter.emit(.assign(Cell(VariableID(block.base)), .zero))
    }
    emitter.emit(.end)
    return emitter.graph
  }

  // MARK: - Properties

  private mutating func writeProperties() {
    properties = build.program.properties.map { write($0, component: 0) }
    for (index, component) in build.composition.components.enumerated() {
      for property in build.program.scenarios[component.scenario].properties {
        properties.append(write(property, component: index))
      }
    }
  }

  private func write(_ property: Semantics.Property, component: Int) -> WrittenProperty {
    let (graph, result) = writeCondition(property.condition, property.locals, component: component)
    var parts: [(text: String, span: SourceSpan, graph: Graph, result: Formula)] = []
    // The parts refer to nothing that the whole does not refer to.
    if property.kind != .reachable, !isSurvey {
      for part in PropertyParts.split(property, layout: build.layout) {
        let (graph, result) = writeCondition(
          part.condition, property.locals, component: component, bindings: part.bindings)
        let text = build.propertyText(part.condition.span) + part.note
        parts.append((text, part.condition.span, graph, result))
      }
    }
    return WrittenProperty(property: property, graph: graph, result: result, parts: parts)
  }

  private func writeCondition(
    _ condition: TypedExpression, _ locals: [Local], component: Int,
    bindings: [LocalIndex: Int64] = [:]
  ) -> (Graph, Formula) {
    let emitter = Emitter(build, purpose: .property, component: component, locals: locals)
    emitter.mode = .atomic
    emitter.emit(.join)
    for (local, value) in bindings {
      emitter.frame.bindings[local.index] = .value([.constant(value)])
    }
    let result = emitter.scalar(condition)
    emitter.emit(.end)
    return (emitter.graph, result)
  }
}
