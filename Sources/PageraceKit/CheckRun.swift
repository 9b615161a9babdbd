public import Exploration
public import Machine
public import Reports
public import Semantics
public import SourceText

/// One check under one configuration: what a row of a check's table asks for.
public struct CheckRun: Sendable {
  /// The name of the check.
  public var check: String
  /// The bugs and options.
  public var configuration: Configuration
  /// What the row expects: `pass`, or the name of a violation or property; nil if nothing.
  public var expectation: String?
  /// Where the row stands; nil if the run is none of the model's own.
  public var span: SourceSpan?

  /// Creates a run.
  public init(
    check: String, configuration: Configuration, expectation: String? = nil,
    span: SourceSpan? = nil
  ) {
    self.check = check
    self.configuration = configuration
    self.expectation = expectation
    self.span = span
  }
}

extension CheckRun {
  /// What a row of the table of `check` asks for.
  public init(_ row: Check.Row, of check: Check) {
    self.init(
      check: check.name,
      configuration: Configuration(bugs: Set(row.bugs), options: row.options),
      expectation: row.expectation, span: row.span)
  }
}

extension Check {
  /// Returns the rows with just these bugs, by their ids.
  public func rows(with bugs: Set<String>) -> [Row] { rows.filter { Set($0.bugs) == bugs } }

  /// Returns what there is to run if just these bugs are switched on: with the options of the rows that have
  /// them, or else of the plain rows; `settings` come on top.
  ///
  /// Where the table has neither, there is one run, with `settings` alone.
  public func runs(with bugs: Set<String>, settings: [String: String] = [:]) -> [CheckRun] {
    let meant = rows(with: bugs)
    var all: [[String: String]] = []
    for row in meant.isEmpty ? rows(with: []) : meant {
      let options = row.options.merging(settings, uniquingKeysWith: { $1 })
      if !all.contains(options) { all.append(options) }
    }
    return (all.isEmpty ? [settings] : all).map { options in
      CheckRun(check: name, configuration: Configuration(bugs: bugs, options: options))
    }
  }
}

/// What came of a run.
public enum RunOutcome: Sendable {
  /// The model has errors under this configuration; nothing was explored.
  case rejected([Diagnostic])
  /// The search has an answer.
  case finished(FinishedRun)
  /// The checker contradicts itself.
  case contradiction(SearchError)
}

/// A run that has an answer, with all that a report needs.
public struct FinishedRun: Sendable {
  /// What was checked.
  public var description: RunDescription
  /// What was explored.
  public var system: TransitionSystem
  /// The answer.
  public var result: SearchResult
  /// The warnings about the model under this configuration.
  public var warnings: [Diagnostic]

  /// Creates a finished run.
  public init(
    description: RunDescription, system: TransitionSystem, result: SearchResult,
    warnings: [Diagnostic]
  ) {
    self.description = description
    self.system = system
    self.result = result
    self.warnings = warnings
  }

  /// Returns the report of the run for people.
  public func report(_ catalog: SourceCatalog, style: TextReport.Style = .init()) -> String {
    TextReport(description, system: system, result: result, catalog: catalog, style: style).render()
  }
}

extension Model {
  /// Returns how reports name a run of this model.
  public func description(of run: CheckRun) -> RunDescription {
    RunDescription(
      model: name, path: path, check: run.check, bugs: run.configuration.bugs.sorted(),
      options: run.configuration.options.sorted { $0.key < $1.key }
        .map { RunDescription.Setting(name: $0.key, value: $0.value) })
  }

  /// Returns the system of a run, or nil and what is wrong.
  public func system(of run: CheckRun) -> (TransitionSystem?, [Diagnostic]) {
    let (program, found) = analyze(run.configuration)
    guard let program, let index = program.checks.firstIndex(where: { $0.name == run.check })
    else { return (nil, found) }
    let (system, more) = system(program, check: index)
    return (system, found + more)
  }

  /// Performs a run, with the evaluator alone if nothing else is said.
  ///
  /// `progress` is called many times a second, with what is covered so far, and answers whether the
  /// search is to go on.
  public func perform(
    _ run: CheckRun, limits: SearchLimits = SearchLimits(), engine: EngineSettings = .evaluator,
    method: SearchMethod = SearchMethod(),
    progress: @escaping (SearchStatistics) -> Bool = { _ in true }
  ) -> RunOutcome {
    let (system, found) = system(of: run)
    guard let system else { return .rejected(found) }
    do {
      let result = try Phases.search(
        system, limits: limits, engine: engine.choice, method: method, progress: progress)
      var description = description(of: run)
      if method.order == .fewestSwitches { description.searchOptions = ["--fewest-switches"] }
      return .finished(
        FinishedRun(
          description: description, system: system, result: result, warnings: found))
    } catch {
      return .contradiction(error)
    }
  }
}
