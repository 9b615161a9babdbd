internal import Machine

/// Tells the steps of a trace that matter from those that a diagram may leave out.
///
/// A step matters if what is wrong in the end depends on a value that it wrote (a backward slice of
/// the trace, values that were overwritten excepted), if it takes or gives back a lock, makes or
/// frees an object, or looks at something that another process changes during the trace.
enum Relevance {
  /// Returns for each step of the trace whether it matters.
  static func steps(of analysis: TraceAnalysis) -> [Bool] {
    let writers = writers(in: analysis)
    var wanted = Set(analysis.decisive)
    var matters = Array(repeating: false, count: analysis.records.count)
    // Once all is lost, nobody cares how the locks are put back.
    var isBeforeTheEnd = false
    for (index, record) in analysis.records.enumerated().reversed() {
      let isLast = index == analysis.records.count - 1
      let changed = record.writes.filter { wanted.contains($0) }
      if !changed.isEmpty {
        wanted.subtract(changed)
        wanted.formUnion(record.reads)
      }
      isBeforeTheEnd = isBeforeTheEnd || !changed.isEmpty
      matters[index] =
        isLast || !changed.isEmpty || changesLife(record, analysis.system)
        || isBeforeTheEnd && changesLock(record, analysis.system)
        || record.reads.contains { id in
          isShared(analysis.system[id].role)
            && (writers[id] ?? []).contains { $0 != record.process }
        }
    }
    return matters
  }

  /// The processes that change each variable during the trace.
  private static func writers(in analysis: TraceAnalysis) -> [VariableID: Set<ProcessID>] {
    var writers: [VariableID: Set<ProcessID>] = [:]
    let locks = Set(analysis.system.locks.flatMap { [$0.holder] + ($0.readers.map { [$0] } ?? []) })
    for record in analysis.records {
      for id in record.writes where !locks.contains(id) {
        writers[id, default: []].insert(record.process)
      }
    }
    return writers
  }

  private static func isShared(_ role: Variable.Role) -> Bool {
    switch role {
    case .data: true
    default: false
    }
  }

  /// Whether a step makes or frees an object.
  private static func changesLife(
    _ record: TraceAnalysis.Record, _ system: TransitionSystem
  ) -> Bool {
    record.writes.contains { system[$0].role == .live && changes(record, $0) }
  }

  /// Whether a step takes or gives back a lock.
  private static func changesLock(
    _ record: TraceAnalysis.Record, _ system: TransitionSystem
  ) -> Bool {
    system.locks.contains { lock in
      changes(record, lock.holder) || lock.readers.map { changes(record, $0) } == true
    }
  }

  private static func changes(_ record: TraceAnalysis.Record, _ id: VariableID) -> Bool {
    record.before[Int(id.index)] != record.after[Int(id.index)]
  }
}
