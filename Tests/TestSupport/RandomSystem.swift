public import Machine

/// Makes small transition systems at random, the same one for the same seed.
///
/// Every instruction occurs, with tasks, daemons, interrupts, locks, pinned CPUs, computed places,
/// choices and loops. Code keeps the rules that the lowering keeps: values fit, indexes are in range,
/// temporaries are set before they are read.
public struct RandomSystem {
  private var random: SeededGenerator
  private var builder: SystemBuilder

  private var scalars: [VariableID] = []
  /// The first of three variables of equal range, which computed places choose from.
  private var array = VariableID(0)
  private var arrayCount = 3
  private var lock = VariableID(0)
  private var pin: VariableID?
  private var registers: [RegisterID] = []
  private var index = RegisterID(0)
  private var counter = RegisterID(0)
  private var failures: [FailureID] = []
  private var outOfRange = FailureID(0)
  private var endless = FailureID(0)

  /// Returns the system with the given seed.
  public static func make(seed: UInt64) -> TransitionSystem {
    var maker = RandomSystem(seed: seed)
    return maker.make()
  }

  private init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    builder = SystemBuilder("random \(seed)")
  }

  private mutating func make() -> TransitionSystem {
    addData()
    let processCount = 2 + random.pick(3)
    // Counters come first, because readiness looks at those of handlers.
    var plans: [(kind: Process.Kind, counter: VariableID, length: Int)] = []
    for process in 0..<processCount {
      let length = 2 + random.pick(4)
      let counter = builder.programCounter("p\(process)", locations: length + 1)
      plans.append((kind(process), counter, length))
    }
    let handlers = plans.filter { if case .interrupt = $0.kind { true } else { false } }
      .map { (counter: $0.counter, end: $0.length) }
    for (process, plan) in plans.enumerated() {
      addProcess(process, plan.kind, plan.counter, length: plan.length, handlers: handlers)
    }
    addProperties()
    addPrelude()
    return builder.build()
  }

  private mutating func addData() {
    let ranges: [ClosedRange<Int64>] = [0...1, 0...2, -1...1, 2...2, -3...0, 0...3]
    for number in 0..<(2 + random.pick(2)) {
      scalars.append(builder.variable("v\(number)", ranges[random.pick(ranges.count)]))
    }
    arrayCount = 2 + random.pick(2)
    array = VariableID(builder.variables.count)
    for number in 0..<arrayCount { _ = builder.variable("a\(number)", 0...1) }
    lock = builder.variable("lock", 0...4)
    if random.chance(40) { pin = builder.variable("pinned", 0...4) }
    registers = (0..<2).map { _ in builder.register() }
    index = builder.register()
    counter = builder.register()
    failures = (0..<3).map { builder.failure("failure\($0)") }
    outOfRange = builder.failure("out_of_range")
    endless = builder.failure("endless_atomic")
  }

  private mutating func kind(_ process: Int) -> Process.Kind {
    if process == 0 { return .task }
    switch random.pick(10) {
    case 0, 1: return .daemon
    case 2: return .interrupt(repeats: true)
    case 3: return .interrupt(repeats: false)
    default: return .task
    }
  }

  private mutating func addProcess(
    _ process: Int, _ kind: Process.Kind, _ counter: VariableID, length: Int,
    handlers: [(counter: VariableID, end: Int)]
  ) {
    var locations: [Label?] = []
    for location in 0..<length {
      locations.append(builder.here)
      addStep(process, kind, from: location, length: length)
    }
    var readiness = Expression.constant(1)
    if kind == .task || kind == .daemon {
      if random.chance(50) {
        for handler in handlers {
          // The handler has not started, or it has ended.
          let idle = Expression.binary(
            .or, .variable(handler.counter, is: 0),
            .variable(handler.counter, is: Int64(handler.end)))
          readiness = .binary(.and, readiness, idle)
        }
      }
      if let pin {
        let mine = Expression.binary(
          .or, .variable(pin, is: 0), .variable(pin, is: Int64(process + 1)))
        readiness = .binary(.and, readiness, mine)
      }
    }
    builder.process(
      "p\(process)", kind, counter: counter, readiness: readiness, locations: locations + [nil],
      rest: random.chance(50) ? [random.pick(length)] : [])
  }

  /// Adds the code of one location.
  private mutating func addStep(
    _ process: Int, _ kind: Process.Kind, from location: Int, length: Int
  ) {
    for register in registers { builder.emit(.set(register, .constant(Int64(random.pick(3))))) }
    builder.emit(.set(index, .constant(0)), .set(counter, .constant(0)))
    let me = Int64(process + 1)
    let mark = builder.step(
      ProcessID(process),
      DisplayText([.literal("step of "), .value(.constant(me), .process)]))
    builder.emit(.mark(mark))
    switch random.pick(10) {
    case 0:
      builder.emit(.await(.variable(lock, is: 0)), .assign(Place(lock), .constant(me)))
    case 1:
      builder.emit(
        .branch(.variable(lock, is: me), after(builder.here, 1), after(builder.here, 2)),
        .assign(Place(lock), .constant(0)))
    case 2:
      if let pin {
        let other = Expression.conditional(
          .variable(pin, is: 0), .constant(me), .constant(0))
        builder.emit(.assign(Place(pin), other))
      }
    default: break
    }
    for _ in 0..<(1 + random.pick(3)) { addInstruction() }
    let target = random.chance(70) ? location + 1 : random.pick(length + 1)
    if random.chance(25) {
      let other = builder.here
      builder.emit(
        .branch(condition(2), after(other, 1), after(other, 2)),
        .arrive(LocationID(random.pick(length + 1))))
    }
    var repeats = false
    if case .interrupt(repeats: true) = kind { repeats = true }
    builder.emit(.arrive(LocationID(repeats && target == length ? 0 : target)))
  }

  private mutating func addInstruction() {
    switch random.pick(16) {
    case 0...6:
      assign()
    case 7:
      builder.emit(.set(registers[random.pick(2)], expression(2)))
    case 8:
      let test = random.chance(40) ? condition(2) : mostlyTrue()
      builder.emit(.await(test))
    case 10:
      let register = random.chance(50) ? registers[random.pick(2)] : index
      // All places that `index` selects are in range.
      builder.emit(.choose(register, count: random.chance(10) ? 0 : 1 + random.pick(2)))
    case 11:
      let test = Expression.binary(.or, mostlyTrue(), mostlyTrue())
      builder.emit(
        .require(test, failures[random.pick(3)], value: random.chance(50) ? expression(1) : nil))
    case 12:
      let start = builder.here
      builder.emit(.jump(after(start, 2)))
      builder.emit(.assign(Place(scalars[0]), .constant(builder.variables[0].lower)))
    case 13:
      let start = builder.here
      builder.emit(.branch(condition(2), after(start, 1), after(start, 2)))
      builder.emit(.set(index, .constant(1)))
    default:
      addLoop()
    }
  }

  /// Adds a loop that ends after a few turns, or now and then one that never does.
  private mutating func addLoop() {
    if random.chance(50) { return assign() }
    let start = builder.here
    let turns = Int64(1 + random.pick(7))
    // Without the counter, the loop may or may not end.
    let step: Int64 = random.chance(85) ? 1 : 0
    builder.emit(
      .backEdge(endless), .set(counter, .binary(.add, .register(counter), .constant(step))))
    assign()
    let test = Expression.binary(.less, .register(counter), .constant(turns))
    let more = step == 1 ? test : .binary(.and, test, condition(1))
    builder.emit(.branch(more, start, after(builder.here, 1)))
    builder.emit(.set(counter, .constant(0)))
  }

  /// Returns the label so many instructions after another one.
  private func after(_ label: Label, _ distance: Int) -> Label {
    Label(Int(label.index) + distance)
  }

  /// Adds an assignment whose value fits, or is tested first.
  private mutating func assign() {
    let (place, range) = self.place()
    let value = expression(2)
    let fits = Expression.binary(
      .and, .binary(.lessOrEqual, .constant(range.lowerBound), value),
      .binary(.lessOrEqual, value, .constant(range.upperBound)))
    if random.chance(4) {
      builder.emit(.require(fits, outOfRange, value: value), .assign(place, value))
    } else if random.chance(40) {
      let constant = Int64.random(in: range, using: &random)
      builder.emit(.assign(place, .constant(constant)))
    } else {
      let other = Int64.random(in: range, using: &random)
      builder.emit(.assign(place, .conditional(fits, value, .constant(other))))
    }
  }

  /// Returns a place and the values that fit it.
  private mutating func place() -> (Place, ClosedRange<Int64>) {
    if random.chance(40) { return (Place(array, [term()]), 0...1) }
    let id = scalars[random.pick(scalars.count)]
    let variable = builder.variables[Int(id.index)]
    return (Place(id), variable.lower...variable.upper)
  }

  /// Returns an index that is in range.
  private mutating func term() -> Place.Term {
    switch random.pick(4) {
    case 0:
      return .init(index: .constant(Int64(random.pick(arrayCount))), stride: 1, count: arrayCount)
    case 1:
      return .init(index: .register(index), stride: 1, count: arrayCount)
    case 2:
      let index = Expression.binary(
        .subtract, .binary(.add, .register(index), .constant(2)),
        .constant(1 + Int64(random.pick(2))))
      let inRange = Expression.binary(.less, index, .constant(Int64(arrayCount)))
      return .init(
        index: .conditional(inRange, index, .constant(0)), stride: 1, count: arrayCount)
    default:
      return .init(index: .read(Place(array)), stride: 1, count: arrayCount)
    }
  }

  private mutating func expression(_ depth: Int) -> Expression {
    if depth == 0 || random.chance(20) {
      switch random.pick(5) {
      case 0: return .constant(Int64(random.pick(4)) - 1)
      case 1: return .register([index, counter, registers[0], registers[1]][random.pick(4)])
      default: return .read(place().0)
      }
    }
    switch random.pick(14) {
    case 0: return condition(depth)
    case 1: return .unary(.negate, expression(depth - 1))
    case 2: return .unary(.bit, condition(depth - 1))
    case 3: return .unary(.populationCount, expression(depth - 1))
    case 4:
      // Bit 5 keeps the operand from being zero.
      return .unary(.lowestBit, .binary(.bitOr, expression(depth - 1), .constant(32)))
    case 5:
      let kind: BinaryOperator = random.chance(50) ? .divide : .remainder
      return .binary(kind, expression(depth - 1), .constant(Int64(1 + random.pick(3))))
    case 6:
      return .conditional(condition(depth - 1), expression(depth - 1), expression(depth - 1))
    case 7: return .binary(.bitAnd, expression(depth - 1), expression(depth - 1))
    case 8: return .binary(.bitOr, expression(depth - 1), expression(depth - 1))
    case 9: return .binary(.bitAndNot, expression(depth - 1), expression(depth - 1))
    case 10: return .binary(.multiply, expression(depth - 1), expression(depth - 1))
    case 11: return .binary(.subtract, expression(depth - 1), expression(depth - 1))
    default: return .binary(.add, expression(depth - 1), expression(depth - 1))
    }
  }

  private mutating func condition(_ depth: Int) -> Expression {
    if depth == 0 {
      let id = scalars[random.pick(scalars.count)]
      return .variable(id, is: Int64(random.pick(4)) - 1)
    }
    switch random.pick(9) {
    case 0: return .unary(.not, condition(depth - 1))
    case 1: return .binary(.and, condition(depth - 1), condition(depth - 1))
    case 2: return .binary(.or, condition(depth - 1), condition(depth - 1))
    case 3: return .binary(.less, expression(depth - 1), expression(depth - 1))
    case 4: return .binary(.lessOrEqual, expression(depth - 1), expression(depth - 1))
    case 5: return .binary(.notEqual, expression(depth - 1), expression(depth - 1))
    case 6: return .constant(1)
    default: return .binary(.equal, expression(depth - 1), expression(depth - 1))
    }
  }

  /// Returns a condition that is false only now and then.
  private mutating func mostlyTrue() -> Expression {
    let id = scalars[random.pick(scalars.count)]
    let unlikely = Expression.binary(
      .and, .variable(id, is: Int64(random.pick(3)) - 1), condition(0))
    return .binary(.or, .unary(.not, unlikely), condition(1))
  }

  private mutating func addProperties() {
    for number in 0..<random.pick(3) {
      // A long disjunction, so that it is false only now and then.
      let parts = (0..<4).map { _ in propertyCondition() }
      let test = parts.dropFirst().reduce(parts[0]) { .binary(.or, $0, $1) }
      let kind: Property.Kind = [.invariant, .invariant, .finally, .reachable][random.pick(4)]
      let start = builder.here
      if random.chance(15) {
        let access = Expression.binary(.or, test, propertyCondition())
        builder.emit(.require(access, failures[random.pick(3)], value: nil))
      }
      builder.emit(.result(test))
      builder.property("property\(number)", kind, entry: start)
    }
  }

  /// Returns a condition on variables alone.
  private mutating func propertyCondition() -> Expression {
    let id = random.chance(30) ? lock : scalars[random.pick(scalars.count)]
    let test = Expression.variable(id, is: Int64(random.pick(4)) - 1)
    return random.chance(60) ? .unary(.not, test) : test
  }

  private mutating func addPrelude() {
    let start = builder.here
    for register in registers + [index, counter] { builder.emit(.set(register, .constant(0))) }
    if random.chance(40) { builder.emit(.choose(index, count: 2)) }
    if random.chance(10) {
      let test = Expression.binary(.or, .variable(scalars[0], is: 0), condition(1))
      builder.emit(.require(test, failures[0], value: nil))
    }
    if random.chance(10) { builder.emit(.await(condition(1))) }
    assign()
    builder.emit(.done)
    builder.prelude(start)
  }
}
