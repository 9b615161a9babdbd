internal import Machine

/// Writes the C function of one step or one property.
struct StepEmitter {
  /// The process, if it is a step.
  private let process: Int?
  private let name: String
  private let entry: Label
  private var usesChoices = false
  private var backEdges: [Label] = []
  /// Whether the run works in the batch itself; small states are in registers until they arrive.
  private var isInPlace = false
  /// Whether a step can fail.
  private var fails = false
  /// The constants that are to be stored in words of the state before anything else happens, with the
  /// bits that they replace.
  private var pending: [Int: (mask: UInt64, bits: UInt64)] = [:]
  /// Whether the code so far stands before the state is copied.
  private var isBeforeCopy = false

  /// Prepares to write the step that starts at a location of a process.
  init(process: Int, location: Int, entry: Label, namespace: String) {
    self.process = process
    self.entry = entry
    name = "\(namespace)p\(process)_\(location)"
  }

  /// Prepares to write the function that judges a property.
  init(property: Int, entry: Label, namespace: String) {
    process = nil
    self.entry = entry
    name = "\(namespace)q\(property)"
  }

  /// Returns the function.
  mutating func emit(with emitter: inout CEmitter) -> String {
    let (order, targets) = reachable(in: emitter.system.code)
    var registers: Set<UInt32> = []
    for label in order { Self.collect(emitter.system.code[Int(label.index)], &registers) }
    let registerList = registers.sorted()
    isInPlace = emitter.system.wordCount > emitter.registerWordLimit
    isBeforeCopy = isInPlace
    var body = ""
    for (position, label) in order.enumerated() {
      if isBeforeCopy,
        targets.contains(label) || !Self.onlyReads(emitter.system.code[Int(label.index)])
      {
        body += copy
        isBeforeCopy = false
      }
      if targets.contains(label) { body += flush() + "L\(label.index):;\n" }
      let next = Label(Int(label.index) + 1)
      let follows = position + 1 < order.count && order[position + 1] == next
      body += emit(emitter.system.code[Int(label.index)], at: label, registerList, &emitter)
      if !follows && Self.fallsThrough(emitter.system.code[Int(label.index)]) {
        body += flush() + "  goto L\(next.index);\n"
      }
    }
    return frame(body, registerList)
  }

  /// Puts the function around its body.
  private func frame(_ body: String, _ registers: [UInt32]) -> String {
    var text =
      process == nil
      ? "static int \(name)(const u64 *restrict s, Context *restrict c) {\n"
      : "STEP u64 \(name)(const u64 *restrict s, u64 n, Context *restrict c) {\n"
    if !isInPlace {
      text += "  u64 t[WORDS];\n"
    } else {
      text += process == nil ? "  const u64 *t = s;\n" : "  u64 *t;\n"
    }
    for register in registers { text += "  i64 r\(register) = 0;\n" }
    if fails { text += "  u64 f; i64 v;\n" }
    if !backEdges.isEmpty { text += "  Circle k;\n" }
    if usesChoices && process != nil {
      text += "  u32 run = 0; c->planned = 0; c->met = 0;\nagain:;\n"
      // The batch must keep room for one successor of each process to come.
      text += "  if (n + PROCESSES + 1 > c->capacity) { c->status = 1; return n; }\n"
    }
    if !isInPlace { text += "  for (int i = 0; i < WORDS; i++) t[i] = s[i];\n" }
    if !backEdges.isEmpty { text += "  k.edge = -1; k.period = 1; k.passes = 0;\n" }
    text += body
    if fails { text += failure }
    if usesChoices && process != nil {
      text += "end:;\n  run++;\n  if (another(c)) goto again;\n  return n;\n"
    }
    return text + "}\n"
  }

  /// The statement that copies the state to the batch, from where on the run changes it there.
  private var copy: String { process == nil ? "" : "  t = copy(c, n, s);\n" }

  /// The array with the state's words.
  private var state: String { isBeforeCopy ? "s" : "t" }

