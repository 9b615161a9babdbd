internal import Machine

/// Tells the steps of a trace that matter from those that a diagram may leave out.
///
/// A step matters if what is wrong in the end depends on a value that it wrote (a backward slice of
/// the trace), if it stands at an end of a ``Window`` that was left open or of an ``Influence``, or if it
/// takes or gives back a lock around a step that matters.
struct Relevance {
  /// Whether each step of the trace matters.
  private(set) var matters: [Bool]
  /// The variables on whose values the end depends, then or before.
  private(set) var variables: Set<VariableID>
  /// Where somebody went on with what was no longer so, in the order in which it was seen.
  private(set) var windows: [Window] = []
  /// What made processes go a way on which something was not done; empty if a window tells enough.
  let influences: [Influence]
  /// The steps that the explanation names: the ends of the windows, what sent somebody a way, and the step
  /// that fails.
  private(set) var turningPoints: Set<Int> = []

  init(_ analysis: TraceAnalysis) {
    let slice = Self.slice(of: analysis)
    matters = slice.matters
    variables = slice.variables
    windows = Window.all(in: analysis, slice.matters, variables)
    for window in windows {
      matters[window.seen] = true
      matters[window.changed] = true
      matters[window.acted] = true
      variables.insert(window.variable)
    }
    influences = windows.isEmpty ? Influence.all(in: analysis) : []
    for influence in influences {
      matters[influence.changed] = true
      matters[influence.seen] = true
      variables.insert(influence.variable)
    }
    turningPoints = Set(
      windows.flatMap { [$0.seen, $0.changed, $0.acted] }
        + influences.flatMap { [$0.seen, $0.changed] })
    if analysis.endsWithCause, !matters.isEmpty { turningPoints.insert(matters.count - 1) }
    addLocks(analysis)
    variables.formUnion(
      variables.flatMap { analysis.aggregates.members(of: analysis.aggregates.root(of: $0)) })
  }

  /// Goes back from what is wrong to the steps that wrote what it depends on.
  private static func slice(
    of analysis: TraceAnalysis
  ) -> (matters: [Bool], variables: Set<VariableID>) {
    var wanted = Set(analysis.decisive)
    var variables = wanted
    var matters = Array(repeating: false, count: analysis.records.count)
    let last = analysis.records.count - 1
    for (index, record) in analysis.records.enumerated().reversed() {
      let written = record.writes.filter { wanted.contains($0) }
      let isFailing = index == last && analysis.endsWithCause
      if written.isEmpty && !isFailing { continue }
      matters[index] = true
      wanted.subtract(written)
      let reads = isFailing && !record.failingReads.isEmpty ? record.failingReads : record.reads
      for id in reads where isData(id, in: analysis) {
        wanted.insert(id)
        variables.insert(id)
      }
    }
    return (matters, variables)
  }

  /// Whether a value is passed on by code: not who holds a lock, nor what a CPU counts.
  private static func isData(_ id: VariableID, in analysis: TraceAnalysis) -> Bool {
    if analysis.isLock(id) { return false }
    let variable = analysis.system[id]
    return switch variable.role {
    case .data, .ghost: !analysis.owners.contains(StateChanges.owner(of: variable.name))
    case .local, .live: true
    case .programCounter, .ledger, .bookkeeping: false
    }
  }

  /// Lets those steps matter that take or give back a lock around a step that does.
  private mutating func addLocks(_ analysis: TraceAnalysis) {
    let essential = matters
    // Once all is lost, nobody cares how the locks are put back.
    let end = essential.lastIndex(of: true) ?? -1
    for index in analysis.system.processes.indices {
      let process = ProcessID(index)
      for lock in analysis.system.locks {
        var taken: Int?
        for (number, record) in analysis.records.enumerated() {
          let before = analysis.holds(process, lock, in: record.before)
          let after = analysis.holds(process, lock, in: record.after)
          if !before && after { taken = number }
          guard before && !after, let start = taken else { continue }
          taken = nil
          if surrounds(start, number, essential, process, analysis) {
            matters[start] = true
            if number <= end { matters[number] = true }
          }
        }
        if let start = taken { matters[start] = true }
      }
    }
  }

  private func surrounds(
    _ start: Int, _ end: Int, _ essential: [Bool], _ process: ProcessID, _ analysis: TraceAnalysis
  ) -> Bool {
    (start + 1..<end).contains { essential[$0] && analysis.records[$0].process == process }
  }
}
