internal import Machine
internal import Semantics
internal import SourceText

/// Collects the parts of one transition system while code is written.
///
/// Code refers to variables before it is known which others will be needed (what `free` has to reset,
/// which locks can be held at the end of a task), so everything is written twice: the first time to
/// find out which roots exist, the second time for good.
final class SystemBuilder {
  /// The numbers that a ledger can hold; leaving them is a violation.
  static let ledgerRange: ClosedRange<Int64> = -8...7

  let program: Program
  let check: Check
  let catalog: SourceCatalog
  let composition: Composition
  let layout: TypeLayout
  var storage = Storage()
  var classes = LocationClasses()
  private(set) var failures: [Failure] = []
  var preludeDepth = 0
  /// What turned out to be wrong while code was written.
  var problems: Set<Diagnostic> = []
  /// The statements that coverage counts.
  private(set) var coverage: [SourceSpan] = []
  private var coverageNumbers: [SourceSpan: Int] = [:]

  private var failureNumbers: [FailureKey: FailureID] = [:]
  private var lifeChanges: Set<PoolID> = []
  private var staticObjects: [PoolID: Int?] = [:]
  private var givenFields: [PoolID: [Int: Set<Int>]] = [:]
  private var scenarioBindings: [ScenarioLocal: [Formula]] = [:]
  private var mutableCache: [Int: Set<Int>] = [:]
  private var lockBitNumbers: [LockBitKey: Int] = [:]
  private var sourceTexts: [SourceSpan: String] = [:]
  /// The locks, as they were when there were so many roots.
  var knownLocks: (rootCount: Int, locks: [LockInfo])?

  private struct FailureKey: Hashable {
    var violation: String
    var span: SourceSpan
    var text: [Piece]
    var frames: [Step.Frame]

    /// A part of the text, however its number is written.
    enum Piece: Hashable {
      case literal(String)
      case value(Formula)
      case failureValue
    }
  }

  private struct ScenarioLocal: Hashable {
    var component: Int
    var local: LocalIndex
  }

  private struct LockBitKey: Hashable {
    var pool: PoolID
    var path: [Int]
  }

  init(_ program: Program, check: Check, catalog: SourceCatalog) {
    self.program = program
    self.check = check
    self.catalog = catalog
    let composition = Composition(program, check)
    self.composition = composition
    var sizes = Array(repeating: 0, count: program.pools.count)
    for component in composition.components {
      for size in program.scenarios[component.scenario].pools {
        sizes[size.pool.index] += size.count
      }
    }
    self.layout = TypeLayout(
      program: program, poolSizes: sizes, processCount: composition.processes.count,
      cpuCount: composition.cpuNames.count)
    for (number, bit) in program.lockBits.enumerated() {
      lockBitNumbers[LockBitKey(pool: bit.pool, path: bit.path.map(\.field))] = number
    }
  }

  /// Forgets what belongs to one writing of the code, but not which roots exist.
  func startOver() {
    failures = []
    failureNumbers.removeAll(keepingCapacity: true)
    staticObjects = [:]
    givenFields = [:]
    scenarioBindings = [:]
    preludeDepth = 0
  }

  // MARK: - Variables

  func block(of root: Root) -> Storage.Block {
    if let block = storage.blocks[root] { return block }
    switch root {
    case .variable(let index, let instance): return addVariable(root, index, instance)
    case .field(let pool, let field): return addField(root, pool, field)
    case .taskVariable(let index): return addTaskVariable(root, index)
    case .live(let pool):
      return add(root, objectNames(pool).map { "\($0).live" }, bit(.boolean)) { _ in .live }
    case .ledger(let pool): return addLedger(root, pool)
    case .bitHolder(let number):
      let bit = program.lockBits[number]
      return add(root, objectNames(bit.pool).map { "\($0).\(lockBitName(bit))" }, holderLeaf) { _ in
        .bookkeeping
      }
    case .pinned:
      return add(root, composition.cpuNames.map { "\($0).pinned" }, holderLeaf) { _ in .data }
    case .interruptsOff:
      return add(root, composition.cpuNames.map { "\($0).irqs_off" }, bit(.boolean)) { _ in .data }
    case .handlerCPU(let id):
      return add(root, ["\(name(of: id)).cpu"], layout.leaves(of: .cpu)) { _ in .bookkeeping }
    case .scenarioLocal, .processLocal, .programCounter:
      preconditionFailure("these are added with their type")
    }
  }

  func add(
    _ root: Root, _ names: [String], _ leaves: [TypeLayout.Leaf],
    role: (Int) -> Variable.Role
  ) -> Storage.Block {
    storage.add(root, names: names, leaves: leaves, role: role)
  }

