internal import Exploration
internal import Machine
internal import SourceText

/// A violation with its trace in JSON; `docs/formats.md` describes it.
struct ViolationRecord: Encodable {
  /// A step of the trace.
  struct Step: Encodable {
    let number: Int
    let process: String
    let cpu: String?
    let text: String
    let place: PlaceRecord?
    let calls: [String]
    let choices: [Int]
    let changes: [Change]
  }

  /// Something that a process does before the first step.
  struct InitialStep: Encodable {
    let process: String
    let text: String
    let place: PlaceRecord?
  }

  /// A variable that a step changes.
  struct Change: Encodable {
    let variable: String
    let before: String
    let after: String
  }

  /// A reason, with the values that it is about.
  struct Reason: Encodable {
    let sentence: String
    let values: [String]
  }

  /// A lock that is held in the end.
  struct Lock: Encodable {
    let process: String
    let lock: String
    let isShared: Bool
    let takenInStep: Int?
    let takenAt: String?
  }

  /// The references of one process to one object.
  struct References: Encodable {
    let process: String
    let ledger: String
    let initial: Int64
    let balance: Int64
    let changes: [ReferenceChange]
  }

  /// A step that takes or gives back references.
  struct ReferenceChange: Encodable {
    let step: Int
    let difference: Int64
  }

  /// What a search for the fewest preemptions has proved.
  struct Switches: Encodable {
    let ruledOut: Int
    let isShortestOfThose: Bool
  }

  private let name: String
  private let cause: String
  private let headline: String
  private let text: String?
  private let reasons: [Reason]
  private let locks: [Lock]
  private let references: [References]
  private let steps: [Step]
  private let initialSteps: [InitialStep]
  private let initialChoices: [Int]
  private let initialState: [String: [String: String]]
  private let finalState: [String: [String: String]]
  private let preemptions: Int
  private let isShortest: Bool
  private let hasFewestPreemptions: Bool
  private let windows: [String]
  private let switches: Switches?

  init(_ finding: Finding, in system: TransitionSystem, catalog: SourceCatalog) {
    let analysis = TraceAnalysis(finding, in: system)
    let explanation = Explanation(analysis, catalog: catalog)
    let holdings = Holdings(analysis, catalog: catalog)
    name = finding.violation
    cause =
      switch finding.cause {
      case .failure: "failure"
      case .property: "property"
      case .propertyFailure: "property-failure"
      case .deadlock: "deadlock"
      }
    headline = explanation.headline
    text = finding.text.isEmpty ? nil : finding.text
    reasons = explanation.reasons.map { Reason(sentence: $0.sentence, values: $0.values) }
    locks = holdings.locks.map { lock in
      Lock(
        process: system[lock.process].name, lock: lock.name, isShared: lock.isShared,
        takenInStep: lock.taken?.step, takenAt: lock.taken?.place)
    }
    references = holdings.ledgers.map { ledger in
      References(
        process: system[ledger.process].name, ledger: ledger.name, initial: ledger.initial,
        balance: ledger.balance,
        changes: ledger.changes.map { ReferenceChange(step: $0.step, difference: $0.difference) })
    }
    steps = analysis.records.indices.map { Self.step($0, of: analysis, catalog: catalog) }
    initialSteps = finding.trace.initialMarks.map { mark in
      InitialStep(
        process: system[system[mark.step].process].name, text: mark.text,
        place: PlaceRecord(system[mark.step].span, in: catalog))
    }
    initialChoices = finding.trace.initialChoices
    initialState = Self.state(finding.trace.initialValues, in: analysis)
    finalState = Self.state(analysis.finalValues, in: analysis)
    preemptions = finding.preemptions
    isShortest = finding.isShortest
    hasFewestPreemptions = finding.hasFewestPreemptions
    windows = explanation.windows
    switches = finding.switchClaim.map {
      Switches(ruledOut: $0.ruledOut, isShortestOfThose: $0.isShortestOfThose)
    }
  }

  private static func step(
    _ index: Int, of analysis: TraceAnalysis, catalog: SourceCatalog
  ) -> Step {
    let record = analysis.records[index]
    let system = analysis.system
    let process = system[record.process]
    return Step(
      number: index + 1, process: process.name, cpu: analysis.cpu(of: record),
      text: analysis.text(ofStep: index + 1),
      place: PlaceRecord(analysis.span(of: record), in: catalog),
      calls: analysis.calls(of: record),
      choices: analysis.finding.trace.entries[index].choices, changes: changes(by: record, analysis)
    )
  }

  /// The changes of a step, without those of locals that are not needed any more and have no name.
  private static func changes(
    by record: TraceAnalysis.Record, _ analysis: TraceAnalysis
  ) -> [Change] {
    let system = analysis.system
    let location = system.location(of: record.process, in: record.after)
    let locals = analysis.names.locals(at: location, of: record.process)
    return StateChanges.changed(from: record.before, to: record.after, in: system)
      .compactMap { id -> Change? in
        var name = analysis.names.variables[Int(id.index)]
        var format = system[id].format
        switch system[id].role {
        case .programCounter: return nil
        case .local:
          guard let known = locals.first(where: { $0.local.variable == id }) else { return nil }
          name = "\(system[record.process].name).\(known.name)"
          format = known.local.format
        case .data, .ghost, .live, .ledger, .bookkeeping: break
        }
        return Change(
          variable: name, before: system.text(of: record.before[Int(id.index)], as: format),
          after: system.text(of: record.after[Int(id.index)], as: format))
      }
  }

  private static func state(
    _ values: [Int64], in analysis: TraceAnalysis
  ) -> [String: [String: String]] {
    var state: [String: [String: String]] = [:]
    for (owner, fields) in StateText.groups(of: values, in: analysis) {
      for field in fields { state[owner, default: [:]][field.name] = field.value }
    }
    return state
  }
}
