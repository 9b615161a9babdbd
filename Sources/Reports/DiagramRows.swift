internal import Exploration
internal import Machine
internal import SourceText

/// Makes the lines of a diagram out of a trace.
///
/// A call of a function that stands in an imported file is one line, as a kernel developer would
/// write it, unless another process comes in between: then what happens inside is shown.
struct DiagramRows {
  /// Something that one process does: a mark of the trace, with what it changes.
  private struct Event {
    var process: ProcessID
    /// The number of the step, from one on; zero before the first.
    var step: Int
    var frames: [Step.Frame]
    var text: String
    var changes: [String] = []
    /// Whether it may be left out.
    var isDispensable: Bool
  }

  /// In traces up to this length nothing that the model's own functions do is left out.
  private static let longestWhole = 12

  private let analysis: TraceAnalysis
  /// The texts of calls, by process and number.
  private var callTexts: [ProcessID: [Int: String]] = [:]
  /// The calls that are open for each process, by the number of the call.
  private var open: [ProcessID: [Int]] = [:]
  /// The calls of imported functions that have a line already.
  private var folded: [ProcessID: Set<Int>] = [:]
  /// The calls, by process, in which the trace has a step.
  private var stepping: [ProcessID: Set<Int>] = [:]
  /// The process of the last line.
  private var previous: ProcessID?
  private(set) var rows: [DiagramRow] = []

  /// Creates the lines for a trace; complete ones leave nothing out.
  init(_ analysis: TraceAnalysis, isComplete: Bool = false) {
    self.analysis = analysis
    collectCalls()
    var pending: [Event] = []
    for event in events(isComplete: isComplete) {
      if event.process != pending.last?.process { addElision(&pending, isComplete) }
      if event.isDispensable {
        pending.append(event)
      } else {
        if continuesLastLine(event) { pending = [] }
        addElision(&pending, isComplete)
        add(event, isComplete: isComplete)
      }
    }
    addElision(&pending, isComplete)
    finish()
  }

  private mutating func collectCalls() {
    let marks =
      analysis.finding.trace.initialMarks + analysis.records.flatMap(\.marks)
    for mark in marks {
      let step = analysis.system[mark.step]
      guard step.kind == .call, let call = step.frames.last?.call else { continue }
      callTexts[step.process, default: [:]][call] = mark.text
    }
    for mark in marks where analysis.system[mark.step].kind == .step {
      let step = analysis.system[mark.step]
      stepping[step.process, default: []].formUnion(step.frames.map(\.call))
    }
  }

  // MARK: - Events

  private func events(isComplete: Bool) -> [Event] {
    let matters = Relevance.steps(of: analysis)
    let moving = Set(analysis.records.map(\.process))
    var events = analysis.finding.trace.initialMarks.compactMap { mark in
      event(mark, ofStep: 0, matters: false)
    }.filter { moving.contains($0.process) }
    for (index, record) in analysis.records.enumerated() {
      var own = record.marks.indices.compactMap { number in
        event(record.marks[number], ofStep: index + 1, matters: isComplete || matters[index])
          .map { (mark: number, event: $0) }
      }
      if own.isEmpty {
        let text = analysis.location(of: record).text
        let event = Event(
          process: record.process, step: index + 1, frames: [], text: text, isDispensable: false)
        own = [(0, event)]
      }
      for change in StateChanges.telling(from: record.before, to: record.after, in: analysis) {
        // What is joined to a step may have no line; then the one before it has its changes.
        let writer = record.writers[change.variable] ?? 0
        let target = own.lastIndex { $0.mark <= writer } ?? 0
        let isFolded = own[target].event.frames.contains { isImported($0) } && !isComplete
        own[target].event.changes.append(
          isFolded ? change.text : change.text(beside: own[target].event.text))
      }
      events += own.map(\.event)
    }
    if let failing = failingCall { events.append(failing) }
    return events
  }

  /// What one mark shows.
  ///
  /// A load is left out unless it matters; what is joined to a step is shown if
  /// it is in the model's own functions.
  private func event(
    _ mark: (step: StepID, text: String), ofStep number: Int, matters: Bool
  ) -> Event? {
    let step = analysis.system[mark.step]
    if step.kind == .call { return nil }
    let library = step.frames.first { isImported($0) }
    // What is joined inside of an imported function has no line if the function has steps as well.
    if let library, step.kind == .joined, stepping[step.process]?.contains(library.call) == true {
      return nil
    }
    let isPlainLoad = mark.text.hasPrefix("load ")
    let isShort = analysis.records.count <= Self.longestWhole
    let dispensable = !matters && (library == nil ? !isShort : isPlainLoad)
    return Event(
      process: step.process, step: number, frames: step.frames, text: mark.text,
      isDispensable: dispensable)
  }

  /// The call in which the last step fails, if that is not where the step itself stands.
  private var failingCall: Event? {
    guard case .failure(let id, _) = analysis.finding.cause,
      let process = analysis.records.last?.process
    else { return nil }
    let failure = analysis.system[id]
    let frames = failure.frames
    let last = analysis.records.last?.marks.last { analysis.system[$0.step].kind != .call }
    let known = last.map { analysis.system[$0.step].frames.map(\.call) } ?? []
    guard let inner = frames.last, !known.contains(inner.call) else { return nil }
    return Event(
      process: process, step: analysis.records.count, frames: frames,
      text: inner.function + "()", isDispensable: false)
  }

  private func isImported(_ frame: Step.Frame) -> Bool {
    guard let file = frame.file else { return false }
    return file != FileID(0)
  }

  // MARK: - Lines

