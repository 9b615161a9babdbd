internal import Exploration
internal import Machine

/// The whole states of a trace, one after the other.
struct StateListing {
  private let analysis: TraceAnalysis

  init(_ analysis: TraceAnalysis) { self.analysis = analysis }

  private var system: TransitionSystem { analysis.system }

  /// Returns the initial state and the state after each step.
  func lines(width: Int) -> [String] {
    var lines = [""] + state(analysis.finding.trace.initialValues, title: "At the start", width)
    for (index, record) in analysis.records.enumerated() {
      let process = system[record.process].name
      let title = "After step \(index + 1), \(process): \(analysis.text(ofStep: index + 1))"
      lines += [""] + state(record.after, title: title, width)
    }
    return lines + [""]
  }

  private func state(_ values: [Int64], title: String, _ width: Int) -> [String] {
    var lines = TextWrapping.lines(of: title, width: width - 2, indent: 2).map { "  " + $0 }
    for (owner, fields) in StateText.groups(of: values, in: system) {
      let text = fields.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      lines += TextWrapping.lines(of: "\(owner): \(text)", width: width - 4, indent: 4)
        .map { "    " + $0 }
    }
    return lines
  }
}

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
  /// Dead objects are left out, and so are locals that do not live where their process stands.
  static func groups(
    of values: [Int64], in system: TransitionSystem
  ) -> [(owner: String, fields: [Entry])] {
    var order: [String] = []
    var fields: [String: [Entry]] = [:]
    func add(_ owner: String, _ name: String, _ value: String) {
      if fields[owner] == nil { order.append(owner) }
      fields[owner, default: []].append(Entry(name: name, value: value))
    }
    let dead = deadObjects(values, in: system)
    for (index, variable) in system.variables.enumerated() {
      switch variable.role {
      case .local, .programCounter, .live: continue
      case .data, .ghost, .ledger, .bookkeeping: break
      }
      let (owner, name) = split(variable.name)
      if dead.contains(owner) { continue }
      add(owner, name, system.text(of: values[index], in: VariableID(index)))
    }
    for process in system.processes {
      let counter = Int(values[Int(process.programCounter.index)])
      guard process.locations.indices.contains(counter) else { continue }
      let location = process.locations[counter]
      add(process.name, "at", location.entry == nil ? "its end" : location.text)
      for local in location.locals {
        let value = values[Int(local.variable.index)]
        add(process.name, local.name, system.text(of: value, as: local.format))
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