  private func bit(_ format: ValueFormat) -> [TypeLayout.Leaf] {
    layout.leaves(of: .bool).map {
      var leaf = $0
      leaf.format = format
      return leaf
    }
  }

  private var holderLeaf: [TypeLayout.Leaf] { layout.leaves(of: .task(isOptional: true)) }

  private func objectNames(_ pool: PoolID) -> [String] {
    (0..<layout.poolSize(pool)).map { "\(program.pools[pool.index].name)\($0)" }
  }

  private func addVariable(_ root: Root, _ index: VariableIndex, _ instance: Int) -> Storage.Block {
    let variable = program.variables[index.index]
    var name = variable.field.name
    if case .scenario = variable.owner,
      composition.components.count(where: {
        program.scenarios[$0.scenario].variables.contains(index)
      }) > 1
    {
      name = "\(composition.components[instance].name).\(name)"
    }
    let block = add(root, [name], leaves(of: variable.field)) { _ in
      variable.field.isGhost ? .ghost : .data
    }
    return block
  }

  private func addField(_ root: Root, _ pool: PoolID, _ field: Int) -> Storage.Block {
    let declaration = program.pools[pool.index].fields[field]
    let names = objectNames(pool).map { "\($0).\(declaration.name)" }
    return add(root, names, leaves(of: declaration)) { _ in declaration.isGhost ? .ghost : .data }
  }

  private func addTaskVariable(_ root: Root, _ index: VariableIndex) -> Storage.Block {
    let variable = program.variables[index.index]
    let names = composition.processes.map { "\($0.name).\(variable.field.name)" }
    return add(root, names, leaves(of: variable.field)) { _ in
      variable.field.isGhost ? .ghost : .data
    }
  }

  private func addLedger(_ root: Root, _ pool: PoolID) -> Storage.Block {
    let names = composition.processes.flatMap { process in
      objectNames(pool).map { "\(process.name) owns \($0)" }
    }
    let range = Self.ledgerRange
    let leaf = TypeLayout.Leaf(
      suffix: "", lower: range.lowerBound, upper: range.upperBound, format: .number, initial: 0,
      holds: nil, isSet: false)
    let size = layout.poolSize(pool)
    return add(root, names, [leaf]) { .ledger(ProcessID($0 / max(1, size))) }
  }

  private func leaves(of field: Field) -> [TypeLayout.Leaf] {
    zip(layout.leaves(of: field.type), layout.initialValues(of: field)).map { leaf, value in
      var result = leaf
      result.initial = value
      return result
    }
  }

  func liveCell(_ pool: PoolID, _ reference: Formula) -> Cell {
    let block = block(of: .live(pool))
    return Cell(VariableID(block.base)).indexed(
      .subtract(reference, .one), stride: 1, count: block.copies)
  }

  func ledgerCell(_ pool: PoolID, _ process: ProcessID, _ reference: Formula) -> Cell {
    let block = block(of: .ledger(pool))
    let size = layout.poolSize(pool)
    return Cell(VariableID(block.base + Int(process.index) * size)).indexed(
      .subtract(reference, .one), stride: 1, count: size)
  }

  func bitHolder(_ bit: Int, _ reference: Formula) -> Cell? {
    let block = block(of: .bitHolder(bit))
    return Cell(VariableID(block.base)).indexed(
      .subtract(reference, .one), stride: 1, count: block.copies)
  }

  /// The number of the lock bit at the end of a path, if it is one.
  func lockBit(pool: PoolID, path: [Int]) -> Int? {
    lockBitNumbers[LockBitKey(pool: pool, path: path)]
  }

  func lockBitName(_ bit: LockBit) -> String {
    var names: [String] = []
    var fields = program.pools[bit.pool.index].fields
    for step in bit.path {
      names.append(fields[step.field].name)
      if case .structure(let id) = fields[step.field].type {
        fields = program.structs[id.index].fields
      }
    }
    return names.joined(separator: ".")
  }

  /// A local of a process that lies in memory.
  func largeLocal(_ local: Local, of process: ProcessID?, call: Int, index: Int) -> ResolvedPlace {
    let root = Root.processLocal(
      process ?? ProcessID(composition.processes.count), call << 12 | index)
    let block =
      storage.blocks[root]
      ?? add(root, [local.name], layout.leaves(of: local.type)) { _ in
        process.map { .local($0) } ?? .bookkeeping
      }
    return ResolvedPlace(
      site: .memory(Cell(VariableID(block.base))), type: local.type, location: -1,
      text: [.literal(local.name)], label: local.name, span: local.span)
  }

  // MARK: - Life

  func noteLifeChange(of pool: PoolID) { lifeChanges.insert(pool) }

