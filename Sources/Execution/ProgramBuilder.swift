internal import Machine

/// Compiles the instructions of a system to operations.
///
/// Code is compiled for its owner (a process, the prelude, a property), because an arrival means a
/// different program counter for every process. What no owner reaches is left out. Marks are left
/// out too; the ``Replayer`` finds them again.
struct ProgramBuilder {
  /// A place in the code that operations refer to before it is known; the number is an index in
  /// ``positions`` until ``link()``.
  typealias Target = Int32

  let system: TransitionSystem
  var operations: [Operation] = []
  var constants: [Int64] = []
  var preludeEntry: Int32 = 0
  var stepEntries: [Int32] = []
  var readinessEntries: [Int32] = []
  var propertyEntries: [Int32] = []
  var dispatchTable: [Int32] = []
  /// The number of temporaries and scratch registers.
  var registerCount: Int

  /// The operation that each target stands for; negative until it is known.
  private var positions: [Int32] = []
  private var constantRegisters: [Int64: Int32] = [:]
  private var nextScratch: Int
  /// The target that ends a run as disabled.
  private(set) var disabled: Target = 0

  /// The program counter of the owner, if it is a process.
  private var programCounter: VariableID?
  /// The targets of the owner's instructions.
  private var targets: [Label: Target] = [:]
  /// The owner's instructions that have a target and may not have been compiled.
  private var pending: [Label] = []

  /// Creates a builder for the code of `system`.
  init(_ system: TransitionSystem) {
    self.system = system
    self.registerCount = system.registerCount
    self.nextScratch = system.registerCount
  }

  /// Compiles everything.
  mutating func build() {
    // Operations have 16 bits for the number of a word.
    precondition(
      system.wordCount <= TransitionSystem.wordLimit, "the lowering refuses larger states")
    disabled = newTarget()
    bind(disabled)
    emit(Operation(.disabled))
    for process in system.processes { compile(process) }
    beginOwner(programCounter: nil)
    preludeEntry = target(of: system.prelude)
    compilePending()
    for property in system.properties {
      beginOwner(programCounter: nil)
      propertyEntries.append(target(of: property.entry))
      compilePending()
    }
    link()
  }

  /// Compiles a process: its readiness, alone and followed by the dispatch, and its steps.
  private mutating func compile(_ process: Process) {
    beginOwner(programCounter: process.programCounter)
    let ready = newTarget()
    let readiness = newTarget()
    readinessEntries.append(readiness)
    bind(readiness)
    beginInstruction()
    condition(process.readiness, ready, disabled)
    bind(ready)
    emit(Operation(.arrived))

    let dispatch = newTarget()
    let step = newTarget()
    stepEntries.append(step)
    bind(step)
    beginInstruction()
    condition(process.readiness, dispatch, disabled)
    bind(dispatch)
    let counter = system[process.programCounter]
    var operation = Operation(.dispatch, a: Int32(dispatchTable.count), d: counter.lower)
    operation.place(counter)
    emit(operation)
    for location in process.locations {
      dispatchTable.append(location.entry.map { target(of: $0) } ?? disabled)
    }
    // A program counter may have room for more locations than the process has.
    let room = Int(counter.upper) + 1 - process.locations.count
    for _ in 0..<max(0, room) { dispatchTable.append(disabled) }
    compilePending()
  }

  private mutating func beginOwner(programCounter: VariableID?) {
    self.programCounter = programCounter
    targets.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
  }

  /// Compiles the owner's instructions, each run of them in one piece.
  private mutating func compilePending() {
    var done: Set<Label> = []
    while let start = pending.popLast() {
      if done.contains(start) { continue }
      var label = start
      while true {
        if !done.insert(label).inserted {
          emit(Operation(.jump, a: target(of: label)))
          break
        }
        bind(target(of: label))
        beginInstruction()
        guard let next = compile(system.code[Int(label.index)], at: label) else { break }
        label = next
      }
    }
  }

