internal import Machine

/// Writes what a run does once it is known that it goes through.
struct BodyWriter {
  /// How many turns the loops of one step may make in all.
  static let turnLimit = 1_000_000

  private let system: TransitionSystem
  private let writer: ExpressionWriter
  private let survey: CodeSurvey
  private let entry: Label
  private let outcome: SymbolicRun.Outcome
  /// Whether only runs that arrive at the outcome's target are written, apart from those that fail.
  private let hasOneTarget: Bool
  private let programCounter: VariableID
  /// What labels begin with, which are different in all steps of a process.
  private let prefix: String
  /// The temporaries that the step uses.
  private(set) var registers: Set<RegisterID> = []
  /// Whether the step has a loop.
  private(set) var countsTurns = false
  private var written = 0

  /// Prepares to write the runs of one outcome of a step.
  init(
    _ writer: ExpressionWriter, _ survey: CodeSurvey, entry: Label,
    outcome: SymbolicRun.Outcome, hasOneTarget: Bool, programCounter: VariableID, prefix: String
  ) {
    self.system = writer.system
    self.writer = writer
    self.survey = survey
    self.entry = entry
    self.outcome = outcome
    self.hasOneTarget = hasOneTarget
    self.programCounter = programCounter
    self.prefix = prefix
  }

  /// Returns the statements of the step.
  mutating func write(_ table: inout ViolationTable) throws(NotExportable) -> [Statement] {
    if !survey.hasLoop {
      let joins = Joins(successors: successors, from: entry)
      written = 0
      let limit = 8 * survey.labels.count + 64
      if let statements = try sequence(entry, until: nil, met: 0, joins, limit, &table) {
        return statements
      }
    }
    return try sequenceWithLabels(&table)
  }

  /// The labels at which the run can go on, without those that lead nowhere.
  private func successors(_ label: Label) -> [Label] {
    let next = Label(Int(label.index) + 1)
    let all = system.code[Int(label.index)].successors(next: next)
    guard hasOneTarget, all.count > 1 else { return all }
    let live = all.filter { successor in
      survey[successor].fails || outcome.target.map(survey[successor].arrivals.contains) ?? false
    }
    return live.isEmpty ? all : live
  }

  /// Returns the statements from a label up to another, or nil if they would be too many.
  private mutating func sequence(
    _ start: Label, until end: Label?, met: Int, _ joins: Joins, _ limit: Int,
    _ table: inout ViolationTable
  ) throws(NotExportable) -> [Statement]? {
    var statements: [Statement] = []
    var label = start
    var met = met
    while label != end {
      written += 1
      if written > limit { return nil }
      let live = successors(label)
      if case .branch(let test, let yes, let no) = system.code[Int(label.index)], live.count == 2,
        yes != no
      {
        var join = joins[label]
        if let place = join, survey[place].chooses { join = nil }
        let stop = join ?? end
        guard let first = try sequence(yes, until: stop, met: met, joins, limit, &table),
          let second = try sequence(no, until: stop, met: met, joins, limit, &table)
        else { return nil }
        try add(test, first, second, to: &statements)
        guard let join else { return statements }
        label = join
        continue
      }
      try statements += plain(label, met: &met, &table)
      guard let next = live.first else { return statements }
      label = next
    }
    return statements
  }

  private mutating func add(
    _ test: Expression, _ yes: [Statement], _ no: [Statement], to statements: inout [Statement]
  ) throws(NotExportable) {
    if yes.isEmpty && no.isEmpty { return }
    if yes.isEmpty {
      statements.append(.either(try bare(.inverted(test)), no, []))
    } else {
      statements.append(.either(try bare(test), yes, no))
    }
  }

  /// Returns what an instruction does, other than going elsewhere.
  private mutating func plain(
    _ label: Label, met: inout Int, _ table: inout ViolationTable
  ) throws(NotExportable) -> [Statement] {
    switch system.code[Int(label.index)] {
    case .assign(let place, let value):
      let joined = place.withConstantsJoined
      if joined.isNowhere(in: system) { return [] }
      if let fixed = joined.fixed, !writer.storage.isStored(Int(fixed.index)) {
        return []
      }
      collect(.read(place))
      return [.plain("\(try writer.text(place)) = \(try bare(value))")]
    case .set(let register, let value):
      registers.insert(register)
      return [.plain("r\(register.index) = \(try bare(value))")]
    case .choose(let register, _):
      registers.insert(register)
      let value = met < outcome.choices.count ? outcome.choices[met] : 0
      met += 1
      return [.plain("r\(register.index) = \(value)")]
    case .require(let test, let failure, _):
      if let number = test.number, number != 0 { return [] }
      return [.plain("assert(\(table.number(failure)) == 0 || \(try text(test)))")]
    case .backEdge(let failure):
      countsTurns = true
      let number = table.number(ofTurns: failure)
      return [
        .plain("turns = turns + 1"),
        .plain("assert(\(number) == 0 || turns < \(Self.turnLimit))"),
      ]
    case .arrive(let location):
      guard writer.storage.isStored(Int(programCounter.index)) else { return [] }
      let name = writer.storage.name(Int(programCounter.index))
      return [.plain("\(name) = \(location.index)")]
    case .branch, .jump, .await, .mark, .cover, .done, .result:
      return []
    }
  }

  /// Returns the statements with a label for each place that something goes to.
  private mutating func sequenceWithLabels(
    _ table: inout ViolationTable
  ) throws(NotExportable) -> [Statement] {
    let positions = try choicePositions()
    var statements: [Statement] = []
    if survey.labels.first != entry { statements.append(.plain("goto \(name(entry))")) }
    for (index, label) in survey.labels.enumerated() {
      statements.append(.label(name(label)))
      var met = positions[label] ?? 0
      statements += try plain(label, met: &met, &table)
      let next = Label(Int(label.index) + 1)
      switch system.code[Int(label.index)] {
      case .branch(let test, let yes, let no):
        statements.append(
          .either(
            try bare(test), [.plain("goto \(name(yes))")], [.plain("goto \(name(no))")]))
      case .arrive:
        statements.append(.plain("goto \(prefix)end"))
      case .jump(let target):
        statements.append(.plain("goto \(name(target))"))
      default:
        let follows = index + 1 < survey.labels.count && survey.labels[index + 1] == next
        if !follows { statements.append(.plain("goto \(name(next))")) }
      }
    }
    return statements + [.label("\(prefix)end")]
  }

  private func name(_ label: Label) -> String { "\(prefix)\(label.index)" }

  /// Returns how many choices have been met before each label.
  private func choicePositions() throws(NotExportable) -> [Label: Int] {
    var positions: [Label: Int] = [entry: 0]
    var pending = [entry]
    while let label = pending.popLast() {
      var count = positions[label] ?? 0
      if case .choose = system.code[Int(label.index)] { count += 1 }
      let next = Label(Int(label.index) + 1)
      for successor in system.code[Int(label.index)].successors(next: next) {
        if let known = positions[successor] {
          guard known == count || !survey[successor].chooses else {
            throw NotExportable("a loop inside a step chooses in each of its turns")
          }
        } else {
          positions[successor] = count
          pending.append(successor)
        }
      }
    }
    return positions
  }

  private mutating func bare(_ expression: Expression) throws(NotExportable) -> String {
    collect(expression)
    return try writer.bare(expression)
  }

  private mutating func text(_ expression: Expression) throws(NotExportable) -> String {
    collect(expression)
    return try writer.text(expression)
  }

  /// Notes the temporaries that an expression reads.
  private mutating func collect(_ expression: Expression) {
    expression.forEachRegister { registers.insert($0) }
  }
}
