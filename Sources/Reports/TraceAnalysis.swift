internal import Execution
internal import Exploration
internal import Machine
internal import SourceText

/// A counterexample with everything that a report wants to know of its steps.
struct TraceAnalysis {
  /// One step of the trace.
  struct Record {
    /// The process that moves.
    let process: ProcessID
    /// What it performs: source steps with their texts; empty for a step without a name.
    let marks: [(step: StepID, text: String)]
    /// Where the process stood before.
    let location: LocationID
    /// The values before and after.
    let before: [Int64]
    let after: [Int64]
    /// The variables that it read and wrote; program counters are left out.
    let reads: [VariableID]
    let writes: [VariableID]
    /// What the condition that failed was computed from, if the step fails.
    let failingReads: [VariableID]
    /// The index of the mark that wrote each variable.
    let writers: [VariableID: Int]
  }

  /// The system that was searched.
  let system: TransitionSystem
  /// What was found.
  let finding: Finding
  /// The steps in order.
  let records: [Record]
  /// The values in the last state.
  let finalValues: [Int64]
  /// Which variables are one value to a reader.
  let aggregates: Aggregates
  /// What the values of states are called.
  let names: StateNames
  /// The variables that decide about what is wrong in the end, in the order in which they are read.
  private(set) var decisive: [VariableID] = []
  /// The names of tasks and CPUs, with which the names of what they have of their own begin.
  let owners: Set<String>
  private var decisiveRoots: Set<VariableID> = []
  /// The calls by process and number: where each was entered, and with what text.
  private var entries: [ProcessID: [Int: [(step: Int, text: String)]]] = [:]
  private let lockVariables: Set<VariableID>
  private let lockNames: Set<String>

  init(_ finding: Finding, in system: TransitionSystem) {
    self.system = system
    self.finding = finding
    aggregates = Aggregates(system)
    names = StateNames(system)
    owners = Set(system.processes.map(\.name) + system.cpuNames)
    lockVariables = Set(system.locks.flatMap { [$0.holder] + ($0.readers.map { [$0] } ?? []) })
    lockNames = Set(system.locks.map(\.name))
    let replayer = Replayer(system)
    var records: [Record] = []
    var values = finding.trace.initialValues
    for entry in finding.trace.entries {
      let run = replayer.step(entry.process, choices: entry.choices, from: values)
      let isData = { (id: VariableID) in
        if case .programCounter = system[id].role { false } else { true }
      }
      let counter = values[Int(system[entry.process].programCounter.index)]
      records.append(
        Record(
          process: entry.process, marks: entry.marks, location: LocationID(Int(counter)),
          before: values, after: entry.values, reads: run.reads.filter(isData),
          writes: run.writes.filter(isData), failingReads: run.failingReads.filter(isData),
          writers: run.writers))
      values = entry.values
    }
    self.records = records
    self.finalValues = values
    noteCalls(finding.trace.initialMarks, in: -1)
    for (index, record) in records.enumerated() { noteCalls(record.marks, in: index) }
    decisive = findDecisive()
    decisiveRoots = Set(decisive.map { aggregates.root(of: $0) })
  }

  private mutating func noteCalls(_ marks: [(step: StepID, text: String)], in index: Int) {
    for mark in marks {
      let step = system[mark.step]
      guard step.kind == .call, let call = step.frames.last?.call else { continue }
      entries[step.process, default: [:]][call, default: []].append((index, mark.text))
    }
  }

  /// Whether what is wrong in the end depends on the value that a variable is a part of.
  func isDecisive(_ id: VariableID) -> Bool { decisiveRoots.contains(aggregates.root(of: id)) }

  /// Whether a variable says who holds a lock, or is the bit that is one.
  func isLock(_ id: VariableID) -> Bool {
    lockVariables.contains(id) || lockNames.contains(system[id].name)
  }

  private func findDecisive() -> [VariableID] {
    switch finding.cause {
    case .failure:
      records.last.map { last in
        // A condition of constants says nothing; then it is something that the step has read.
        last.failingReads.isEmpty ? last.reads.filter { !isLock($0) } : last.failingReads
      } ?? []
    case .property(let property): falseParts(of: property).flatMap(\.reads).uniqued()
    case .propertyFailure(let property, _, _):
      Replayer(system).judge(system[property].entry, in: finalValues).reads
    case .deadlock: blocked.flatMap(\.reads).uniqued()
    }
  }

  /// Whether the step with the given index frees the object of the given name.
  func frees(_ object: String, in index: Int) -> Bool {
    records[index].writes.contains { id in
      system[id].role == .live && records[index].after[Int(id.index)] == 0
        && StateChanges.owner(of: system[id].name) == object
    }
  }

  /// Whether the last step is where it goes wrong; if not, something is missing in the last state.
  var endsWithCause: Bool {
    switch finding.cause {
    case .failure: true
    case .property(let id), .propertyFailure(let id, _, _): system[id].kind == .invariant
    case .deadlock: false
    }
  }

  /// The locks that a process holds in the state with the given values.
  func locks(heldBy process: ProcessID, in values: [Int64]) -> [LockInfo] {
    system.locks.filter { holds(process, $0, in: values) }
  }

  /// Whether a process holds a lock in the state with the given values.
  func holds(_ process: ProcessID, _ lock: LockInfo, in values: [Int64]) -> Bool {
    let number = Int64(process.index)
    return values[Int(lock.holder.index)] == number + 1
      || lock.readers.map { values[Int($0.index)] >> number & 1 == 1 } == true
  }

