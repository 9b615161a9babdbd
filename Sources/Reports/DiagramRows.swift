internal import Exploration
internal import Machine
internal import SourceText

/// Makes the lines of a diagram out of a trace.
///
/// A call of a function that stands in an imported file is one line, as a kernel developer would
/// write it, unless another process comes in between: then what happens inside is shown.
struct DiagramRows {
  /// How much is shown.
  enum Detail {
    /// What matters to the violation.
    case essence
    /// All that the model's own functions do.
    case whole
    /// Every step of every function.
    case everything
  }

  /// A row while it grows.
  private struct Draft {
    var row: DiagramRow
    var changes: [StateChanges.Change] = []
    /// What it has loaded.
    var note: String?
    /// Whether that is a look that was wrong later.
    var isNoteSeen = false
  }

  /// A diagram with no more lines than this is shown whole.
  private static let longestWhole = 24
  /// With more changes than this, only those that matter stand beside a step.
  private static let mostChanges = 2

  private let analysis: TraceAnalysis
  private let relevance: Relevance
  private let detail: Detail
  private let source: DiagramEvents
  /// The calls of imported functions during which others do something.
  private var split: [ProcessID: Set<Int>] = [:]
  /// The calls that are open for each process, by the number of the call.
  private var open: [ProcessID: [Int]] = [:]
  /// The calls of imported functions that have a line already.
  private var folded: [ProcessID: Set<Int>] = [:]
  /// The process of the last line.
  private var previous: ProcessID?
  private var drafts: [Draft] = []
  /// The lines.
  private(set) var rows: [DiagramRow] = []
  /// The processes that move in the trace and do nothing that matters; they have no lines.
  private(set) var bystanders: [ProcessID] = []

  /// Creates the lines for a trace; complete ones leave nothing out.
  init(_ analysis: TraceAnalysis, isComplete: Bool = false) {
    let relevance = Relevance(analysis)
    if isComplete {
      self.init(analysis, relevance, .everything)
      return
    }
    let whole = DiagramRows(analysis, relevance, .whole)
    self = whole.rows.count <= Self.longestWhole ? whole : Self(analysis, relevance, .essence)
  }

  private init(_ analysis: TraceAnalysis, _ relevance: Relevance, _ detail: Detail) {
    self.analysis = analysis
    self.relevance = relevance
    self.detail = detail
    var source = DiagramEvents(analysis, relevance)
    var events = source.events(detail)
    self.source = source
    if detail != .everything { leaveOutBystanders(&events) }
    events.removeAll { $0.weight == .noise }
    if detail != .everything { findSplitCalls(&events) }
    var pending: [DiagramEvent] = []
    for event in events {
      if event.process != pending.last?.process { addElision(&pending) }
      if event.weight == .needed {
        if continuesLastLine(event) { pending = [] }
        addElision(&pending)
        add(event)
      } else {
        pending.append(event)
      }
    }
    addElision(&pending)
    finish()
    if detail != .everything { dropLooseEnds() }
    rows = drafts.map(finished)
    if detail == .essence { rows = RepeatedRows.folded(rows) }
  }

  /// Drops the events of processes that do nothing that is needed.
  private mutating func leaveOutBystanders(_ events: inout [DiagramEvent]) {
    var needed = Set(events.filter { $0.weight == .needed }.map(\.process))
    if case .deadlock = analysis.finding.cause {
      needed.formUnion(analysis.blocked.map(\.process))
    }
    if needed.isEmpty { return }
    let moving = Set(analysis.records.map(\.process))
    bystanders = analysis.system.processes.indices.map { ProcessID($0) }
      .filter { moving.contains($0) && !needed.contains($0) }
    events.removeAll { !needed.contains($0.process) }
  }

  /// Finds the imported functions in which a process stands while another one does something that is
  /// needed, and drops what else happens during the others.
  private mutating func findSplitCalls(_ events: inout [DiagramEvent]) {
    var extents: [ProcessID: [Int: (first: Int, last: Int)]] = [:]
    for (index, event) in events.enumerated() {
      for call in event.calls where call.isLibrary {
        let first = extents[event.process]?[call.number]?.first ?? index
        extents[event.process, default: [:]][call.number] = (first, index)
      }
    }
    var hidden: Set<Int> = []
    for (process, calls) in extents {
      for (call, extent) in calls where extent.last > extent.first + 1 {
        let others = (extent.first...extent.last).filter { events[$0].process != process }
        if others.contains(where: { events[$0].weight == .needed }) {
          split[process, default: []].insert(call)
        } else {
          hidden.formUnion(others)
        }
      }
    }
    // Dots in the middle of a line would cut it in two.
    events = events.indices.filter { !hidden.contains($0) }.map { events[$0] }
  }