  /// Whether an instruction leaves the state alone and goes on to the next.
  private static func onlyReads(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .await, .set, .require, .mark, .cover, .choose: true
    default: false
    }
  }

  /// The statement that ends a run of a step.
  private var end: String { usesChoices ? "goto end;" : "return n;" }

  /// The number of the current run.
  private var run: String { usesChoices ? "run" : "0" }

  private mutating func emit(
    _ instruction: Instruction, at label: Label, _ registers: [UInt32],
    _ emitter: inout CEmitter
  ) -> String {
    switch instruction {
    case .assign(let place, .constant(let number)):
      if let variable = emitter.fixed(place) {
        replace(variable, by: number)
        return ""
      }
    case .mark: return ""
    case .cover(let point): return "  c->covered[\(point)] = 1;\n"
    case .arrive(let location): return arrive(at: location, emitter.system)
    default: break
    }
    return flush() + emitFlushed(instruction, at: label, registers, &emitter)
  }

  /// Notes that a constant is stored in a variable of the state.
  ///
  /// Often many variables are reset one after the other; they become one store for each word.
  private mutating func replace(_ variable: Variable, by number: Int64) {
    let field = variable.field
    if variable.width == 0 { return }
    let mask = field.mask &<< field.shift
    let bits = (UInt64(bitPattern: number &- variable.lower) & field.mask) &<< field.shift
    let before = pending[field.word] ?? (0, 0)
    pending[field.word] = (before.mask | mask, (before.bits & ~mask) | bits)
  }

  /// Returns the statements that store what is pending.
  private mutating func flush() -> String {
    if pending.isEmpty { return "" }
    var text = ""
    for (word, change) in pending.sorted(by: { $0.key < $1.key }) {
      text += "  t[\(word)] = "
      let isSet = change.bits == change.mask
      let kept = "t[\(word)] & \(CEmitter.literal(~change.mask))"
      if isSet {
        text += "t[\(word)] | \(CEmitter.literal(change.bits));\n"
      } else {
        text += change.bits == 0 ? "\(kept);\n" : "(\(kept)) | \(CEmitter.literal(change.bits));\n"
      }
    }
    pending = [:]
    return text
  }

  private mutating func emitFlushed(
    _ instruction: Instruction, at label: Label, _ registers: [UInt32],
    _ emitter: inout CEmitter
  ) -> String {
    switch instruction {
    case .assign(let place, let expression):
      return "  \(emitter.store(place, expression))\n"
    case .set(let register, let expression):
      return "  r\(register.index) = \(emitter.value(expression, state: state));\n"
    case .branch(let test, let yes, let no):
      let test = emitter.condition(test, state: "t")
      return "  if (\(test)) goto L\(yes.index); else goto L\(no.index);\n"
    case .jump(let target):
      return "  goto L\(target.index);\n"
    case .await(let test):
      let end = process == nil ? "__builtin_trap();" : end
      return "  if (!(\(emitter.condition(test, state: state)))) \(end)\n"
    case .choose(let register, let count):
      guard process != nil else { return "  r\(register.index) = 0;\n" }
      if count <= 0 { return "  \(end)\n" }
      let choice = "  r\(register.index) = choose(c, \(count));\n"
      return choice + "  if (c->status == 2) return n;\n"
    case .require(let test, let failure, let shown):
      let value = shown.map { emitter.value($0, state: state) } ?? "0"
      let test = emitter.condition(test, state: state)
      return "  if (!(\(test))) { \(fail(failure, value)) }\n"
    case .backEdge(let failure):
      let words = (0..<emitter.system.wordCount).map { "t[\($0)]" }
      let values = words + registers.map { "(u64)r\($0)" }
      return "  { u64 now[] = { \(values.joined(separator: ", ")) }; "
        + "if (circle(c, &k, \(label.index), now, \(values.count))) "
        + "{ \(fail(failure, "0")) } }\n"
    case .mark, .cover, .arrive:
      return ""
    case .done:
      return "  __builtin_trap();\n"
    case .result(let expression):
      let test = emitter.condition(expression, state: "t")
      return process == nil ? "  return (\(test)) ? 1 : 0;\n" : "  __builtin_trap();\n"
    }
  }

  private mutating func arrive(
    at location: LocationID, _ system: TransitionSystem
  ) -> String {
    guard let process else { return "  __builtin_trap();\n" }
    let counter = system[system.processes[process].programCounter]
    replace(counter, by: Int64(location.index))
    let arrival =
      isInPlace ? "keep(c, n, \(process), \(run))" : "arrive(c, n, t, \(process), \(run), 1)"
    return flush() + "  n = \(arrival); \(end)\n"
  }

  private mutating func fail(_ failure: FailureID, _ value: String) -> String {
    fails = true
    return "f = \(failure.index); v = \(value); goto bad;"
  }

  /// Where all failures of the function come to.
  private var failure: String {
    guard let process else { return "bad:;\n  c->failure = f; c->value = v; return 2;\n" }
    return "bad:;\n  fail(c, \(process), \(run), f, v);\n"
      + (usesChoices ? "" : "  return n;\n")
  }
}

extension StepEmitter {
  /// Returns the instructions of this function in the order in which to write them, and those that
  /// something goes to; finds out what the function needs.
  fileprivate mutating func reachable(in code: [Instruction]) -> ([Label], Set<Label>) {
    var order: [Label] = []
    var targets: Set<Label> = []
    var done: Set<Label> = []
    var pending = [entry]
    while let start = pending.popLast() {
      var label = start
      while done.insert(label).inserted {
        order.append(label)
        let instruction = code[Int(label.index)]
        let next = Label(Int(label.index) + 1)
        switch instruction {
        case .branch(_, let yes, let no):
          targets.insert(yes)
          targets.insert(no)
          pending.append(no)
          pending.append(yes)
        case .jump(let target):
          targets.insert(target)
          pending.append(target)
        case .choose(_, let count):
          if count > 0 { usesChoices = true }
        // Code behind a choice of nothing is never reached, but must exist.
        case .backEdge: backEdges.append(label)
        default: break
        }
        if !Self.fallsThrough(instruction) { break }
        if done.contains(next) { targets.insert(next) }
        label = next
      }
    }
    return (order, targets)
  }

  /// Whether the instruction after this one may follow.
  fileprivate static func fallsThrough(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .branch, .jump, .arrive, .done, .result: false
    default: true
    }
  }

  /// Adds the registers that an instruction uses.
  fileprivate static func collect(_ instruction: Instruction, _ registers: inout Set<UInt32>) {
    switch instruction {
    case .assign(let place, let expression):
      collect(.read(place), &registers)
      collect(expression, &registers)
    case .set(let register, let expression):
      registers.insert(register.index)
      collect(expression, &registers)
    case .branch(let test, _, _), .await(let test), .result(let test):
      collect(test, &registers)
    case .choose(let register, _):
      registers.insert(register.index)
    case .require(let test, _, let value):
      collect(test, &registers)
      if let value { collect(value, &registers) }
    default: break
    }
  }

  private static func collect(_ expression: Expression, _ registers: inout Set<UInt32>) {
    expression.forEachRegister { registers.insert($0.index) }
  }
}
