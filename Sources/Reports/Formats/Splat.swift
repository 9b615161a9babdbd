internal import Exploration
internal import Machine
internal import SourceText

/// One violation in the shape of a kernel splat: what is wrong, who holds which locks, and where everybody
/// stands.
struct Splat {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog
  private static let width = TextReport.Style.changelogWidth

  init(_ analysis: TraceAnalysis, catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  private var system: TransitionSystem { analysis.system }

  /// The lines of the block.
  var lines: [String] {
    let rule = String(repeating: "=", count: 54)
    var lines = [rule]
    switch analysis.finding.cause {
    case .deadlock: lines += deadlock
    case .failure, .property, .propertyFailure: lines += failure
    }
    return lines + [rule]
  }

  // MARK: - Something fails

  private var failure: [String] {
    let explanation = Explanation(analysis, catalog: catalog)
    var lines = wrapped(explanation.headline)
    if !analysis.finding.text.isEmpty { lines += wrapped(analysis.finding.text) }
    if let last = analysis.records.last, analysis.endsWithCause {
      lines += wrapped("\(standing(last.process)):")
      lines += trace(ofFailureBy: last.process)
    } else {
      for reason in explanation.reasons { lines += wrapped(reason.sentence) }
    }
    lines += heldLocks(Array(system.processes.indices.map { ProcessID($0) }))
    lines += writers
    lines += references
    return lines
  }

  /// Who wrote what the failure depends on, with the calls around it, as KASAN shows who freed an object.
  private var writers: [String] {
    var seen: Set<Int> = []
    return analysis.decisive.map { analysis.aggregates.root(of: $0) }.uniqued()
      .flatMap { id -> [String] in
        if isLocal(id) { return [] }
        guard let number = analysis.giving(id)?.step else { return writer(beforeStepsOf: id) }
        guard seen.insert(number).inserted else { return [] }
        let record = analysis.records[number - 1]
        let object = StateChanges.owner(of: system[id].name)
        let what =
          system[id].role == .live
          ? "\(object) freed by"
          : "\(analysis.aggregates.name(of: id)) made "
            + "\(analysis.aggregates.text(of: id, in: analysis.finalValues)) by"
        return [""] + wrapped("\(what) \(standing(record.process)) in step \(number):")
          + trace(analysis.mark(ofStep: number, writing: id), number, record)
      }
  }

  /// Who gave a variable the value that it has from the start, if a process did.
  private func writer(beforeStepsOf id: VariableID) -> [String] {
    guard let (step, text) = analysis.beginning(of: id) else { return [] }
    let value = analysis.aggregates.text(of: id, in: analysis.finalValues)
    return [""]
      + wrapped(
        "\(analysis.aggregates.name(of: id)) made \(value) by \(standing(step.process)) "
          + "before the first step:")
      + frames(DiagramText.plain(text), step.span, step.frames, step.process, 0)
  }

  private func isLocal(_ id: VariableID) -> Bool {
    switch system[id].role {
    case .data, .ghost: false
    case .live: analysis.finalValues[Int(id.index)] != 0
    case .local, .programCounter, .ledger, .bookkeeping: true
    }
  }

  private var references: [String] {
    let holdings = Holdings(analysis, catalog: catalog)
    guard holdings.areReferencesInDoubt else { return [] }
    return holdings.ledgerLines.flatMap { entry in
      ["", "References to \(entry.object):"]
        + entry.lines.flatMap { TextWrapping.lines(of: $0, width: Self.width - 1, indent: 2) }
        .map { " " + $0 }
    }
  }

  // MARK: - Nobody can go on

  private var deadlock: [String] {
    let blocked = analysis.blocked
    let cycle = lockCycle(blocked)
    var lines: [String] = []
    if let cycle {
      lines.append("WARNING: circular locking dependency detected")
      lines.append(String(repeating: "-", count: 54))
      for edge in cycle {
        lines += wrapped(
          "\(standing(edge.process)) is trying to acquire \(edge.wanted), "
            + "which is held by \(system[edge.holder].name)")
      }
    } else {
      let names = blocked.map { system[$0.process].name }
      lines += wrapped("INFO: blocked for ever: \(Holdings.enumeration(names))")
    }
    for waiting in blocked {
      lines += ["", "task \(standing(waiting.process)) waits:"]
      lines += frames(
        DiagramText.plain(waiting.text), waiting.location.span, waiting.frames, waiting.process,
        analysis.records.count)
    }
    lines += heldLocks(blocked.map(\.process))
    if cycle != nil { lines += ["", " *** DEADLOCK ***"] }
    return lines
  }

  /// One task of a circle: what it wants, and who has it.
  private struct Edge {
    let process: ProcessID
    let wanted: String
    let holder: ProcessID
  }

  /// Returns tasks each of which waits for a lock of the next one, if there is such a circle.
  private func lockCycle(_ blocked: [TraceAnalysis.Blocked]) -> [Edge]? {
    var edges: [ProcessID: Edge] = [:]
    for waiting in blocked {
      for lock in system.locks where waiting.reads.contains(lock.holder) {
        let holder = analysis.finalValues[Int(lock.holder.index)]
        guard holder > 0 else { continue }
        edges[waiting.process] = Edge(
          process: waiting.process, wanted: lock.name, holder: ProcessID(Int(holder) - 1))
        break
      }
    }
    for start in blocked.map(\.process) {
      var path: [Edge] = []
      var process = start
      while let edge = edges[process], path.count <= blocked.count {
        path.append(edge)
        process = edge.holder
        if process == start { return path }
      }
    }
    return nil
  }

  // MARK: - Parts

  /// A task with its CPU: `migrator on CPU0`.
  private func standing(_ process: ProcessID) -> String {
    let name = system[process].name
    let record = analysis.records.last { $0.process == process }
    return record.flatMap { analysis.cpu(of: $0) }.map { "\(name) on \($0.uppercased())" } ?? name
  }

  private func heldLocks(_ processes: [ProcessID]) -> [String] {
    let all = Holdings(analysis, catalog: catalog).locks
    return processes.flatMap { process -> [String] in
      let own = all.filter { $0.process == process }
      if own.isEmpty { return [] }
      return ["", "\(VerdictText.count(own.count, "lock")) held by \(standing(process)):"]
        + own.enumerated().flatMap { number, lock in
          let place = (lock.taken?.place ?? lock.initialPlace).map { ", at: \($0)" }
          return TextWrapping.lines(
            of: "#\(number): \(lock.name)\(lock.isShared ? " (read)" : "")"
              + (place ?? ", from the start"), width: Self.width - 1, indent: 4
          ).map { " " + $0 }
        }
    }
  }

  private func trace(ofFailureBy process: ProcessID) -> [String] {
    let number = analysis.records.count
    let record = analysis.records[number - 1]
    if case .failure(let id, _) = analysis.finding.cause {
      let failure = system[id]
      let last = record.marks.last { system[$0.step].kind != .call }
      let known = last.map { system[$0.step].frames.map(\.call) } ?? []
      let isInside = failure.frames.last.map { !known.contains($0.call) } ?? false
      // Inside of a function that is one step there is only the text of the model to show.
      let text = isInside ? statement(at: failure.span) : DiagramText.plain(last?.text ?? "")
      return frames(text, failure.span, failure.frames, process, number)
    }
    let mark = record.marks.first { system[$0.step].kind == .step }
    return trace(mark.map { (system[$0.step], $0.text) }, number, record)
  }

  /// Returns the text of the model at a place, on one line.
  private func statement(at span: SourceSpan) -> String {
    catalog.files.isEmpty
      ? "the failure"
      : catalog.text(of: span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func trace(
    _ mark: (step: Step, text: String)?, _ number: Int, _ record: TraceAnalysis.Record
  ) -> [String] {
    guard let mark else {
      let location = analysis.location(of: record)
      return frames(location.text, location.span, [], record.process, number)
    }
    let text = DiagramText.plain(mark.text, in: analysis, step: number - 1)
    return frames(text, mark.step.span, mark.step.frames, record.process, number)
  }

  /// A call trace: what is done, then the calls around it from the innermost on, each with its place.
  private func frames(
    _ text: String, _ span: SourceSpan, _ frames: [Step.Frame], _ process: ProcessID, _ number: Int
  ) -> [String] {
    let calls = frames.reversed().map { frame in
      (analysis.text(of: frame, of: process, in: number - 1), frame.span)
    }
    return [" Call trace:"]
      + ([(text, span)] + calls).flatMap { text, span in
        TextWrapping.lines(
          of: "\(text) at \(catalog.shortPlace(of: span))", width: Self.width - 2, indent: 4
        ).map { "  " + $0 }
      }
  }

  private func wrapped(_ text: String) -> [String] {
    TextWrapping.lines(of: text, width: Self.width, indent: 2)
  }
}