  /// Returns the position of the outermost call that is one line.
  private func fold(of calls: [DiagramEvent.Call], _ process: ProcessID) -> Int? {
    if detail == .everything { return nil }
    return calls.firstIndex { $0.isLibrary && split[process]?.contains($0.number) != true }
  }

  // MARK: - Lines

  private mutating func add(_ event: DiagramEvent) {
    guard let fold = fold(of: event.calls, event.process) else {
      enter(event.calls, of: event.process, in: event.number)
      append(event.text, event, depth: event.calls.count)
      return
    }
    let call = event.calls[fold]
    let isContinued = folded[event.process]?.contains(call.number) == true
    if isContinued, previous == event.process {
      merge(event.changes)
      extendLast(to: event.number)
      note(event)
      return
    }
    enter(Array(event.calls[..<fold]), of: event.process, in: event.number)
    folded[event.process, default: []].insert(call.number)
    if isContinued {
      append(event.text, event, depth: fold + 1)
    } else {
      append(call.text, event, depth: fold)
      note(event)
    }
  }

  /// Whether an event happens inside of the imported function that the last line shows.
  private func continuesLastLine(_ event: DiagramEvent) -> Bool {
    guard let fold = fold(of: event.calls, event.process) else { return false }
    return folded[event.process]?.contains(event.calls[fold].number) == true
  }

  private mutating func append(_ text: String, _ event: DiagramEvent, depth: Int) {
    let row = DiagramRow(
      kind: .step, process: event.process, steps: event.number...event.number, depth: depth,
      text: text)
    drafts.append(Draft(row: row, changes: event.changes))
    previous = event.process
  }

  /// Puts what a function has loaded behind its line, if that is all that matters of it, or if it is a
  /// look that was wrong later.
  private mutating func note(_ event: DiagramEvent) {
    guard event.weight == .needed, event.changes.isEmpty, event.text.hasPrefix("load "),
      event.step >= 0, relevance.matters[event.step], let last = drafts.indices.last
    else { return }
    let isSeen = relevance.windows.contains { $0.seen == event.step }
    guard isSeen || looksAtOthers(event.step) else { return }
    if drafts[last].isNoteSeen && !isSeen { return }
    drafts[last].note = event.text
    drafts[last].isNoteSeen = isSeen
  }

  /// Whether a step reads something that matters and that another process has written before.
  private func looksAtOthers(_ index: Int) -> Bool {
    let record = analysis.records[index]
    let reads = record.reads.filter { relevance.variables.contains($0) && !analysis.isLock($0) }
    return analysis.records[..<index].contains { earlier in
      earlier.process != record.process && reads.contains { earlier.writes.contains($0) }
    }
  }

  /// Adds changes to those of the last line; a value that changes again has one entry.
  private mutating func merge(_ changes: [StateChanges.Change]) {
    guard let last = drafts.indices.last else { return }
    for change in changes {
      guard let known = drafts[last].changes.firstIndex(where: { $0.root == change.root }) else {
        drafts[last].changes.append(change)
        continue
      }
      drafts[last].changes[known].after = change.after
      if drafts[last].changes[known].before == change.after {
        drafts[last].changes.remove(at: known)
      }
    }
  }

  /// Lets the last line stand for a later step as well.
  private mutating func extendLast(to number: Int) {
    guard let last = drafts.indices.last, let steps = drafts[last].row.steps else { return }
    drafts[last].row.steps = steps.lowerBound...max(steps.upperBound, number)
  }

  /// Adds a line for each call that was not open yet, and closes those that have ended.
  private mutating func enter(
    _ calls: [DiagramEvent.Call], of process: ProcessID, in number: Int?
  ) {
    let known = open[process] ?? []
    let common = zip(known, calls).prefix { $0 == $1.number }.count
    for (depth, call) in calls.enumerated().dropFirst(common) {
      drafts.append(
        Draft(
          row: DiagramRow(
            kind: .call, process: process, steps: number.map { $0...$0 }, depth: depth,
            text: call.text)))
      previous = process
    }
    open[process] = calls.map(\.number)
  }

