internal import Exploration
internal import Machine

/// Something that a process saw on its way and that another one had changed before.
///
/// Where what is wrong depends on values that no step has written, something was *not* done, and no chain of
/// values leads to the cause. Then it lies in what made a process go the way on which it was not done.
struct Influence {
  /// The variable: the root of the value that a reader knows.
  let variable: VariableID
  /// The index of the step that changed it.
  let changed: Int
  /// The index of the step that saw it so.
  let seen: Int

  /// The most that are worth telling: the last ones.
  private static let longestList = 3

  /// Returns the influences behind a violation that no step has brought about by a value, in the order in
  /// which they were seen; empty for other violations.
  ///
  /// If a step fails, its process is asked; otherwise all are.
  static func all(in analysis: TraceAnalysis) -> [Influence] {
    let decisive = Set(analysis.decisive.map { analysis.aggregates.root(of: $0) })
    let isWritten = decisive.contains { analysis.lastWrite(of: $0) != nil }
    if decisive.isEmpty || isWritten { return [] }
    var failing: ProcessID?
    if case .failure = analysis.finding.cause { failing = analysis.records.last?.process }
    var latest: [VariableID: Influence] = [:]
    for (index, record) in analysis.records.enumerated()
    where failing == nil || record.process == failing {
      for id in record.reads where isTelling(id, in: analysis) {
        let root = analysis.aggregates.root(of: id)
        let place = Int(id.index)
        let changed = analysis.records[..<index].lastIndex { $0.before[place] != $0.after[place] }
        guard let changed, analysis.records[changed].process != record.process else { continue }
        latest[root] = Influence(variable: root, changed: changed, seen: index)
      }
    }
    return latest.values.sorted { ($0.seen, $0.variable.index) < ($1.seen, $1.variable.index) }
      .suffix(longestList)
  }

  /// Whether a variable is one of the model's own, and no lock.
  private static func isTelling(_ id: VariableID, in analysis: TraceAnalysis) -> Bool {
    if analysis.isLock(id) { return false }
    return switch analysis.system[id].role {
    case .data, .ghost: !analysis.owners.contains(StateChanges.owner(of: analysis.system[id].name))
    case .local, .live, .programCounter, .ledger, .bookkeeping: false
    }
  }
}
