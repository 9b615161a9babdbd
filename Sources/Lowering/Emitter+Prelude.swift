internal import Machine
internal import Semantics
internal import SourceText

/// What happens before state 0, and how an interrupt arrives.
extension Emitter {
  /// Binds the parameters of a scenario to the check's arguments.
  func emitArguments(_ component: Composition.Component, _ scenario: Scenario) {
    for (index, argument) in component.arguments.enumerated() where index < scenario.parameterCount
    {
      // Arguments see the first component's names.
      let outer = Emitter(build, purpose: .prelude, component: 0, locals: [])
      outer.mode = .atomic
      outer.graph = graph
      outer.open = open
      outer.hasStarted = hasStarted
      let values = outer.converted(argument, to: scenario.prelude.locals[index].type)
      (graph, open, hasStarted) = (outer.graph, outer.open, outer.hasStarted)
      bind(LocalIndex(index), to: values)
    }
  }

  /// Gives a scenario's own variables the values that depend on its parameters and `let`s.
  func emitScenarioVariables(_ scenario: Scenario) {
    for index in scenario.variables {
      let field = program.variables[index.index].field
      guard case .value(let value) = field.initial,
        layout.constantLeaves(of: value, as: field.type) == nil
      else { continue }
      let place = TypedPlace(.variable(index), type: field.type, span: field.span)
      assign(place, value, once: false)
    }
  }

  /// Puts what `owns` names on the ledgers.
  func emitOwnership() {
    for (index, plan) in build.composition.processes.enumerated() {
      for owned in plan.declaration.owned {
        guard case .reference(let pool, _, _) = owned.type else { continue }
        let inner = Emitter(
          build, purpose: .prelude, component: plan.component, locals: plan.declaration.body.locals)
        inner.mode = .atomic
        (inner.graph, inner.open, inner.hasStarted) = (graph, open, hasStarted)
        let reference = inner.scalar(owned)
        inner.require(
          .make(.notEqual, reference, .zero),
          inner.failure(
            .nilDereference, span: owned.span, text: "\(sourceText(owned.span)) is nil"))
        (graph, open, hasStarted) = (inner.graph, inner.open, inner.hasStarted)
        let cell = build.ledgerCell(pool, ProcessID(index), reference)
        emit(.assign(cell, .add(.read(cell), .one)))
      }
    }
  }

  /// Sets the fields whose default is `holders`.
  func emitHolderCounts() {
    for pool in program.pools.indices.map({ PoolID($0) }) {
      for (index, field) in program.pools[pool.index].fields.enumerated() {
        guard case .holders = field.initial, build.storage.has(.field(pool, index)) else {
          continue
        }
        for object in 1...max(1, layout.poolSize(pool)) where layout.poolSize(pool) > 0 {
          if build.isGiven(pool, object: object, field: index) { continue }
          emitHolderCount(.constant(Int64(object)), pool, index, field)
        }
      }
    }
  }

  private func emitHolderCount(_ object: Formula, _ pool: PoolID, _ index: Int, _ field: Field) {
    guard let cell = objectField(object, pool, index, span: field.span).cell else { return }
    let count = snapshot(build.holders(of: object, pool: pool))
    let range = layout.range(of: field.type)
    let name = build.storage.variables[Int(cell.base.index)].name
    require(
      .lies(count, in: range, known: Int64.min...Int64.max),
      failure(
        .outOfRange, span: field.span,
        text: [
          .literal("\(name) would become "), .failureValue(.number),
          .literal(", outside \(range.lowerBound)..\(range.upperBound)"),
        ]), value: count)
    emit(.assign(cell, count))
  }

  /// The first step of a handler: it comes when its condition holds and its CPU takes interrupts.
  func emitArrival(_ plan: Composition.ProcessPlan) {
    guard let process else { return }
    let declaration = plan.declaration
    let text = "interrupt \(plan.name)"
    inGroup(forced: true, text: DisplayText(text), label: text, span: declaration.span) {
      var cpu = Formula.constant(Int64(plan.cpus[0]))
      if plan.cpus.count > 1 {
        let choice = makeTemporary(0...Int64(plan.cpus.count - 1), .number)
        emit(.choose(choice, count: plan.cpus.count))
        // The CPUs of an interrupt that arrives on any are all of them, in order.
        cpu = .register(choice)
      }
      if build.storage.has(.interruptsOff) {
        let block = build.block(of: .interruptsOff)
        record(
          build.classes.cpuLocation(.interruptsOff, cpu: cpu.constantValue.map(Int.init)),
          isWrite: false)
        emit(
          .await(
            .not(.read(Cell(VariableID(block.base)).indexed(cpu, stride: 1, count: block.copies)))))
      }
      let busy = build.runningHandler(on: cpu, except: process)
      if busy.constantValue != 0 { emit(.await(.not(busy))) }
      if let condition = declaration.condition {
        let value = scalar(condition)
        if value.constantValue != 1 { emit(.await(value)) }
      }
      if plan.cpus.count > 1 {
        emit(.assign(Cell(VariableID(build.block(of: .handlerCPU(process)).base)), cpu))
      }
    }
  }
}