  private mutating func add(_ event: Event, isComplete: Bool) {
    let fold = isComplete ? nil : event.frames.firstIndex { isImported($0) }
    guard let fold else {
      enter(event.frames, of: event)
      append(event.text, of: event, depth: event.frames.count)
      return
    }
    let call = event.frames[fold].call
    let isContinued = folded[event.process]?.contains(call) == true
    if isContinued, previous == event.process {
      merge(event)
      return
    }
    enter(Array(event.frames[..<fold]), of: event)
    folded[event.process, default: []].insert(call)
    if isContinued {
      append(event.text, of: event, depth: fold + 1)
    } else {
      append(text(of: event.frames[fold], event.process), of: event, depth: fold)
    }
  }

  /// Whether an event happens inside of the imported function that the last line shows.
  private func continuesLastLine(_ event: Event) -> Bool {
    guard let fold = event.frames.first(where: { isImported($0) }) else { return false }
    return folded[event.process]?.contains(fold.call) == true
  }

  private func text(of frame: Step.Frame, _ process: ProcessID) -> String {
    callTexts[process]?[frame.call] ?? frame.function + "()"
  }

  private mutating func append(_ text: String, of event: Event, depth: Int) {
    rows.append(
      DiagramRow(
        kind: .step, process: event.process, steps: event.step...event.step, depth: depth,
        text: text, changes: event.changes))
    previous = event.process
  }

  /// Lets the last line stand for a later step as well.
  private mutating func extendLast(to step: Int) {
    guard let last = rows.indices.last, let steps = rows[last].steps else { return }
    rows[last].steps = steps.lowerBound...max(steps.upperBound, step)
  }

  /// Adds an event to the last line; a value that changes again has one entry.
  private mutating func merge(_ event: Event) {
    guard let last = rows.indices.last else { return }
    extendLast(to: event.step)
    for change in event.changes {
      let parts = change.split(separator: " -> ", omittingEmptySubsequences: false)
      let name = parts[0].prefix { $0 != " " } + " "
      if parts.count == 2, let known = rows[last].changes.firstIndex(where: { $0.hasPrefix(name) }),
        let start = rows[last].changes[known].split(
          separator: " -> ", omittingEmptySubsequences: false
        ).first
      {
        rows[last].changes[known] = "\(start) -> \(parts[1])"
        if start == name + parts[1] { rows[last].changes.remove(at: known) }
      } else {
        rows[last].changes.append(change)
      }
    }
  }

  /// Adds a line for each call that was not open yet, and closes those that have ended.
  private mutating func enter(_ frames: [Step.Frame], of event: Event) {
    let process = event.process
    let known = open[process] ?? []
    let common = zip(known, frames).prefix { $0 == $1.call }.count
    for (depth, frame) in frames.enumerated().dropFirst(common) {
      rows.append(
        DiagramRow(
          kind: .call, process: process, steps: event.step...event.step, depth: depth,
          text: text(of: frame, process)))
      previous = process
    }
    open[process] = frames.map(\.call)
  }

  /// Adds `...` for events that are left out, inside the calls that are around all of them.
  ///
  /// A single event takes no more room than the dots. What happens inside of the imported function that
  /// the last line shows is part of that line.
  private mutating func addElision(_ events: inout [Event], _ isComplete: Bool) {
    let own = events.filter { !continuesLastLine($0) }
    let folded = events.last { continuesLastLine($0) && $0.process == previous }
    if let folded, own.isEmpty { extendLast(to: folded.step) }
    events = []
    guard let first = own.first, let last = own.last else { return }
    if own.count == 1 {
      add(first, isComplete: isComplete)
      return
    }
    var calls = open[first.process] ?? []
    for event in own {
      calls = Array(calls.prefix(zip(calls, event.frames).prefix { $0 == $1.call }.count))
    }
    open[first.process] = calls
    rows.append(
      DiagramRow(
        kind: .elision, process: first.process, steps: first.step...last.step,
        depth: calls.count, text: "..."))
    previous = first.process
  }

  /// Says at the end what is wrong, where it can be seen from a line.
  private mutating func finish() {
    switch analysis.finding.cause {
    case .failure:
      if let last = rows.indices.last, !analysis.finding.text.isEmpty {
        rows[last].arrow = analysis.finding.text
      }
    case .property(let property), .propertyFailure(let property, _, _):
      if let last = rows.indices.last, analysis.system[property].kind == .invariant {
        rows[last].arrow = "breaks \(analysis.system[property].name)"
      }
    case .deadlock:
      for blocked in analysis.blocked { add(blocked) }
    }
  }

  /// Shows where a process waits for ever: at the line of the call if it has one already.
  private mutating func add(_ blocked: TraceAnalysis.Blocked) {
    let process = blocked.process
    let arrow = "waits for ever"
    guard let fold = blocked.frames.firstIndex(where: isImported) else {
      rows.append(
        DiagramRow(
          kind: .blocked, process: process, depth: open[process]?.count ?? 0, text: blocked.text,
          arrow: arrow))
      return
    }
    let frame = blocked.frames[fold]
    let isOpen = folded[process]?.contains(frame.call) == true
    if isOpen, let last = rows.indices.last, rows[last].process == process,
      rows[last].text == text(of: frame, process)
    {
      rows[last].arrow = arrow
      return
    }
    // Time runs down: who came in between stands above what this one waits for.
    rows.append(
      DiagramRow(
        kind: .blocked, process: process, depth: isOpen ? fold + 1 : fold,
        text: isOpen ? blocked.text : text(of: frame, process), arrow: arrow))
  }
}
