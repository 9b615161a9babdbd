internal import Execution
public import Machine

/// A breadth-first search of all states of a system.
///
/// Unless told otherwise, the search stores whole states, so that its answer does not depend on a hash. A
/// violation that it reports has the fewest steps, then the fewest preemptions, then comes first in the
/// order of declaration: failures of steps by process and kind of failure, properties, deadlock.
public struct Search: Sendable {
  private let system: TransitionSystem
  private let limits: SearchLimits
  private let engine: EngineChoice
  private let method: SearchMethod
  private let sharing: WorkSharing

  /// Creates a search of `system`.
  public init(
    _ system: TransitionSystem, limits: SearchLimits = SearchLimits(),
    engine: EngineChoice = .evaluator, method: SearchMethod = SearchMethod()
  ) {
    self.init(
      system, limits: limits, engine: engine, method: method,
      sharing: WorkSharing(
        workerCount: method.memory == .exact ? max(1, method.workerCount) : 1))
  }

  /// Creates a search that shares its work in a given way, as tests with small systems need it.
  package init(
    _ system: TransitionSystem, limits: SearchLimits = SearchLimits(),
    engine: EngineChoice = .evaluator, method: SearchMethod = SearchMethod(), sharing: WorkSharing
  ) {
    self.method = method
    self.sharing = sharing
    self.system = system
    self.limits = limits
    self.engine = engine
  }

  /// Searches and returns the verdict.
  ///
  /// `progress` is called about every twentieth of a second, with what is covered so far, and answers
  /// whether the search is to go on.
  ///
  /// - Throws: ``SearchError`` if the search contradicts the replay of its own trace.
  public func run(
    progress: @escaping (SearchStatistics) -> Bool = { _ in true }
  ) throws(SearchError) -> SearchResult {
    var explorer = Explorer(
      system, engine: Evaluator(system), faster: FasterEngine(engine, for: system),
      limits: limits, method: method, sharing: sharing,
      clock: LimitClock(timeout: limits.timeout, progress: progress))
    var result: SearchResult
    switch method.order {
    case .fewestSteps:
      let stop = explorer.explore()
      result = try self.result(of: &explorer, stop)
    case .fewestSwitches:
      result = try resultBySwitches(of: &explorer)
    }
    result.usedNativeCode = explorer.faster?.isReady ?? false
    result.notice = explorer.faster?.notice
    return result
  }

  private func result(
    of explorer: inout Explorer, _ stop: StopReason?
  ) throws(SearchError) -> SearchResult {
    if explorer.judge.best != nil {
      let finding = try explorer.finding(isComplete: stop == nil)
      return SearchResult(
        verdict: .violated(finding),
        statistics: stop == nil ? explorer.statisticsToViolation : explorer.statistics,
        witnessed: explorer.judge.witnessed, covered: explorer.coveredPoints)
    }
    if stop == nil, let known = explorer.known {
      let omission = Omission(memory: method.memory, expectedStates: known.expectedOmissions)
      return SearchResult(
        verdict: .inconclusive(.inexact(omission)), statistics: explorer.statistics,
        witnessed: explorer.judge.witnessed, covered: explorer.coveredPoints)
    }
    let verdict =
      stop.map { Verdict.inconclusive($0) }
      ?? completeVerdict(
        explorer.judge.witnessed, hasStates: explorer.statistics.states > 0)
    return SearchResult(
      verdict: verdict, statistics: explorer.statistics, witnessed: explorer.judge.witnessed,
      covered: explorer.coveredPoints)
  }

  private func resultBySwitches(
    of explorer: inout Explorer
  ) throws(SearchError) -> SearchResult {
    precondition(
      system.processes.count <= SwitchNodes.mostProcesses, "processes are bits of a word")
    var nodes = SwitchNodes()
    let stop = explorer.exploreBySwitches(&nodes)
    var verdict =
      stop.map { Verdict.inconclusive($0) }
      ?? completeVerdict(explorer.judge.witnessed, hasStates: explorer.statistics.states > 0)
    if explorer.judge.best != nil {
      verdict = .violated(try explorer.findingBySwitches(nodes, isComplete: stop == nil))
    }
    var result = SearchResult(
      verdict: verdict, statistics: explorer.statistics, witnessed: explorer.judge.witnessed,
      covered: explorer.coveredPoints)
    if stop != nil { result.switchesRuledOut = explorer.switchesRuledOut }
    return result
  }

  /// Returns the verdict of a search that visited every state and found no violation.
  ///
  /// A system without an initial state proves nothing, whatever its properties.
  private func completeVerdict(_ witnessed: Set<PropertyID>, hasStates: Bool) -> Verdict {
    let missing = system.properties.indices.map { PropertyID($0) }
      .filter { !witnessed.contains($0) }
    let unreached = missing.filter { system[$0].kind == .reachable }
    let unjudged = missing.filter { system[$0].kind == .finally }
    if unreached.isEmpty && unjudged.isEmpty && hasStates { return .holds }
    return .vacuous(unreached: unreached, unjudged: unjudged)
  }
}
