internal import Machine

/// A state in words.
enum StateText {
  /// One value.
  struct Entry {
    /// The name within its group.
    var name: String
    /// The value in words.
    var value: String
  }

  /// Returns the values of a state by what they belong to: objects, processes, variables.
  ///
  /// Dead objects are left out, and so are locals that do not live where their process stands. No two values
  /// of a group have the same name.
  static func groups(
    of values: [Int64], in analysis: TraceAnalysis
  ) -> [(owner: String, fields: [Entry])] {
    let system = analysis.system
    var order: [String] = []
    var fields: [String: [Entry]] = [:]
    var seen: [String: Set<String>] = [:]
    func add(_ owner: String, _ name: String, _ value: String) {
      if fields[owner] == nil { order.append(owner) }
      let name = StateNames.unique(name, &seen[owner, default: []])
      fields[owner, default: []].append(Entry(name: name, value: value))
    }
    let dead = deadObjects(values, in: system)
    for (index, variable) in system.variables.enumerated() {
      switch variable.role {
      case .local, .programCounter, .live: continue
      case .data, .ghost, .ledger, .bookkeeping: break
      }
      let (owner, name) = split(analysis.names.variables[index])
      if dead.contains(owner) { continue }
      add(owner, name, system.text(of: values[index], in: VariableID(index)))
    }
    for (index, process) in system.processes.enumerated() {
      let location = system.location(of: ProcessID(index), in: values)
      add(process.name, "at", location.entry == nil ? "its end" : location.text)
      for (name, local) in analysis.names.locals(at: location, of: ProcessID(index)) {
        let value = values[Int(local.variable.index)]
        add(process.name, name, system.text(of: value, as: local.format))
      }
    }
    return order.map { ($0, fields[$0] ?? []) }
  }

  /// Cuts `page0.flags.locked` into the object and the rest; a plain variable belongs to no object.
  private static func split(_ name: String) -> (owner: String, name: String) {
    guard let dot = name.firstIndex(of: ".") else { return ("variables", name) }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }

  private static func deadObjects(_ values: [Int64], in system: TransitionSystem) -> Set<String> {
    var dead: Set<String> = []
    for (index, variable) in system.variables.enumerated()
    where variable.role == .live && variable.width > 0 && values[index] == 0 {
      dead.insert(split(variable.name).owner)
    }
    return dead
  }
}
