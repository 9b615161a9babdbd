internal import Exploration
internal import Machine
internal import SourceText

/// A time in which a process relied on a value that another one changed: the check, the change, and the use.
struct Window {
  /// Who relied on the value.
  let process: ProcessID
  /// The value's variable.
  let variable: VariableID
  /// The index of the step that saw it.
  let seen: Int
  /// The index of the step that changed it, by another process.
  let changed: Int
  /// The index of the step with which the first process went on.
  let acted: Int

  /// The most windows that are told of.
  private static let most = 2
  /// What a window must weigh to be told of beside a better one: a load, and a use that matters.
  private static let least = 7
  /// How far back a look can lie at a value on which nothing else that is known depends.
  private static let farthest = 4

  /// Returns the windows of a trace that tell most, in the order in which they open.
  ///
  /// Each lies around a switch from a process that comes back later and then does something that matters.
  static func all(
    in analysis: TraceAnalysis, _ matters: [Bool], _ wanted: Set<VariableID>
  ) -> [Window] {
    var found: [(window: Window, weight: Int)] = []
    for index in analysis.system.processes.indices {
      let process = ProcessID(index)
      let own = analysis.records.indices.filter { analysis.records[$0].process == process }
      for (before, after) in zip(own, own.dropFirst()) where after > before + 1 {
        let search = Search(
          analysis: analysis, process: process, own: own, gap: before..<after, matters: matters,
          wanted: wanted)
        let candidates = search.candidates
        // The first of the best.
        guard let best = candidates.map(\.weight).max() else { continue }
        found += candidates.filter { $0.weight == best }.prefix(1)
      }
    }
    let best = found.map(\.weight).max() ?? 0
    let ranked = found.filter { $0.weight >= min(best, least) }.enumerated()
      .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
      .map(\.element.window)
    let chosen = ranked.reduce(into: [Window]()) { kept, window in
      let isKnown = kept.contains {
        $0.process == window.process && $0.variable == window.variable
      }
      if !isKnown { kept.append(window) }
    }
    return chosen.prefix(most).sorted { ($0.seen, $0.changed) < ($1.seen, $1.changed) }
  }

  /// The search for windows around one switch from a process to others.
  private struct Search {
    let analysis: TraceAnalysis
    let process: ProcessID
    /// The steps of the process.
    let own: [Int]
    /// From its last step before the switch to its first one after it.
    let gap: Range<Int>
    let matters: [Bool]
    let wanted: Set<VariableID>

    var candidates: [(window: Window, weight: Int)] {
      let records = analysis.records
      return StateChanges.changed(
        from: records[gap.lowerBound].after, to: records[gap.upperBound].before,
        in: analysis.system
      ).compactMap(candidate)
    }

    private func candidate(_ id: VariableID) -> (window: Window, weight: Int)? {
      let records = analysis.records
      guard Window.isShared(id, in: analysis),
        let seen = own.last(where: { $0 <= gap.lowerBound && records[$0].reads.contains(id) }),
        !records[seen].writes.contains(id),
        let changed = gap.dropFirst().last(where: { records[$0].writes.contains(id) })
      else { return nil }
      // Who has written it since knows what it is, and a change there and back is none.
      let root = analysis.aggregates.root(of: id)
      if own.contains(where: { $0 > seen && $0 <= gap.lowerBound && writes($0, id) })
        || analysis.aggregates.text(of: root, in: records[seen].before)
          == analysis.aggregates.text(of: root, in: records[changed].after)
      {
        return nil
      }
      // Who frees an object has not changed it.
      let owner = StateChanges.owner(of: analysis.system[id].name)
      if analysis.system[id].role != .live, analysis.frees(owner, in: changed) { return nil }
      let isWanted = wanted.contains(id)
      // The last thing before a switch that was needed is mostly the look that was wrong.
      let distance = own.count { $0 > seen && $0 <= gap.lowerBound }
      if !isWanted && distance > Window.farthest { return nil }
      let later = own.filter { $0 >= gap.upperBound }
      let inSlice = later.first { matters[$0] }
      guard let acted = inSlice ?? later.first(where: { writesData($0) }),
        !looksAgain(at: id, later.prefix { $0 <= acted })
      else { return nil }
      let isLoad = analysis.mark(ofStep: seen + 1, reading: id)?.text.hasPrefix("load ") == true
      let weight =
        (isWanted ? 8 : 0) + (isLoad ? 4 : 0) + (analysis.system[id].role == .live ? 4 : 0)
        + (inSlice != nil ? 3 : 0) + (matters[changed] ? 2 : 0) + (matters[seen] ? 1 : 0)
      return (
        Window(process: process, variable: id, seen: seen, changed: changed, acted: acted), weight
      )
    }

