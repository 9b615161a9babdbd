public import Exploration
public import Machine
public import SourceText

/// The report of one run in JSON; `docs/formats.md` describes it.
public struct RunRecord: Encodable, Sendable {
  /// An option with its value.
  struct Option: Encodable {
    let name: String
    let value: String
  }

  /// What a search has covered.
  struct Coverage: Encodable {
    let states: Int
    let transitions: Int
    let depth: Int
    let frontier: Int
  }

  /// What differs from run to run.
  struct Measurements: Encodable {
    let seconds: Double
    let memoryBytes: Int
    let engine: String
  }

  private let model: String
  private let file: String
  private let check: String
  private let bugs: [String]
  private let options: [Option]
  private let verdict: String
  private let covered: Coverage
  private let command: String
  private var expected: String?
  private var outcome: String
  private var isAsExpected: Bool?
  private var stopped: String?
  private var unreached: [String]?
  private var unjudged: [String]?
  private var violation: ViolationRecord?
  private var measurements: Measurements?

  /// Creates the record of a run that ended with `result`.
  ///
  /// `expectation` is what a row of the model expects, with whether that is what came out.
  public init(
    _ run: RunDescription, system: TransitionSystem, result: SearchResult, catalog: SourceCatalog,
    expectation: (name: String, isMet: Bool)? = nil, hasMeasurements: Bool = false
  ) {
    model = run.model
    file = run.path
    check = run.check
    bugs = run.bugs
    options = run.options.map { Option(name: $0.name, value: $0.value) }
    command = run.command
    let statistics = result.statistics
    covered = Coverage(
      states: statistics.states, transitions: statistics.transitions, depth: statistics.depth,
      frontier: statistics.frontier)
    expected = expectation?.name
    isAsExpected = expectation?.isMet
    let names = { (ids: [PropertyID]) in ids.map { system[$0].name } }
    switch result.verdict {
    case .holds:
      (verdict, outcome) = ("holds", "pass")
    case .violated(let finding):
      (verdict, outcome) = ("violated", finding.violation)
      violation = ViolationRecord(finding, in: system, catalog: catalog)
    case .inconclusive(let reason):
      (verdict, outcome) = ("inconclusive", "inconclusive")
      stopped = VerdictText.stop(reason)
    case .vacuous(let unreached, let unjudged):
      (verdict, outcome) = ("vacuous", "vacuous")
      self.unreached = names(unreached)
      self.unjudged = names(unjudged)
    }
    if hasMeasurements {
      measurements = Measurements(
        seconds: statistics.elapsed / Duration.seconds(1), memoryBytes: statistics.memoryBytes,
        engine: VerdictText.engine(of: result))
    }
  }
}
