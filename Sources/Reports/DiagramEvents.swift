internal import Exploration
internal import Machine
internal import SourceText

/// Something that one process does in a trace: what may become a line of a diagram.
struct DiagramEvent {
  /// How much there is to say about it.
  enum Weight: Comparable {
    /// A line for it would say nothing: the turn of a loop, or what only the model's own bookkeeping sees.
    case noise
    /// It may be left out.
    case dispensable
    /// It belongs into the diagram.
    case needed
  }

  /// A call around it.
  struct Call {
    /// A number that is different each time that a function is entered.
    var number: Int
    /// The call as the model has it, with its arguments.
    var text: String
    /// Whether the function stands in an imported file.
    var isLibrary: Bool
  }

  var process: ProcessID
  /// The calls around it, outermost first.
  var calls: [Call]
  var text: String
  var changes: [StateChanges.Change] = []
  var weight: Weight
  /// The index of the step; −1 for what was done before the first one.
  var step: Int
  /// The number of the step, from one on; zero before the first.
  var number: Int { step + 1 }
}

/// Cuts a trace into events.
struct DiagramEvents {
  private let analysis: TraceAnalysis
  private let relevance: Relevance
  /// The calls, by process, in which the trace has a step.
  private var stepping: [ProcessID: Set<Int>] = [:]
  /// The calls that were entered last, by process and number of the inlined copy.
  private var current: [ProcessID: [Int: (number: Int, text: String)]] = [:]
  private var callCount = 0

  init(_ analysis: TraceAnalysis, _ relevance: Relevance) {
    self.analysis = analysis
    self.relevance = relevance
    let marks = analysis.finding.trace.initialMarks + analysis.records.flatMap(\.marks)
    for mark in marks where analysis.system[mark.step].kind == .step {
      let step = analysis.system[mark.step]
      stepping[step.process, default: []].formUnion(step.frames.map(\.call))
    }
  }

  /// Returns the events of the trace in order.
  ///
  /// A `detail` says what is needed besides that which matters.
  mutating func events(_ detail: DiagramRows.Detail) -> [DiagramEvent] {
    let moving = Set(analysis.records.map(\.process))
    var events: [DiagramEvent] = []
    for mark in analysis.finding.trace.initialMarks {
      let text = DiagramText.plain(mark.text)
      guard let event = event((mark.step, text), step: -1, matters: false, detail),
        moving.isEmpty || moving.contains(event.process)
      else { continue }
      events.append(event)
    }
    for (index, record) in analysis.records.enumerated() {
      events += self.events(of: record, index, detail)
    }
    if let failing = failingCall { events.append(failing) }
    return placingLoops(events)
  }

  private mutating func events(
    of record: TraceAnalysis.Record, _ index: Int, _ detail: DiagramRows.Detail
  ) -> [DiagramEvent] {
    let system = analysis.system
    let first = record.marks.firstIndex { system[$0.step].kind == .step } ?? 0
    let isLast = index == analysis.records.count - 1 && analysis.endsWithCause
    let failing = isLast ? record.marks.lastIndex { system[$0.step].kind != .call } : nil
    var own: [(mark: Int, event: DiagramEvent)] = []
    for (number, mark) in record.marks.enumerated() {
      let text = DiagramText.full(mark.text, in: analysis, step: index)
      let matters = relevance.matters[index] && (number == first || number == failing)
      if let event = event((mark.step, text), step: index, matters: matters, detail) {
        own.append((number, event))
      }
    }
    if own.isEmpty {
      let text = analysis.location(of: record).text
      own = [
        (
          0,
          DiagramEvent(
            process: record.process, calls: [], text: text,
            weight: weight(
              of: text, index, matters: relevance.matters[index], isLibrary: false, detail),
            step: index)
        )
      ]
    }
    for change in StateChanges.telling(from: record.before, to: record.after, in: analysis) {
      let isRelevant = change.members.contains { relevance.variables.contains($0) }
      let isGhost = change.members.allSatisfy { system[$0].role == .ghost }
      // What the model keeps for its properties is no news to the kernel.
      if isGhost && !isRelevant && detail != .everything { continue }
      // What is joined to a step may have no line; then the one before it has its changes.
      let writer = change.members.compactMap { record.writers[$0] }.max() ?? 0
      let target = own.lastIndex { $0.mark <= writer } ?? 0
      own[target].event.changes.append(change)
      if relevance.matters[index] && isRelevant {
        own[target].event.weight = .needed
      } else {
        own[target].event.weight = max(own[target].event.weight, .dispensable)
      }
    }
    return own.map { quiet($0.event, $0.mark, record) }
  }

