internal import Machine

/// What a step has changed, in words.
enum StateChanges {
  /// A value that a step changes.
  struct Change {
    /// The variable that it goes by; see ``Aggregates``.
    var root: VariableID
    /// The variables of which it consists.
    var members: [VariableID]
    var name: String
    var before: String
    var after: String
    /// Whether an object has come or gone; then there is nothing but its name to show.
    var isLife = false

    /// The change in full: `page0.count 3 -> 2`.
    var text: String {
      if isLife { return "\(name) \(after)" }
      return flags ?? "\(name) \(before) -> \(after)"
    }

    /// The change of an enum's flags, if it has no other: `vma0.pte: young, dirty set`.
    private var flags: String? {
      let (oldCase, old) = Self.parts(of: before)
      let (newCase, new) = Self.parts(of: after)
      let set = new.filter { !old.contains($0) }
      let cleared = old.filter { !new.contains($0) }
      guard oldCase == newCase, !(set + cleared).isEmpty,
        !(set + cleared).contains(where: { $0.contains(":") })
      else { return nil }
      let texts = [(set, "set"), (cleared, "cleared")].filter { !$0.0.isEmpty }
        .map { "\($0.0.joined(separator: ", ")) \($0.1)" }
      return "\(name): \(texts.joined(separator: "; "))"
    }

    /// Cuts `present(page: page0, young)` into the case and its fields.
    private static func parts(of value: String) -> (caseName: String, fields: [String]) {
      guard value.hasSuffix(")"), let open = value.firstIndex(of: "(") else { return (value, []) }
      let fields = value[value.index(after: open)...].dropLast().split(separator: ",")
      return (String(value[..<open]), fields.map { String($0.drop { $0 == " " }) })
    }

    /// Returns the change without what the text of its step says already.
    func text(beside step: String) -> String {
      if isLife { return step.hasPrefix("new ") ? "-> \(name)" : text }
      if step == "\(name) = \(after)" { return "(was \(before))" }
      if step.hasSuffix("(\(name))") { return "\(before) -> \(after)" }
      return text
    }
  }

  /// Returns a change for each value that a reader wants to see change.
  ///
  /// Program counters, locals and what the machine keeps for itself are left out, and so are the
  /// holders of locks: the step that takes a lock says so. What tasks and CPUs have of their own, such
  /// as the preemption count, is shown only if it decides about what is wrong.
  static func telling(
    from before: [Int64], to after: [Int64], in analysis: TraceAnalysis
  ) -> [Change] {
    let system = analysis.system
    let all = changed(from: before, to: after, in: system)
    let life = all.filter { system[$0].role == .live }
    let freed = Set(life.filter { after[Int($0.index)] == 0 }.map { owner(of: system[$0].name) })
    let made = Set(life.map { owner(of: system[$0].name) }).subtracting(freed)
    var seen: Set<VariableID> = []
    return all.compactMap { id in
      let owner = owner(of: system[id].name)
      if system[id].role == .live {
        return Change(
          root: id, members: [id], name: owner, before: "",
          after: freed.contains(owner) ? "freed" : "allocated", isLife: true)
      }
      // That an object's fields go back to their defaults says less than that it is gone.
      guard !freed.contains(owner), isShown(id, owner: owner, in: analysis) else { return nil }
      let root = analysis.aggregates.root(of: id)
      guard seen.insert(root).inserted else { return nil }
      let old = analysis.aggregates.text(of: root, in: before)
      let new = analysis.aggregates.text(of: root, in: after)
      // A field of a case that is not there is no change to a reader, and fresh objects are known.
      if old == new || made.contains(owner) && !analysis.isDecisive(root) { return nil }
      return Change(
        root: root, members: analysis.aggregates.members(of: root),
        name: analysis.aggregates.name(of: root), before: old, after: new)
    }
  }

  /// Returns the variables that differ.
  static func changed(
    from before: [Int64], to after: [Int64], in system: TransitionSystem
  ) -> [VariableID] {
    system.variables.indices.filter { before[$0] != after[$0] }.map { VariableID($0) }
  }

  private static func isShown(_ id: VariableID, owner: String, in analysis: TraceAnalysis) -> Bool {
    switch analysis.system[id].role {
    case .data, .ghost: break
    case .local, .programCounter, .live, .ledger, .bookkeeping: return false
    }
    return !analysis.isLock(id) && (analysis.isDecisive(id) || !analysis.owners.contains(owner))
  }

  /// The object, process or variable that a name begins with.
  static func owner(of name: String) -> String {
    name.split(separator: ".").first.map(String.init) ?? name
  }
}