  /// Whether any task makes or ends objects of the pool.
  func changesLife(of pool: PoolID) -> Bool { lifeChanges.contains(pool) }

  /// The number of the object that the prelude's next `new` gives, if it is known now.
  func nextStaticObject(of pool: PoolID) -> Int? {
    if case .some(.none) = staticObjects[pool] { return nil }
    guard preludeDepth == 0 else {
      staticObjects[pool] = .some(nil)
      return nil
    }
    let number = ((staticObjects[pool] ?? 0) ?? 0) + 1
    staticObjects[pool] = number
    return number
  }

  func noteGiven(_ pool: PoolID, object: Int, fields: [Int]) {
    givenFields[pool, default: [:]][object] = Set(fields)
  }

  /// Whether `new` in the prelude gave the field of the object a value.
  func isGiven(_ pool: PoolID, object: Int, field: Int) -> Bool {
    givenFields[pool]?[object]?.contains(field) ?? false
  }

  // MARK: - Scenario locals

  func bindScenarioLocal(
    _ local: LocalIndex, component: Int, values: [Formula], isMutable: Bool
  ) -> Bool {
    guard !isMutable, preludeDepth == 0, values.allSatisfy({ $0.constantValue != nil }) else {
      return false
    }
    scenarioBindings[ScenarioLocal(component: component, local: local)] = values
    return true
  }

  func scenarioPlace(
    _ local: LocalIndex, component: Int, type: Type, span: SourceSpan
  ) -> ResolvedPlace {
    let scenario = composition.components[component].scenario
    let declaration = program.scenarios[scenario].prelude.locals[local.index]
    if let values = scenarioBindings[ScenarioLocal(component: component, local: local)] {
      let text: [DisplayText.Piece] =
        values.count == 1
        ? [.value(values[0], layout.format(of: declaration.type))] : [.literal(declaration.name)]
      return ResolvedPlace(
        site: .values(values), type: declaration.type, location: -1, text: text,
        label: declaration.name, span: span)
    }
    let root = Root.scenarioLocal(component, local)
    let block =
      storage.blocks[root]
      ?? add(root, [declaration.name], layout.leaves(of: declaration.type)) { _ in .bookkeeping }
    return ResolvedPlace(
      site: .memory(Cell(VariableID(block.base))), type: declaration.type,
      location: classes.location(root), text: [.literal(declaration.name)], label: declaration.name,
      span: span)
  }

  // MARK: - Failures and texts

  /// The number of a statement for coverage; all inlined copies of it share one.
  func coverPoint(_ span: SourceSpan) -> Int {
    if let known = coverageNumbers[span] { return known }
    coverage.append(span)
    coverageNumbers[span] = coverage.count - 1
    return coverage.count - 1
  }

  func addFailure(_ failure: Failure) -> FailureID {
    let text = failure.text.pieces.map { piece -> FailureKey.Piece in
      switch piece {
      case .literal(let text): .literal(text)
      case .value(let formula, _): .value(formula)
      case .failureValue: .failureValue
      }
    }
    let key = FailureKey(
      violation: failure.violation, span: failure.span, text: text, frames: failure.frames)
    if let known = failureNumbers[key] { return known }
    failures.append(failure)
    let id = FailureID(failures.count - 1)
    failureNumbers[key] = id
    return id
  }

  /// The message of a built-in violation; a model can declare one of its own for it.
  func message(of violation: BuiltinViolation) -> String {
    program.violations.first { $0.name == violation.rawValue }?.message ?? violation.message
  }

  /// The text of an expression or statement, on one line and not too long.
  func sourceText(_ span: SourceSpan) -> String {
    if let known = sourceTexts[span] { return known }
    let text = SourceExcerpt.text(of: span, in: catalog, limit: 60)
    sourceTexts[span] = text
    return text
  }

  /// The text of a part of a property, on one line: a report shows it nearly always in full.
  func propertyText(_ span: SourceSpan) -> String {
    SourceExcerpt.text(of: span, in: catalog, limit: 300)
  }

  func name(of process: ProcessID) -> String { composition.processes[Int(process.index)].name }

  /// The CPU that a process runs on.
  func cpu(of process: ProcessID) -> Formula {
    let plan = composition.processes[Int(process.index)]
    if plan.cpus.count == 1 { return .constant(Int64(plan.cpus[0])) }
    return .read(Cell(VariableID(block(of: .handlerCPU(process)).base)))
  }

  /// The locals of a function that are set at more than one place.
  func mutableLocals(of function: FunctionIndex) -> Set<Int> {
    if let known = mutableCache[function.index] { return known }
    let found = MutableLocals.find(in: program.functions[function.index].body)
    mutableCache[function.index] = found
    return found
  }
}
