internal import Machine

/// What a step has changed, in words.
enum StateChanges {
  /// Returns a text such as `page0.count 3 -> 2` for each variable of data that differs.
  ///
  /// Program counters, locals and what the machine keeps for itself are left out, and so are the
  /// holders of locks: the step that takes a lock says so.
  static func texts(
    from before: [Int64], to after: [Int64], in system: TransitionSystem
  ) -> [String] {
    let locks = Set(system.locks.flatMap { [$0.holder] + ($0.readers.map { [$0] } ?? []) })
    return changed(from: before, to: after, in: system).compactMap { id in
      guard !locks.contains(id), isData(system[id].role) else { return nil }
      let old = system.text(of: before[Int(id.index)], in: id)
      let new = system.text(of: after[Int(id.index)], in: id)
      return "\(system[id].name) \(old) -> \(new)"
    }
  }

  /// Returns the variables that differ.
  static func changed(
    from before: [Int64], to after: [Int64], in system: TransitionSystem
  ) -> [VariableID] {
    system.variables.indices.filter { before[$0] != after[$0] }.map { VariableID($0) }
  }

  private static func isData(_ role: Variable.Role) -> Bool {
    switch role {
    case .data, .ghost: true
    case .local, .programCounter, .live, .ledger, .bookkeeping: false
    }
  }
}
