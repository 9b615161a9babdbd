internal import Machine
internal import SourceText

/// The code of a system while it is written, with jumps to points that have no label yet.
struct Assembly {
  private struct Fixup {
    var instruction: Int
    var keys: [Int]
  }

  private struct ProcessFailure: Hashable {
    var failure: FailureID
    var process: Int
  }

  var code: [Instruction] = []
  private(set) var steps: [Step] = []
  private(set) var failures: [Failure] = []
  private(set) var registerCount = 0

  private let sources: [Failure]
  private var failureNumbers: [ProcessFailure: FailureID] = [:]
  private var plainSteps: [String: StepID] = [:]
  private var fixups: [Fixup] = []
  private var exits: [Int: [Int]] = [:]
  private var currentProcess = -1
  private let programCounters: [VariableID]

  init(failures: [Failure], programCounters: [VariableID]) {
    self.sources = failures
    self.programCounters = programCounters
  }

  mutating func needRegisters(_ count: Int) { registerCount = max(registerCount, count) }

  // MARK: - Jumps

  mutating func branch(_ condition: Formula, _ process: ProcessID, _ keys: [Int]) {
    fixups.append(Fixup(instruction: code.count, keys: keys))
    code.append(.branch(condition, Label(0), Label(0)))
  }

  mutating func branchOrGoOn(_ condition: Formula, _ process: ProcessID, _ key: Int) {
    fixups.append(Fixup(instruction: code.count, keys: [key]))
    code.append(.branch(condition, Label(0), Label(code.count + 1)))
  }

  mutating func jump(_ process: ProcessID, _ key: Int) {
    fixups.append(Fixup(instruction: code.count, keys: [key]))
    code.append(.jump(Label(0)))
  }

  /// Fills the labels of one process's jumps in.
  mutating func resolve(_ labels: [Int: Int]) {
    for fixup in fixups {
      let targets = fixup.keys.map { Label(labels[$0] ?? 0) }
      switch code[fixup.instruction] {
      case .branch(let condition, _, let other):
        code[fixup.instruction] = .branch(
          condition, targets[0], targets.count > 1 ? targets[1] : other)
      default: code[fixup.instruction] = .jump(targets[0])
      }
    }
    fixups = []
  }

  /// Ends the start-up of a process: it stands at the location, and the next process follows.
  mutating func startupArrival(_ process: ProcessID, _ location: Int, exit: Int) {
    code.append(
      .assign(Cell(programCounters[Int(process.index)]), .constant(Int64(location))))
    exits[exit, default: []].append(code.count)
    code.append(.jump(Label(0)))
  }

  /// Ends the prelude proper.
  mutating func jumpToExit(_ exit: Int) {
    exits[exit, default: []].append(code.count)
    code.append(.jump(Label(0)))
  }

  /// Lets all jumps to an exit lead to the end of the code written so far.
  mutating func land(exit: Int) {
    for index in exits[exit] ?? [] { code[index] = .jump(Label(code.count)) }
    exits[exit] = nil
  }

  // MARK: - Texts

  /// Starts the code of another process or property: its failures are its own.
  mutating func begin(_ number: Int) { currentProcess = number }

  mutating func require(
    _ condition: Formula, _ failure: FailureID, value: Formula?,
    rewrite: (Formula) -> Formula
  ) {
    code.append(.require(condition, number(of: failure, rewrite: rewrite), value: value))
  }

  mutating func number(of failure: FailureID, rewrite: (Formula) -> Formula) -> FailureID {
    let key = ProcessFailure(failure: failure, process: currentProcess)
    if let known = failureNumbers[key] { return known }
    let source = sources[Int(failure.index)]
    failures.append(
      Failure(
        violation: source.violation, message: source.message, span: source.span,
        text: source.text.rewritten(rewrite), frames: source.frames))
    let id = FailureID(failures.count - 1)
    failureNumbers[key] = id
    return id
  }

  mutating func mark(_ step: StepID) { code.append(.mark(step)) }

  /// Describes the step that a group is, and marks it.
  mutating func addStep(
    _ process: ProcessID, _ group: Graph.Group, kind: Step.Kind,
    text: DisplayText
  ) -> StepID {
    steps.append(
      Step(
        process: process, span: group.span, text: text, accesses: group.notes,
        frames: group.frames, kind: kind, label: group.label))
    let id = StepID(steps.count - 1)
    mark(id)
    return id
  }

  /// Describes an inlined call, and marks it.
  mutating func addCall(
    _ process: ProcessID, _ call: Graph.Call, text: DisplayText
  ) -> StepID {
    steps.append(
      Step(
        process: process, span: call.span, text: text, accesses: [], frames: call.frames,
        kind: .call))
    let id = StepID(steps.count - 1)
    mark(id)
    return id
  }

  mutating func markPlain(_ process: ProcessID, _ text: String, _ span: SourceSpan) {
    let key = "\(process.index) \(text)"
    if plainSteps[key] == nil {
      steps.append(
        Step(process: process, span: span, text: DisplayText(text), accesses: [], frames: []))
      plainSteps[key] = StepID(steps.count - 1)
    }
    if let id = plainSteps[key] { code.append(.mark(id)) }
  }
}

extension DisplayText {
  /// The text with its expressions replaced.
  func rewritten(_ rewrite: (Formula) -> Formula) -> DisplayText {
    DisplayText(
      pieces.map { piece in
        switch piece {
        case .value(let formula, let format): .value(rewrite(formula), format)
        default: piece
        }
      })
  }
}
