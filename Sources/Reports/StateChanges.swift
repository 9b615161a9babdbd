internal import Machine

/// What a step has changed, in words.
enum StateChanges {
  /// A variable that a step changes.
  struct Change {
    var variable: VariableID
    var name: String
    var before: String
    var after: String

    /// The change in full: `page0.count 3 -> 2`.
    var text: String { "\(name) \(before) -> \(after)" }

    /// Returns the change without what the text of its step says already.
    func text(beside step: String) -> String {
      if step == "\(name) = \(after)" { return "(was \(before))" }
      if step.hasSuffix("(\(name))") { return "\(before) -> \(after)" }
      return text
    }
  }

  /// Returns a text such as `page0.count 3 -> 2` for each change that a reader wants to see.
  ///
  /// Program counters, locals and what the machine keeps for itself are left out, and so are the
  /// holders of locks: the step that takes a lock says so. What tasks and CPUs have of their own, such
  /// as the preemption count, is shown only if it decides about what is wrong.
  static func telling(
    from before: [Int64], to after: [Int64], in analysis: TraceAnalysis
  ) -> [Change] {
    let system = analysis.system
    let locks = Set(system.locks.flatMap { [$0.holder] + ($0.readers.map { [$0] } ?? []) })
    let owners = Set(system.processes.map(\.name) + system.cpuNames)
    let decisive = Set(analysis.decisive)
    let lockNames = Set(system.locks.map(\.name))
    let all = changed(from: before, to: after, in: system)
    let freed = Set(
      all.filter { system[$0].role == .live && after[Int($0.index)] == 0 }
        .map { owner(of: system[$0].name) })
    return all.compactMap { id in
      let name = system[id].name
      let owner = owner(of: name)
      if freed.contains(owner) {
        // That an object's fields go back to their defaults says less than that it is gone.
        guard system[id].role == .live else { return nil }
        return Change(variable: id, name: owner, before: "alive", after: "freed")
      }
      guard isData(system[id].role), !locks.contains(id), !lockNames.contains(name),
        decisive.contains(id) || !owners.contains(owner)
      else { return nil }
      let old = system.text(of: before[Int(id.index)], in: id)
      let new = system.text(of: after[Int(id.index)], in: id)
      return Change(variable: id, name: name, before: old, after: new)
    }
  }

  /// Returns the variables that differ.
  static func changed(
    from before: [Int64], to after: [Int64], in system: TransitionSystem
  ) -> [VariableID] {
    system.variables.indices.filter { before[$0] != after[$0] }.map { VariableID($0) }
  }

  /// The object, process or variable that a name begins with.
  private static func owner(of name: String) -> String {
    name.split(separator: ".").first.map(String.init) ?? name
  }

  private static func isData(_ role: Variable.Role) -> Bool {
    switch role {
    case .data, .ghost: true
    case .local, .programCounter, .live, .ledger, .bookkeeping: false
    }
  }
}
