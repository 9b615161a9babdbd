internal import Exploration
internal import Machine
internal import SourceText

/// Says why something is wrong at the end of a trace.
struct Explanation {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog

  /// The most values that are listed.
  private static let longestList = 8

  init(_ analysis: TraceAnalysis, catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  private var system: TransitionSystem { analysis.system }

  /// What is wrong, as one line with the place where it happens.
  var headline: String {
    switch analysis.finding.cause {
    case .failure(let id, _):
      let failure = system[id]
      return "\(failure.message) at \(place(failure.span, failure.frames))"
    case .property(let id):
      let property = system[id]
      let place = catalog.shortPlace(of: property.span)
      return "\(property.kind.rawValue) '\(property.name)' (\(place)) is false"
    case .propertyFailure(let id, let failure, _):
      let property = system[id]
      return "\(property.kind.rawValue) '\(property.name)' cannot be judged: "
        + "\(system[failure].message) at \(catalog.shortPlace(of: system[failure].span))"
    case .deadlock:
      let names = analysis.blocked.map { system[$0.process].name }.joined(separator: ", ")
      return "deadlock: nothing can happen any more, and these have not ended: \(names)"
    }
  }

  /// The reasons: each a sentence, with the values that it is about.
  var reasons: [(sentence: String, values: [String])] {
    let influences = Relevance(analysis).influences.map { sentence(of: $0) }
    return influences.isEmpty
      ? causes : causes + [("no step has written these; on the way there", influences)]
  }

  private func sentence(of influence: Influence) -> String {
    let reader = system[analysis.records[influence.seen].process].name
    let value = analysis.aggregates.text(
      of: influence.variable, in: analysis.records[influence.seen].before)
    return "\(reader) saw \(analysis.aggregates.name(of: influence.variable)) as \(value) in step "
      + "\(influence.seen + 1), since \(write(of: influence.variable, influence.changed + 1))"
  }

  private var causes: [(sentence: String, values: [String])] {
    switch analysis.finding.cause {
    case .failure:
      let text = analysis.finding.text
      let values = valueTexts(analysis.decisive)
      return text.isEmpty && values.isEmpty ? [] : [(text, values)]
    case .property(let id):
      return analysis.falseParts(of: id).map { part, reads in
        ("\(oneLine(part.text)) is false", valueTexts(reads))
      }
    case .propertyFailure:
      return [(analysis.finding.text, valueTexts(analysis.decisive))]
    case .deadlock:
      return analysis.blocked.map { blocked in
        let place = place(blocked.location.span, blocked.frames)
        let name = system[blocked.process].name
        let text = DiagramText.plain(blocked.text)
        return ("\(name) waits at \(place): \(text)", valueTexts(blocked.reads))
      }
    }
  }

  /// The times in which somebody relied on what another one changed, in words.
  var windows: [String] {
    Relevance(analysis).windows.map { $0.sentence(in: analysis, catalog: catalog) }
  }

  /// Returns for each variable its value in the last state, and which step gave it.
  private func valueTexts(_ variables: [VariableID]) -> [String] {
    let told = variables.filter { isTelling($0) }.flatMap { [$0] + sources(of: $0) }
      .map { analysis.aggregates.root(of: $0) }.uniqued()
    // What somebody did says more than what was so from the start.
    let written = told.filter { analysis.lastWrite(of: $0) != nil }
    let shown = (written + told.filter { !written.contains($0) }).prefix(Self.longestList)
    var texts = shown.map { valueText($0) }
    if told.count > shown.count {
      let rest = told.count - shown.count
      texts.append(
        written.count > shown.count
          ? "and \(rest) more" : "and \(rest) more, as they were from the start")
    }
    return texts
  }

  /// Returns the value of one variable in the last state, and who gave it when.
  private func valueText(_ id: VariableID) -> String {
    let text = local(id) ?? lock(id) ?? shared(id)
    guard let (step, again) = analysis.giving(id) else { return "\(text), \(beginning(of: id))" }
    // Whoever stores the same again is only worth a word if it is somebody else.
    if let again {
      return "\(text), since \(write(of: id, step)), and written again in \(write(of: id, again))"
    }
    return "\(text), since \(write(of: id, step))"
  }

  /// Returns who gave a variable the value that it has at the start, where that was no scenario.
  private func beginning(of id: VariableID) -> String {
    guard let (step, text) = analysis.beginning(of: id) else { return "from the start" }
    let place = catalog.ownPlace(of: step.span, step.frames)
    return "since before the first step (\(system[step.process].name), \(place): "
      + "\(DiagramText.plain(text)))"
  }

  private func shared(_ id: VariableID) -> String {
    "\(analysis.aggregates.name(of: id)) is "
      + analysis.aggregates.text(of: id, in: analysis.finalValues)
  }

  /// Returns who holds a lock, if the variable tells that.
  private func lock(_ id: VariableID) -> String? {
    guard let lock = system.locks.first(where: { $0.holder == id }) else { return nil }
    let value = analysis.finalValues[Int(id.index)]
    return value == 0
      ? "\(lock.name) is free" : "\(lock.name) is held by \(system.text(of: value, as: .process))"
  }

  /// Returns which step wrote a variable, who took it, and where it stands.
  private func write(of id: VariableID, _ number: Int) -> String {
    let process = system[analysis.records[number - 1].process].name
    let place = StepPlaces(analysis, catalog: catalog).writing(id, inStep: number)
    return "step \(number) (\(process), \(place))"
  }

  /// Returns the shared variable that a local was loaded from.
  private func sources(of id: VariableID) -> [VariableID] {
    guard case .local = system[id].role, let number = analysis.lastWrite(of: id),
      let text = analysis.mark(ofStep: number, writing: id)?.text
    else { return [] }
    return analysis.records[number - 1].reads.filter { source in
      let root = analysis.aggregates.root(of: source)
      return text.hasPrefix("load \(analysis.aggregates.name(of: root)) ->")
    }.prefix(1).map(\.self)
  }

  /// Returns the name and the value of a local where its process stands now; nil if it is none.
  ///
  /// Locals that are never needed at the same time share a variable, so its own name says little.
  private func local(_ id: VariableID) -> String? {
    guard case .local(let process) = system[id].role else { return nil }
    let location = system.location(of: process, in: analysis.finalValues)
    let known = analysis.names.locals(at: location, of: process)
    guard let (name, local) = known.first(where: { $0.local.variable == id }) else { return nil }
    let value = system.text(of: analysis.finalValues[Int(id.index)], as: local.format)
    return "\(system[process].name).\(name) is \(value)"
  }

  /// Whether a person wants to see the value: not where processes stand, nor that objects live.
  private func isTelling(_ id: VariableID) -> Bool {
    switch system[id].role {
    case .programCounter: false
    case .live: system[id].width > 0 && analysis.finalValues[Int(id.index)] == 0
    // Ledgers have a paragraph of their own.
    case .ledger: false
    case .local: local(id) != nil
    case .data, .ghost, .bookkeeping: !isFreeLock(id)
    }
  }

  /// Whether a variable says that nobody holds a lock of which the failure does not speak.
  private func isFreeLock(_ id: VariableID) -> Bool {
    guard let lock = system.locks.first(where: { $0.holder == id }),
      analysis.finalValues[Int(id.index)] == 0
    else { return false }
    return !analysis.finding.text.contains(lock.name)
  }

  /// Returns the place of failing code: the call in the model itself, if a function of a library fails.
  private func place(_ span: SourceSpan, _ frames: [Step.Frame]) -> String {
    catalog.ownPlace(of: span, frames)
  }

  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