    /// Who looks again knows better, unless that look is what fails.
    private func looksAgain(at id: VariableID, _ later: some Sequence<Int>) -> Bool {
      later.contains { index in
        let isFailing = index == analysis.records.count - 1 && analysis.endsWithCause
        let record = analysis.records[index]
        return record.reads.contains(id) && !record.writes.contains(id) && !isFailing
      }
    }

    private func writes(_ index: Int, _ id: VariableID) -> Bool {
      analysis.records[index].writes.contains(id)
    }

    /// Whether a step writes something that others see.
    private func writesData(_ index: Int) -> Bool {
      analysis.records[index].writes.contains { Window.isShared($0, in: analysis) }
    }
  }

  /// Whether others can see and change a variable: not a lock, nor what a task or CPU has of its own.
  fileprivate static func isShared(_ id: VariableID, in analysis: TraceAnalysis) -> Bool {
    let variable = analysis.system[id]
    return switch variable.role {
    case .data:
      !analysis.isLock(id) && !analysis.owners.contains(StateChanges.owner(of: variable.name))
    case .live: true
    case .ghost, .local, .programCounter, .ledger, .bookkeeping: false
    }
  }

  // MARK: - In words

  /// Returns what happened, and which locks were held meanwhile.
  func sentence(in analysis: TraceAnalysis, catalog: SourceCatalog) -> String {
    let places = StepPlaces(analysis, catalog: catalog)
    let system = analysis.system
    let me = system[process].name
    let other = system[analysis.records[changed].process].name
    let root = analysis.aggregates.root(of: variable)
    let name = analysis.aggregates.name(of: root)
    let look = places.reading(variable, inStep: seen + 1)
    let change = places.writing(variable, inStep: changed + 1)
    let use = "in step \(acted + 1) (\(places.acting(inStep: acted + 1)))"
    let story: String
    if system[variable].role == .live {
      let object = StateChanges.owner(of: system[variable].name)
      story =
        "\(me) used \(object) in step \(seen + 1) (\(look)) and again \(use); "
        + "in between \(other) had freed it in step \(changed + 1) (\(change))"
    } else {
      let old = analysis.aggregates.text(of: root, in: analysis.records[seen].before)
      let new = analysis.aggregates.text(of: root, in: analysis.records[changed].after)
      story =
        "\(me) saw \(name) as \(old) in step \(seen + 1) (\(look)) and went on with that \(use); "
        + "in between \(other) had made it \(new) in step \(changed + 1) (\(change))"
    }
    return "\(story)." + protection(in: analysis)
  }

  /// Which locks the two held: none that is the same, or it could not have happened.
  ///
  /// Nothing is said if the model declares none: it may make its own of other things.
  private func protection(in analysis: TraceAnalysis) -> String {
    if analysis.system.locks.isEmpty { return "" }
    let records = analysis.records
    let throughout = analysis.locks(heldBy: process, in: records[seen].after).filter { lock in
      (seen + 1...acted).allSatisfy { index in
        analysis.holds(process, lock, in: records[index].before)
      }
    }
    let theirs = records[changed].process
    let others =
      analysis.locks(heldBy: theirs, in: records[changed].before)
      + analysis.locks(heldBy: theirs, in: records[changed].after)
    let me = analysis.system[process].name
    let other = analysis.system[theirs].name
    if throughout.isEmpty && others.isEmpty { return " Neither held a lock of the model." }
    return " Over that time \(me) held \(Self.list(throughout)), and \(other) changed it holding "
      + "\(Self.list(others))."
  }

  private static func list(_ locks: [LockInfo]) -> String {
    let names = locks.map(\.name).uniqued()
    return names.isEmpty ? "no lock" : Holdings.enumeration(names)
  }
}
