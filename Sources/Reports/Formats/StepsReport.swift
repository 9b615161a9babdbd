internal import Exploration
internal import Machine
internal import SourceText

/// The violations of all runs step by step, with every value that changes.
///
/// Unlike a diagram it leaves out no step, no local and no lock holder.
struct StepsReport: ReportRenderer {
  private let style: TextReport.Style
  private var document = TextDocument()

  init(_ context: ReportContext) {
    style = TextReport.Style(showsStates: context.showsStates)
  }

  mutating func add(_ run: ReportedRun) {
    if let (system, finding) = run.violation {
      document.add(
        ["\(run.description.model) \u{B7} \(run.description.title)"]
          + steps(of: finding, in: system, run))
    } else {
      document.add(verdictOf: run)
    }
  }

  mutating func add(_ model: RejectedModel) { document.add(model) }

  func render(exitStatus: Int32) -> String { document.render() }

  private func steps(
    of finding: Finding, in system: TransitionSystem, _ run: ReportedRun
  ) -> [String] {
    let analysis = TraceAnalysis(finding, in: system)
    let explanation = Explanation(analysis, catalog: run.catalog)
    var lines = TextWrapping.lines(of: explanation.headline, width: style.width, indent: 2)
    lines += beginning(analysis, run.catalog)
    for (index, record) in analysis.records.enumerated() {
      lines += [""] + head(of: record, index, analysis, run.catalog)
      lines += changes(of: record, analysis).flatMap { change in
        TextWrapping.lines(of: change, width: style.width - 6, indent: 2).map { "      " + $0 }
      }
    }
    lines += [""] + reasons(explanation)
    lines += TextWrapping.lines(of: VerdictText.length(of: finding), width: style.width - 2)
      .map { "  " + $0 }
    if style.showsStates { lines += StateListing(analysis).lines(width: style.width) }
    return lines + ["  replay:  \(run.description.command)"]
  }

  /// What processes do before the first step, where nobody could come in between: a paragraph for each.
  private func beginning(_ analysis: TraceAnalysis, _ catalog: SourceCatalog) -> [String] {
    let system = analysis.system
    let marks = analysis.finding.trace.initialMarks.filter { system[$0.step].kind != .call }
    return system.processes.indices.flatMap { index -> [String] in
      let own = marks.filter { system[$0.step].process == ProcessID(index) }
      if own.isEmpty { return [] }
      let texts = own.map { mark in
        "\(catalog.shortPlace(of: system[mark.step].span)): \(DiagramText.plain(mark.text))"
      }
      return ["", "  0  \(system.processes[index].name), before the first step"]
        + texts.flatMap { text in
          TextWrapping.lines(of: text, width: style.width - 4, indent: 4).map { "    " + $0 }
        }
    }
  }

  /// The number, the task and its CPU, where, in which functions, and what it does.
  private func head(
    of record: TraceAnalysis.Record, _ index: Int, _ analysis: TraceAnalysis,
    _ catalog: SourceCatalog
  ) -> [String] {
    let system = analysis.system
    let own = record.marks.first { system[$0.step].kind == .step }
    let span = own.map { system[$0.step].span } ?? analysis.location(of: record).span
    let cpu = analysis.cpu(of: record).map { " on \($0.uppercased())" } ?? ""
    let title =
      "\(index + 1)  \(system[record.process].name)\(cpu), \(catalog.shortPlace(of: span))"
    let calls = own.map { system[$0.step].frames.map(\.function) } ?? []
    let texts = record.marks.filter { system[$0.step].kind != .call }
      .map { DiagramText.full($0.text, in: analysis, step: index) }
    var lines = TextWrapping.lines(of: title, width: style.width - 2, indent: 4)
    if !calls.isEmpty {
      lines += TextWrapping.lines(
        of: "  in \(calls.joined(separator: " > "))", width: style.width - 4, indent: 4
      ).map { "  " + $0 }
    }
    let shown = texts.isEmpty ? [analysis.location(of: record).text] : texts
    for text in shown {
      lines += TextWrapping.lines(of: text, width: style.width - 6, indent: 4).map { "  " + $0 }
    }
    return lines.map { "  " + $0 }
  }

  private func changes(
    of record: TraceAnalysis.Record, _ analysis: TraceAnalysis
  ) -> [String] {
    let system = analysis.system
    let locals = locals(of: record, analysis)
    return StateChanges.changed(from: record.before, to: record.after, in: system)
      .compactMap { id in
        let before = record.before[Int(id.index)]
        let after = record.after[Int(id.index)]
        switch system[id].role {
        case .programCounter: return nil
        case .local:
          // A local that is not needed any more has no name here.
          guard let (name, local) = locals[id] else { return nil }
          let process = system[record.process].name
          return "\(process).\(name) = \(system.text(of: after, as: local.format))"
        case .live:
          let object = StateChanges.owner(of: system[id].name)
          return "\(object) \(after == 0 ? "freed" : "allocated")"
        case .data, .ghost, .ledger, .bookkeeping:
          return
            "\(analysis.names.variables[Int(id.index)]) \(system.text(of: before, in: id)) -> "
            + system.text(of: after, in: id)
        }
      }
  }

  /// The locals that live after a step, by what holds them.
  private func locals(
    of record: TraceAnalysis.Record, _ analysis: TraceAnalysis
  ) -> [VariableID: (name: String, local: Location.Local)] {
    let location = analysis.system.location(of: record.process, in: record.after)
    return Dictionary(
      analysis.names.locals(at: location, of: record.process).map { ($0.local.variable, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  private func reasons(_ explanation: Explanation) -> [String] {
    explanation.reasons.enumerated().flatMap { number, reason in
      TextWrapping.lines(
        of: (number == 0 ? "Why: " : "and: ") + reason.sentence, width: style.width - 2, indent: 5)
        + reason.values.flatMap { value in
          TextWrapping.lines(of: value, width: style.width - 7, indent: 2).map { "     " + $0 }
        }
    }.map { "  " + $0 }
  }
}
