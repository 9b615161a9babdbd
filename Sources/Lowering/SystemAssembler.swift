internal import Machine
internal import Semantics
internal import SourceText

/// Puts the written graphs together to a transition system.
struct SystemAssembler {
  private let build: SystemBuilder
  private let writer: CodeWriter
  private var assembly: Assembly

  init(_ build: SystemBuilder, _ writer: CodeWriter) {
    self.build = build
    self.writer = writer
    self.assembly = Assembly(
      failures: build.failures,
      programCounters: build.composition.processes.indices.map {
        build.programCounter(of: ProcessID($0))
      })
  }

  /// Puts the system together; the diagnostics are warnings.
  mutating func assemble() -> (system: TransitionSystem, diagnostics: [Diagnostic]) {
    let sharing = SharingAnalysis(
      writer.processes, classes: build.classes, composition: build.composition)
    let warnings = Set(
      writer.processes.flatMap { sharing.vanishedLoads(in: $0) }.map {
        Diagnostic.vanishedLoad($0.label, span: $0.span)
      })
    var builders = writer.processes.enumerated().map { index, graph in
      StepBuilder(
        ProcessID(index), build.composition.processes[index],
        StepCut(graph: graph, isStep: sharing.steps(of: graph)), storage: &build.storage)
    }

    let prelude = writePrelude(&builders)
    var processes = builders.indices.map { writeProcess($0, &builders[$0]) }
    let properties = writer.properties.enumerated().map { writeProperty($0, $1) }

    var variables = build.storage.variables
    var defaults = build.storage.defaults
    for (index, process) in processes.enumerated() {
      setRange(of: process, ProcessID(index), &variables)
    }
    UnusedVariables.strip(
      &assembly.code, &variables, defaults: &defaults, prelude: prelude,
      firstOther: preludeEnd, processes: processes)
    ConstantVariables.fold(
      &assembly.code, &variables, defaults: defaults, processes: &processes)
    let system = TransitionSystem(
      name: build.check.name, variables: variables, defaults: defaults,
      registerCount: assembly.registerCount, code: assembly.code, prelude: prelude,
      processes: processes, properties: properties, steps: assembly.steps,
      failures: assembly.failures, locks: build.locks, cpuNames: build.composition.cpuNames,
      coverage: build.coverage)
    return (system, warnings.sorted { $0.span.lower < $1.span.lower })
  }

  private var preludeEnd = 0

  /// The prelude, then the start of each process up to its first step.
  private mutating func writePrelude(_ builders: inout [StepBuilder]) -> Label {
    assembly.begin(-1)
    let prelude = StraightCode.write(writer.prelude, &assembly) { assembly in
      assembly.jumpToExit(0)
    }
    preludeEnd = assembly.code.count
    for index in builders.indices {
      assembly.land(exit: index)
      assembly.begin(index)
      builders[index].writeStartup(&assembly, exit: index + 1)
      assembly.needRegisters(builders[index].registerCount)
      assembly.resolve(builders[index].resolvedLabels)
    }
    assembly.land(exit: builders.count)
    assembly.code.append(.done)
    return prelude
  }

  private mutating func writeProcess(_ index: Int, _ builder: inout StepBuilder) -> Process {
    let id = ProcessID(index)
    let plan = build.composition.processes[index]
    assembly.begin(index)
    let locations = builder.writeSteps(&assembly)
    assembly.resolve(builder.resolvedLabels)
    let cpuVariable: VariableID? =
      plan.cpus.count > 1 ? VariableID(build.block(of: .handlerCPU(id)).base) : nil
    return Process(
      name: plan.name, kind: builder.processKind, cpus: plan.cpus, cpuVariable: cpuVariable,
      programCounter: build.programCounter(of: id), readiness: build.readiness(of: id),
      locations: locations, group: plan.group, span: plan.declaration.span)
  }

  private mutating func writeProperty(
    _ index: Int, _ written: CodeWriter.WrittenProperty
  ) -> Machine.Property {
    assembly.begin(build.composition.processes.count + index)
    let entry = StraightCode.write(written.graph, &assembly) { assembly in
      assembly.code.append(.result(written.result))
    }
    let parts = written.parts.enumerated().map { number, part in
      assembly.begin(1_000_000 + index * 1_000 + number)
      return Machine.Property.Part(
        text: part.text,
        entry: StraightCode.write(part.graph, &assembly) { assembly in
          assembly.code.append(.result(part.result))
        }, span: part.span)
    }
    let kind: Machine.Property.Kind =
      switch written.property.kind {
      case .invariant: .invariant
      case .finally: .finally
      case .reachable: .reachable
      }
    return Machine.Property(
      name: written.property.name, kind: kind, entry: entry, parts: parts,
      span: written.property.span)
  }

  private func setRange(of process: Process, _ id: ProcessID, _ variables: inout [Variable]) {
    let index = Int(process.programCounter.index)
    variables[index] = Variable(
      name: variables[index].name, lower: 0, upper: Int64(max(0, process.locations.count - 1)),
      format: .location(id), role: .programCounter(id))
  }
}
