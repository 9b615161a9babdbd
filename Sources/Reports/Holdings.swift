internal import Exploration
internal import Machine
internal import SourceText

/// Who holds which locks and references at the end of a trace.
struct Holdings {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog

  init(_ analysis: TraceAnalysis, catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  private var system: TransitionSystem { analysis.system }

  /// A lock that somebody holds.
  struct Lock {
    let process: ProcessID
    let name: String
    /// Whether the lock is shared.
    let isShared: Bool
    /// The number of the step that took it, and where that stands; nil if it was held from the start.
    let taken: (step: Int, place: String)?
    /// Where it was taken before the first step, if it was.
    var initialPlace: String?
  }

  /// The locks that are held in the last state, by process.
  var locks: [Lock] {
    system.processes.indices.flatMap { process in
      system.locks.flatMap { lock in
        locks(lock, heldBy: ProcessID(process))
      }
    }
  }

  private func locks(_ lock: LockInfo, heldBy process: ProcessID) -> [Lock] {
    var held: [Lock] = []
    let number = Int64(process.index)
    if value(lock.holder) == number + 1 {
      let step = taken(lock.holder) { $0[Int(lock.holder.index)] == number + 1 }
      held.append(
        Lock(
          process: process, name: lock.name, isShared: false, taken: step,
          initialPlace: initialPlace(lock.holder)))
    }
    if let readers = lock.readers, value(readers) >> number & 1 == 1 {
      let step = taken(readers) { $0[Int(readers.index)] >> number & 1 == 1 }
      held.append(
        Lock(
          process: process, name: lock.name, isShared: true, taken: step,
          initialPlace: initialPlace(readers)))
    }
    return held
  }

  /// Returns the last step before which `holds` was false and after which it was true.
  private func taken(
    _ variable: VariableID, _ holds: ([Int64]) -> Bool
  ) -> (step: Int, place: String)? {
    let index = analysis.records.lastIndex { !holds($0.before) && holds($0.after) }
    guard let index else { return nil }
    let text = StepPlaces(analysis, catalog: catalog).place(ofStep: index + 1, writing: variable)
    return (index + 1, text)
  }

  private func initialPlace(_ variable: VariableID) -> String? {
    analysis.beginning(of: variable)
      .map { catalog.ownPlace(of: $0.step.span, $0.step.frames) }
  }

  private func value(_ id: VariableID) -> Int64 { analysis.finalValues[Int(id.index)] }

  /// One sentence for each process that holds locks.
  var lockSentences: [String] {
    let locks = locks
    return system.processes.indices.compactMap { index in
      let own = locks.filter { Int($0.process.index) == index }
      if own.isEmpty { return nil }
      let names = own.map { lock in
        (lock.isShared ? "\(lock.name) for reading" : lock.name)
          + ((lock.taken?.place ?? lock.initialPlace).map { " (taken at \($0))" }
            ?? " (from the start)")
      }
      return "\(system.processes[index].name) holds \(Self.enumeration(names))."
    }
  }

  // MARK: References

  /// What happened to the references that one process has to one object.
  struct Ledger {
    let process: ProcessID
    /// The variable that counts them.
    let variable: VariableID
    /// The variable's name, which names the object.
    let name: String
    /// The number of references in the last state.
    let balance: Int64
    /// The changes: the number of the step, and by how much.
    let changes: [(step: Int, difference: Int64)]
    /// The number of references at the start.
    let initial: Int64
  }

  /// The ledgers that are not empty in the last state or were used in the trace.
  var ledgers: [Ledger] {
    system.variables.indices.compactMap { index in
      guard case .ledger(let process) = system.variables[index].role else { return nil }
      var changes: [(step: Int, difference: Int64)] = []
      for (number, record) in analysis.records.enumerated() {
        let difference = record.after[index] - record.before[index]
        if difference != 0 { changes.append((number + 1, difference)) }
      }
      let balance = analysis.finalValues[index]
      if balance == 0 && changes.isEmpty { return nil }
      return Ledger(
        process: process, variable: VariableID(index), name: system.variables[index].name,
        balance: balance, changes: changes,
        initial: analysis.finding.trace.initialValues[index])
    }
  }

  /// Whether the violation is about references, so that the ledger explains it.
  var areReferencesInDoubt: Bool {
    if analysis.finding.violation.hasPrefix("reference_") { return true }
    return analysis.decisive.contains { id in
      if case .ledger = system[id].role { true } else { false }
    }
  }

  /// For each object that is in doubt its name, and what each process did with references to it.
  var ledgerLines: [(object: String, lines: [String])] {
    let all = ledgers
    let words = Set(
      analysis.finding.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    let doubtful = all.filter { ledger in
      words.contains(object(of: ledger)) || analysis.decisive.contains(ledger.variable)
    }
    let shown = doubtful.isEmpty ? all : doubtful
    return shown.map { object(of: $0) }.uniqued().map { object in
      (object, shown.filter { self.object(of: $0) == object }.map(line))
    }
  }

  /// The object that a ledger is about: the end of its name.
  private func object(of ledger: Ledger) -> String {
    ledger.name.split(separator: " ").last.map(String.init) ?? ledger.name
  }

  private func line(_ ledger: Ledger) -> String {
    let places = StepPlaces(analysis, catalog: catalog)
    var parts = ledger.initial == 0 ? [] : ["had \(ledger.initial) from the start"]
    parts += ledger.changes.map { change in
      let what = change.difference > 0 ? "took" : "gave back"
      let number = abs(change.difference) == 1 ? "one" : "\(abs(change.difference))"
      let place = places.writing(ledger.variable, inStep: change.step)
      return "\(what) \(number) in step \(change.step) (\(place))"
    }
    let end =
      switch ledger.balance {
      case 0: "none is left"
      case 1...: "still owns \(ledger.balance)"
      default: "gave back \(-ledger.balance) that it did not own"
      }
    return "\(system[ledger.process].name) \(parts.joined(separator: ", ")): \(end)"
  }

  /// Returns names with commas and an `and` between them.
  static func enumeration(_ names: [String]) -> String {
    names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}