  /// Returns the part of a step that wrote a variable last, as far as that is known: the source step, and
  /// its text.
  func mark(ofStep number: Int, writing variable: VariableID) -> (step: Step, text: String)? {
    let record = records[number - 1]
    let members = aggregates.members(of: aggregates.root(of: variable))
    let written = members.compactMap { record.writers[$0] }.max()
    return mark(written, of: record)
  }

  /// Returns the part of a step in which it reads a variable, as far as that can be seen from its text.
  func mark(ofStep number: Int, reading variable: VariableID) -> (step: Step, text: String)? {
    let record = records[number - 1]
    let name = aggregates.name(of: aggregates.root(of: variable))
    return mark(record.marks.firstIndex { $0.text.hasPrefix("load \(name)") }, of: record)
  }

  private func mark(_ index: Int?, of record: Record) -> (step: Step, text: String)? {
    let own = index ?? record.marks.firstIndex { system[$0.step].kind == .step }
    guard let own, record.marks.indices.contains(own) else { return nil }
    let step = system[record.marks[own].step]
    // Of a call that starts, the text is that of the call.
    return (step, record.marks[own].text)
  }

  /// Returns the parts of a property that are false in the last state, with what they read.
  func falseParts(of property: PropertyID) -> [(part: Property.Part, reads: [VariableID])] {
    let replayer = Replayer(system)
    return system[property].parts.compactMap { part in
      let run = replayer.judge(part.entry, in: finalValues)
      if case .result(let value) = run.outcome, value != 0 { return nil }
      return (part, run.reads)
    }
  }

  /// A process that waits in the last state for what never comes.
  struct Blocked {
    let process: ProcessID
    /// Where it stands.
    let location: Location
    /// What it would do, with the objects filled in.
    let text: String
    /// The calls around that, outermost first.
    let frames: [Step.Frame]
    /// What it waits for is computed from these.
    let reads: [VariableID]
  }

  /// The processes that have not ended although they should; daemons and handlers that have not
  /// arrived are left out.
  var blocked: [Blocked] {
    let replayer = Replayer(system)
    return system.processes.indices.compactMap { index in
      let process = system.processes[index]
      let location = system.location(of: ProcessID(index), in: finalValues)
      guard process.kind != .daemon, location.entry != nil else { return nil }
      let counter = finalValues[Int(process.programCounter.index)]
      if case .interrupt = process.kind, counter == 0 { return nil }
      let ways = replayer.runs(of: ProcessID(index), from: finalValues, limit: Self.mostWays).runs
        .map(\.run)
      let mark = ways.first?.marks.last { system[$0.step].kind != .call }
      return Blocked(
        process: ProcessID(index), location: location, text: mark?.text ?? location.text,
        frames: mark.map { system[$0.step].frames } ?? [],
        reads: ways.flatMap { $0.failingReads.isEmpty ? $0.reads : $0.failingReads }.uniqued())
    }
  }

  /// The most ways to go on that are looked at to tell what a process waits for.
  private static let mostWays = 64

  /// Returns the number of the last step that changed the value with the given root, from one on; nil if
  /// none did.
  func lastChange(of root: VariableID) -> Int? {
    let members = aggregates.members(of: root).map { Int($0.index) }
    return records.lastIndex { record in
      members.contains { record.before[$0] != record.after[$0] }
    }.map { $0 + 1 }
  }

  /// Returns the number of the last step that wrote the value with the given root, be it the value that it
  /// had before.
  func lastWrite(of root: VariableID) -> Int? {
    let members = Set(aggregates.members(of: root))
    return records.lastIndex { $0.writes.contains { members.contains($0) } }.map { $0 + 1 }
  }

  /// Returns what a step with the given number does, in words.
  func text(ofStep number: Int) -> String {
    let record = records[number - 1]
    let text = record.marks.map(\.text).joined(separator: "; ")
    return text.isEmpty ? location(of: record).text : text
  }

  /// Whether a call is of a function that stands in an imported file.
  func isLibrary(_ frame: Step.Frame) -> Bool {
    frame.file.map { $0 != FileID(0) } ?? false
  }

  /// Returns the text of a call that goes on in the step with the given index: `spin_lock(info_lock)`.
  func text(of frame: Step.Frame, of process: ProcessID, in index: Int) -> String {
    let entries = entries[process]?[frame.call] ?? []
    // In a loop, the step that ends one turn may enter the function for the next one.
    let entry = entries.last { $0.step < index } ?? entries.first { $0.step == index }
    if let entry { return entry.text }
    // An atomic function is one step, whose text is the call itself.
    let marks = records.indices.contains(index) ? records[index].marks : finding.trace.initialMarks
    let own = marks.last { $0.text.hasPrefix(frame.function + "(") }
    return own?.text ?? frame.function + "()"
  }

  /// Returns where a record's process stood before it moved.
  func location(of record: Record) -> Location {
    system[record.process].locations[Int(record.location.index)]
  }

  /// Returns the name of the CPU on which a step runs.
  func cpu(of record: Record) -> String? {
    let process = system[record.process]
    if process.cpus.count > 1, let variable = process.cpuVariable {
      return system.text(of: record.after[Int(variable.index)], as: .cpu)
    }
    return process.cpus.first.map { system.text(of: Int64($0), as: .cpu) }
  }

  /// Returns the value of a variable in the last state, in words.
  func finalText(of variable: VariableID) -> String {
    system.text(of: finalValues[Int(variable.index)], in: variable)
  }
}

extension Sequence where Element: Hashable {
  /// The elements without those that occurred before, in order.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