  /// Takes an event for noise that only writes what no code of the kernel sees.
  private func quiet(
    _ event: DiagramEvent, _ mark: Int, _ record: TraceAnalysis.Record
  ) -> DiagramEvent {
    guard event.weight == .dispensable, event.changes.isEmpty else { return event }
    let written = record.writers.filter { $0.value == mark }.map(\.key)
    let isGhost = written.contains { analysis.system[$0].role == .ghost }
    let isSeen = written.contains { analysis.system[$0].role == .data }
    guard isGhost, !isSeen else { return event }
    var event = event
    event.weight = .noise
    return event
  }

  /// What one mark shows; nil if it has no line of its own.
  private mutating func event(
    _ mark: (step: StepID, text: String), step index: Int, matters: Bool,
    _ detail: DiagramRows.Detail
  ) -> DiagramEvent? {
    let step = analysis.system[mark.step]
    if step.kind == .call {
      callCount += 1
      if let call = step.frames.last?.call {
        current[step.process, default: [:]][call] = (callCount, mark.text)
      }
      return nil
    }
    let library = step.frames.first { analysis.isLibrary($0) }
    // What is joined inside of an imported function has no line if the function has steps as well.
    if let library, step.kind == .joined, stepping[step.process]?.contains(library.call) == true {
      return nil
    }
    var weight = weight(of: mark.text, index, matters: matters, isLibrary: library != nil, detail)
    // What is joined to a step only asks whether to go on, unless the step fails there.
    if step.kind == .joined, !matters, Self.isQuestion(mark.text) { weight = .noise }
    return DiagramEvent(
      process: step.process, calls: calls(step.frames, of: step.process),
      text: mark.text, weight: detail == .everything ? .needed : weight, step: index)
  }

  private func weight(
    of text: String, _ index: Int, matters: Bool, isLibrary: Bool, _ detail: DiagramRows.Detail
  ) -> DiagramEvent.Weight {
    if detail == .everything { return .needed }
    // The turn of a loop says something only where the trace turns on it.
    if Self.isLoop(text), !(matters && relevance.turningPoints.contains(index)) { return .noise }
    if matters { return .needed }
    let isPlain = isLibrary && text.hasPrefix("load ")
    return detail == .whole && !isPlain ? .needed : .dispensable
  }

  private func calls(_ frames: [Step.Frame], of process: ProcessID) -> [DiagramEvent.Call] {
    frames.map { frame in
      let entered = current[process]?[frame.call]
      return DiagramEvent.Call(
        number: entered?.number ?? -1 - frame.call, text: entered?.text ?? frame.function + "()",
        isLibrary: analysis.isLibrary(frame))
    }
  }

  /// Returns the calls around the place where a process waits in the end.
  func calls(around blocked: TraceAnalysis.Blocked) -> [DiagramEvent.Call] {
    calls(blocked.frames, of: blocked.process)
  }

  /// Whether a text stands for the turn of a loop, or for the end.
  private static func isLoop(_ text: String) -> Bool {
    text.hasPrefix("for ") || text == "back to the start of the loop" || text == "ends"
  }

  /// Whether a text asks a list how much is in it.
  private static func isQuestion(_ text: String) -> Bool {
    text.hasSuffix(".is_empty()") || text.hasSuffix(".count()")
  }

  /// Gives the turns of loops the calls that are around the events before and after them.
  private func placingLoops(_ events: [DiagramEvent]) -> [DiagramEvent] {
    var events = events
    var latest: [ProcessID: [DiagramEvent.Call]] = [:]
    for index in events.indices {
      let process = events[index].process
      if events[index].calls.isEmpty, events[index].text == "back to the start of the loop" {
        let next = events[(index + 1)...].first {
          $0.process == process && $0.text != events[index].text
        }
        let common = zip(latest[process] ?? [], next?.calls ?? []).prefix { $0.number == $1.number }
        events[index].calls = common.map(\.0)
      }
      latest[process] = events[index].calls
    }
    return events
  }

  /// The call in which the last step fails, if that is not where the step itself stands.
  private var failingCall: DiagramEvent? {
    guard case .failure(let id, _) = analysis.finding.cause,
      let process = analysis.records.last?.process
    else { return nil }
    let failure = analysis.system[id]
    let last = analysis.records.last?.marks.last { analysis.system[$0.step].kind != .call }
    let known = last.map { analysis.system[$0.step].frames.map(\.call) } ?? []
    guard let inner = failure.frames.last, !known.contains(inner.call) else { return nil }
    // An atomic function is one step, whose text is the call itself.
    if last?.text.hasPrefix(inner.function + "(") == true { return nil }
    let calls = calls(failure.frames, of: process)
    return DiagramEvent(
      process: process, calls: calls, text: calls.last?.text ?? inner.function + "()",
      weight: .needed, step: analysis.records.count - 1)
  }
}
