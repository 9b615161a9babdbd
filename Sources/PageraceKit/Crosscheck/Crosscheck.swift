public import Exploration
public import Machine
internal import Promela
public import SourceText

/// Has SPIN search a system too, and compares.
public struct Crosscheck {
  /// What came of a comparison.
  public enum Outcome: Hashable, Sendable {
    /// SPIN has the same verdict and the same numbers.
    case agrees(SpinAnswer)
    /// SPIN has another verdict or other numbers.
    case differs(SpinAnswer)
    /// The system cannot be written in Promela, for this reason.
    case notExportable(String)
    /// There is nothing to compare, for this reason: SPIN or our search did not come to an end.
    case inconclusive(String)
  }

  /// What SPIN says, in our terms.
  public enum SpinAnswer: Hashable, Sendable {
    /// No violation; with the numbers, offsets taken off.
    case holds(states: Int, transitions: Int)
    /// A violation of this name; after so many steps, if SPIN's depth tells.
    case violated(String, steps: Int?)
  }

  private let tools: SpinTools
  private let timeout: Duration?
  private let memoryMegabytes: Int
  private let goesOn: () -> Bool

  /// Prepares comparisons; `timeout` and `maxMemoryBytes` of the limits hold for SPIN too.
  ///
  /// `goesOn` is asked many times a second whether to go on.
  public init(
    tools: SpinTools, limits: SearchLimits = SearchLimits(), goesOn: @escaping () -> Bool = { true }
  ) {
    self.tools = tools
    timeout = limits.timeout
    memoryMegabytes = max(16, (limits.maxMemoryBytes ?? 4 << 30) >> 20)
    self.goesOn = goesOn
  }

  /// Compares SPIN's answer with `result`, which is our own of the same system.
  public func compare(
    _ system: TransitionSystem, _ result: SearchResult, title: String, catalog: SourceCatalog
  ) -> Outcome {
    if case .inconclusive = result.verdict { return .inconclusive("our own search was stopped") }
    var finding: Finding?
    if case .violated(let found) = result.verdict { finding = found }
    let model: PromelaModel
    do {
      model = try PromelaExport.model(
        system, title: title, catalog: catalog,
        style: PromelaStyle(isForBreadthFirst: finding != nil))
    } catch {
      return .notExportable(error.reason)
    }
    let search = SpinSearch(
      tools: tools, timeout: timeout, memoryMegabytes: memoryMegabytes, goesOn: goesOn)
    do {
      let report = try search.run(
        model, .init(isBreadthFirst: finding != nil, stateCount: result.statistics.states))
      return judge(report, of: model, finding, result.statistics)
    } catch {
      return .inconclusive("SPIN: " + error.reason)
    }
  }

  private func judge(
    _ report: PanReport, of model: PromelaModel, _ finding: Finding?, _ ours: SearchStatistics
  ) -> Outcome {
    guard let (kind, depth) = report.violation else {
      let answer = SpinAnswer.holds(
        states: report.states - model.extraStates,
        transitions: report.transitions - model.extraTransitions)
      let isSame =
        finding == nil && answer == .holds(states: ours.states, transitions: ours.transitions)
      return isSame ? .agrees(answer) : .differs(answer)
    }
    guard let violation = SpinViolation(kind, depth: depth, in: model) else {
      return .inconclusive("SPIN: it names an assertion that is not ours")
    }
    let answer = SpinAnswer.violated(violation.name, steps: violation.steps)
    if let finding, violation.agrees(with: finding) { return .agrees(answer) }
    if violation.isUncertain {
      return .inconclusive("SPIN: a loop inside a step makes too many turns to tell if it ends")
    }
    return .differs(answer)
  }
}
