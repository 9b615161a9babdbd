internal import Exploration
internal import Machine

/// One line of a diagram before it is laid out.
struct DiagramRow {
  /// What the line is.
  enum Kind {
    /// A step, or a part of one.
    case step
    /// The entry of a function: `buffer_migrate_page()`.
    case call
    /// `...` for steps that were left out.
    case elision
    /// What a process waits for when nothing can happen any more.
    case blocked
  }

  /// What the line is.
  var kind: Kind
  /// The process in whose column it stands.
  var process: ProcessID
  /// The number of calls around it.
  var depth: Int
  /// What happens.
  var text: String
  /// What changed by it, such as `page0.count 3 -> 2`.
  var changes: [String] = []
  /// What is remarkable about it, behind an arrow.
  var arrow: String?
}

/// Makes the lines of a diagram out of a trace.
struct DiagramRows {
  private let analysis: TraceAnalysis
  private let isComplete: Bool
  /// The calls that are open for each process, by the number of the call.
  private var open: [ProcessID: [Int]] = [:]
  private(set) var rows: [DiagramRow] = []

  /// Runs of at least this many steps that do not matter become `...`.
  private static let shortestElision = 3
  /// Traces up to this length are shown whole.
  private static let longestWhole = 12

  /// Creates the lines for a trace.
  init(_ analysis: TraceAnalysis, isComplete: Bool = false) {
    self.analysis = analysis
    self.isComplete = isComplete
    let shown = isComplete ? analysis.records.map { _ in true } : Self.shown(in: analysis)
    var index = 0
    while index < analysis.records.count {
      if shown[index] {
        addStep(index)
      } else {
        let start = index
        while index + 1 < analysis.records.count, !shown[index + 1],
          analysis.records[index + 1].process == analysis.records[index].process
        { index += 1 }
        addElision(start...index)
      }
      index += 1
    }
    finish()
  }

  /// Which steps are shown: those that matter, and those in runs too short to leave out.
  private static func shown(in analysis: TraceAnalysis) -> [Bool] {
    let records = analysis.records
    if records.count <= longestWhole { return records.map { _ in true } }
    var shown = Relevance.steps(of: analysis)
    var start = 0
    while start < records.count {
      var end = start + 1
      if !shown[start] {
        while end < records.count, !shown[end], records[end].process == records[start].process {
          end += 1
        }
        if end - start < shortestElision { for index in start..<end { shown[index] = true } }
      }
      start = end
    }
    return shown
  }

  private mutating func addStep(_ index: Int) {
    let record = analysis.records[index]
    let changes = StateChanges.telling(from: record.before, to: record.after, in: analysis)
    if record.marks.isEmpty {
      let depth = open[record.process]?.count ?? 0
      rows.append(
        DiagramRow(
          kind: .step, process: record.process, depth: depth,
          text: analysis.location(of: record).text, changes: changes.map(\.text)))
      return
    }
    let isLast = index == analysis.records.count - 1
    for (number, mark) in record.marks.enumerated() {
      let own = changes.filter { record.writers[$0.variable] ?? 0 == number }
        .map { $0.text(beside: mark.text) }
      // What was joined to the step and changes nothing is of interest only where it fails.
      let isFailing = isLast && number == record.marks.count - 1
      if number > 0, own.isEmpty, !isFailing, !isComplete { continue }
      let frames = analysis.system[mark.step].frames
      enter(frames, process: record.process)
      rows.append(
        DiagramRow(
          kind: .step, process: record.process, depth: frames.count, text: mark.text, changes: own))
    }
  }

  /// Adds a line for each call that was not open yet, and closes those that have ended.
  private mutating func enter(_ frames: [Step.Frame], process: ProcessID) {
    let known = open[process] ?? []
    let common = zip(known, frames).prefix { $0 == $1.call }.count
    for (depth, frame) in frames.enumerated().dropFirst(common) {
      rows.append(
        DiagramRow(kind: .call, process: process, depth: depth, text: frame.function + "()"))
    }
    open[process] = frames.map(\.call)
  }

  /// Adds `...` inside the calls that are around all of the steps left out.
  private mutating func addElision(_ steps: ClosedRange<Int>) {
    let process = analysis.records[steps.lowerBound].process
    var calls = open[process] ?? []
    for index in steps {
      for mark in analysis.records[index].marks {
        let frames = analysis.system[mark.step].frames
        calls = Array(calls.prefix(zip(calls, frames).prefix { $0 == $1.call }.count))
      }
    }
    open[process] = calls
    rows.append(DiagramRow(kind: .elision, process: process, depth: calls.count, text: "..."))
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
      for (process, location, _) in analysis.blocked {
        rows.append(
          DiagramRow(
            kind: .blocked, process: process, depth: open[process]?.count ?? 0,
            text: location.text, arrow: "waits for ever"))
      }
    }
  }
}