  /// Adds `...` for events that are left out, inside the calls that are around all of them.
  ///
  /// What happens inside of the imported function that the last line shows is part of that line.
  private mutating func addElision(_ events: inout [DiagramEvent]) {
    let own = events.filter { !continuesLastLine($0) }
    if let folded = events.last, own.isEmpty { extendLast(to: folded.number) }
    events = []
    guard let first = own.first, let last = own.last else { return }
    // A single event takes no more room than the dots.
    if own.count == 1, fold(of: first.calls, first.process) == nil,
      first.calls.map(\.number) == open[first.process] ?? []
    {
      add(first)
      return
    }
    var calls = open[first.process] ?? []
    for event in own {
      calls = Array(calls.prefix(zip(calls, event.calls).prefix { $0 == $1.number }.count))
    }
    open[first.process] = calls
    let isKnown =
      drafts.last { $0.row.process == first.process }
      .map { $0.row.kind == .elision && $0.row.depth == calls.count } ?? false
    if isKnown { return }
    drafts.append(
      Draft(
        row: DiagramRow(
          kind: .elision, process: first.process, steps: first.number...last.number,
          depth: calls.count, text: "...")))
    previous = first.process
  }

  // MARK: - The end

  /// Drops dots with nothing behind them.
  private mutating func dropLooseEnds() {
    while let last = drafts.last, last.row.kind == .elision, drafts.count > 1 {
      drafts.removeLast()
    }
  }

  /// Returns a row with its changes in words: those that matter, if they are many.
  private func finished(_ draft: Draft) -> DiagramRow {
    var row = draft.row
    var changes = draft.changes
    if detail != .everything, changes.count > Self.mostChanges {
      changes.removeAll { change in
        !change.isLife && !change.members.contains { relevance.variables.contains($0) }
      }
    }
    row.changes = changes.map { $0.text(beside: row.text) }
    if let note = draft.note, row.changes.isEmpty || draft.isNoteSeen {
      row.changes = [note] + row.changes
    }
    return row
  }

  /// Says at the end what is wrong, where it can be seen from a line.
  private mutating func finish() {
    switch analysis.finding.cause {
    case .failure:
      if !analysis.finding.text.isEmpty { point(at: analysis.finding.text) }
    case .property(let property), .propertyFailure(let property, _, _):
      if analysis.system[property].kind == .invariant {
        point(at: "breaks \(analysis.system[property].name)")
      }
    case .deadlock:
      for blocked in analysis.blocked { add(blocked) }
    }
  }

  /// Puts an arrow to the last step, which has a line if there is any step.
  private mutating func point(at text: String) {
    guard let record = analysis.records.last else { return }
    let number = analysis.records.count
    let isLast =
      drafts.last.map { draft in
        draft.row.process == record.process && draft.row.steps?.contains(number) == true
          && draft.row.kind != .elision
      } ?? false
    if !isLast {
      append(
        DiagramRow(
          kind: .step, process: record.process, steps: number...number,
          depth: open[record.process]?.count ?? 0,
          text: DiagramText.plain(
            analysis.text(ofStep: number), in: analysis, step: number - 1)))
    }
    drafts[drafts.count - 1].row.arrow = text
  }

  /// Shows where a process waits for ever: at the line of the call if it has one already.
  private mutating func add(_ blocked: TraceAnalysis.Blocked) {
    let process = blocked.process
    let calls = source.calls(around: blocked)
    let arrow = "waits for ever"
    let label = DiagramText.plain(blocked.text)
    guard let fold = fold(of: calls, process) else {
      enter(calls, of: process, in: nil)
      append(
        DiagramRow(kind: .blocked, process: process, depth: calls.count, text: label, arrow: arrow))
      return
    }
    let call = calls[fold]
    let isOpen = folded[process]?.contains(call.number) == true
    if isOpen, let last = drafts.indices.last, drafts[last].row.process == process,
      drafts[last].row.text == call.text
    {
      drafts[last].row.arrow = arrow
      return
    }
    // Time runs down: who came in between stands above what this one waits for.
    if !isOpen { enter(Array(calls[..<fold]), of: process, in: nil) }
    append(
      DiagramRow(
        kind: .blocked, process: process, depth: isOpen ? fold + 1 : fold,
        text: isOpen ? label : call.text, arrow: arrow))
  }

  private mutating func append(_ row: DiagramRow) {
    drafts.append(Draft(row: row))
    previous = row.process
  }
}
