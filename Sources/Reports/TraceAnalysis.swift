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

  init(_ finding: Finding, in system: TransitionSystem) {
    self.system = system
    self.finding = finding
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
  }

  /// The variables that decide about what is wrong in the end, in the order in which they are read.
  var decisive: [VariableID] {
    switch finding.cause {
    case .failure: records.last.map { $0.failingReads.isEmpty ? $0.reads : $0.failingReads } ?? []
    case .property(let property): falseParts(of: property).flatMap(\.reads).uniqued()
    case .propertyFailure(let property, _, _):
      Replayer(system).judge(system[property].entry, in: finalValues).reads
    case .deadlock: blocked.flatMap(\.reads).uniqued()
    }
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
      let counter = Int(finalValues[Int(process.programCounter.index)])
      guard process.locations.indices.contains(counter), process.kind != .daemon,
        process.locations[counter].entry != nil
      else { return nil }
      if case .interrupt = process.kind, counter == 0 { return nil }
      let location = process.locations[counter]
      let run = replayer.step(ProcessID(index), choices: [], from: finalValues)
      let mark = run.marks.last { system[$0.step].kind != .call }
      return Blocked(
        process: ProcessID(index), location: location, text: mark?.text ?? location.text,
        frames: mark.map { system[$0.step].frames } ?? [],
        reads: run.failingReads.isEmpty ? run.reads : run.failingReads)
    }
  }

  /// Returns the number of the last step that changed the variable, from one on; nil if none did.
  func lastChange(of variable: VariableID) -> Int? {
    let index = Int(variable.index)
    return records.lastIndex { $0.before[index] != $0.after[index] }.map { $0 + 1 }
  }

  /// Returns what a step with the given number does, in words.
  func text(ofStep number: Int) -> String {
    let record = records[number - 1]
    let text = record.marks.map(\.text).joined(separator: "; ")
    return text.isEmpty ? location(of: record).text : text
  }

  /// Returns what the step with the given number did to change the variable, in words.
  func text(ofStep number: Int, changing variable: VariableID) -> String {
    let record = records[number - 1]
    let mark = record.marks.isEmpty ? nil : record.marks[record.writers[variable] ?? 0].text
    return mark ?? text(ofStep: number)
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