  /// Compiles one instruction and returns where its code goes on, if it does not say so itself.
  private mutating func compile(_ instruction: Instruction, at label: Label) -> Label? {
    let next = Label(Int(label.index) + 1)
    switch instruction {
    case .assign(let place, let expression):
      assign(place, expression)
    case .set(let register, let expression):
      value(expression, into: Int32(register.index))
    case .branch(let test, let whenTrue, let whenFalse):
      condition(test, target(of: whenTrue), target(of: whenFalse))
      return nil
    case .jump(let destination):
      return destination
    case .await(let test):
      condition(test, target(of: next), disabled)
    case .choose(let register, let count):
      emit(Operation(.choose, c: Int32(register.index), d: Int64(count)))
    case .require(let test, let failure, let value):
      require(test, failure, value, next: next)
    case .backEdge(let failure):
      emit(Operation(.backEdge, a: Int32(failure.index)))
    case .mark:
      break
    case .cover(let point):
      emit(Operation(.cover, a: Int32(point)))
    case .arrive(let location):
      arrive(at: location)
      return nil
    case .done:
      emit(Operation(.arrived))
      return nil
    case .result(let expression):
      let register = value(expression)
      emit(Operation(.result, c: register))
      return nil
    }
    return next
  }

  private mutating func require(
    _ test: Expression, _ failure: FailureID, _ shown: Expression?, next: Label
  ) {
    let failed = newTarget()
    condition(test, target(of: next), failed)
    bind(failed)
    let register = value(shown ?? .constant(0))
    emit(Operation(.fail, a: Int32(failure.index), c: register))
  }

  private mutating func arrive(at location: LocationID) {
    guard let programCounter else { preconditionFailure("only processes arrive at locations") }
    let counter = system[programCounter]
    guard counter.width > 0 else { return emit(Operation(.arrived)) }
    var operation = Operation(.arriveAt)
    operation.place(counter, holding: Int64(location.index))
    emit(operation)
  }
}

extension ProgramBuilder {
  /// Returns a new target that stands nowhere yet.
  mutating func newTarget() -> Target {
    positions.append(-1)
    return Target(positions.count - 1)
  }

  /// Lets `target` stand for the operation that is emitted next.
  mutating func bind(_ target: Target) {
    assert(positions[Int(target)] < 0, "a target stands at one place")
    positions[Int(target)] = Int32(operations.count)
  }

  /// Returns the target of an instruction, and sees to it that it is compiled.
  mutating func target(of label: Label) -> Target {
    if let target = targets[label] { return target }
    let target = newTarget()
    targets[label] = target
    pending.append(label)
    return target
  }

  /// Adds an operation.
  mutating func emit(_ operation: Operation) {
    operations.append(operation)
  }

  /// Frees the scratch registers.
  mutating func beginInstruction() {
    nextScratch = system.registerCount
  }

  /// Returns a scratch register that nothing else uses in this instruction.
  mutating func newScratch() -> Int32 {
    defer { nextScratch += 1 }
    registerCount = max(registerCount, nextScratch + 1)
    return Int32(nextScratch)
  }

  /// Returns the register that holds the constant.
  mutating func constant(_ value: Int64) -> Int32 {
    if let register = constantRegisters[value] { return register }
    constants.append(value)
    let register = -Int32(constants.count)
    constantRegisters[value] = register
    return register
  }

  /// Replaces targets by the operations they stand for, passing over jumps.
  private mutating func link() {
    let resolved = positions.map(destination(of:))
    func resolve(_ target: Target) -> Int32 { resolved[Int(target)] }
    for index in operations.indices {
      switch operations[index].code {
      case .branch, .branchField, .branchEqual, .branchLess, .branchLessOrEqual:
        operations[index].a = resolve(operations[index].a)
        operations[index].b = resolve(operations[index].b)
      case .jump:
        operations[index].a = resolve(operations[index].a)
      default:
        break
      }
    }
    preludeEntry = resolve(preludeEntry)
    stepEntries = stepEntries.map(resolve)
    readinessEntries = readinessEntries.map(resolve)
    propertyEntries = propertyEntries.map(resolve)
    dispatchTable = dispatchTable.map(resolve)
  }

  /// Returns the operation at which code that goes to `position` has something to do.
  private func destination(of position: Int32) -> Int32 {
    precondition(position >= 0, "every target is bound")
    var position = position
    // Jumps that lead to each other would go round for ever; such code is left as it is.
    var hops = 0
    while operations[Int(position)].code == .jump, hops < 64 {
      hops += 1
      position = positions[Int(operations[Int(position)].a)]
    }
    return position
  }
}

extension Operation {
  /// Makes the operation refer to the variable's field.
  mutating func place(_ variable: Variable) {
    word = UInt16(variable.field.word)
    shift = UInt8(variable.field.shift)
    mask = variable.field.mask
  }

  /// Makes the operation refer to the variable's field, in place, with the bits of `value`.
  mutating func place(_ variable: Variable, holding value: Int64) {
    place(variable)
    mask = variable.field.mask &<< variable.field.shift
    bits = (UInt64(bitPattern: value &- variable.lower) &<< variable.field.shift) & mask
  }
}
