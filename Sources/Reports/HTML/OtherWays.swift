internal import Execution
internal import Exploration
internal import Machine

/// What else could have happened in the states of a trace, in words.
struct OtherWays {
  /// What a process could have done instead, or why it could not.
  struct Way: Encodable {
    /// Whether it could have moved.
    enum Kind: String, Encodable {
      /// It could, and nothing wrong was seen.
      case moves
      /// It could, and something wrong follows.
      case fails
      /// It waits.
      case waits
    }

    /// The index of the process.
    let process: Int
    let kind: Kind
    /// What it would do, or would do if it could.
    let text: String
    /// What it would change.
    let changes: [String]
    /// Where that leads, or what it waits for.
    let sentence: String
    /// The moves from there to what goes wrong.
    let path: [PathStep]
  }

  /// A move on the way to something wrong.
  struct PathStep: Encodable {
    let process: Int
    let text: String
  }

  /// The most ways that are listed for one state.
  private static let mostWays = 12

  private let analysis: TraceAnalysis
  private let outlook: TraceOutlook
  private let replayer: Replayer

  init(_ analysis: TraceAnalysis, limits: TraceOutlook.Limits) {
    self.analysis = analysis
    outlook = TraceOutlook(
      of: analysis.finding.trace, in: analysis.system, limits: limits)
    replayer = Replayer(analysis.system)
  }

  private var system: TransitionSystem { analysis.system }

  /// Whether the step with the given number is a preemption.
  func isPreemption(step number: Int) -> Bool { outlook.preemptions.contains(number) }

  /// The ways in each state: first those that could be gone, then who waits; in the last state only that.
  var ways: [[Way]] {
    let last = system.processes.indices.compactMap {
      waiting(ProcessID($0), in: analysis.finalValues)
    }
    return analysis.records.indices.map { index in
      let values = analysis.records[index].before
      let moves = outlook.moves[index]
      var ways = moves.prefix(Self.mostWays).map { way($0, from: values) }
      if moves.count > Self.mostWays {
        let rest = moves.count - Self.mostWays
        ways.append(
          Way(
            process: Int(moves[Self.mostWays].process.index), kind: .moves, text: "\u{2026}",
            changes: [], sentence: "and \(VerdictText.count(rest, "other way"))", path: []))
      }
      let movers = Set(moves.map(\.process) + [analysis.records[index].process])
      return ways
        + system.processes.indices.compactMap { process in
          movers.contains(ProcessID(process)) ? nil : waiting(ProcessID(process), in: values)
        }
    } + [last]
  }

  // MARK: Moves

  private func way(_ move: TraceOutlook.Move, from values: [Int64]) -> Way {
    let run = replayer.step(move.process, choices: move.choices, from: values)
    let changes = StateChanges.telling(from: values, to: run.values, in: analysis)
    return Way(
      process: Int(move.process.index), kind: move.outlook.violation == nil ? .moves : .fails,
      text: text(of: run, by: move.process, from: values), changes: changes.map(\.text),
      sentence: sentence(move.outlook),
      path: move.outlook.violation.map { path($0.path, from: run.values) } ?? [])
  }

  private func path(_ moves: [TraceReplayer.Move], from start: [Int64]) -> [PathStep] {
    var values = start
    return moves.map { move in
      let run = replayer.step(move.process, choices: move.choices, from: values)
      let text = text(of: run, by: move.process, from: values)
      values = run.values
      return PathStep(process: Int(move.process.index), text: text)
    }
  }

  private func text(of run: Replayer.Run, by process: ProcessID, from values: [Int64]) -> String {
    let text = run.marks.filter { system[$0.step].kind != .call }.map(\.text)
      .joined(separator: "; ")
    if !text.isEmpty { return text }
    return system.location(of: process, in: values).text
  }

  private func sentence(_ outlook: TraceOutlook.Outlook) -> String {
    var parts: [String] = []
    if let violation = outlook.violation {
      let name =
        violation.name == analysis.finding.violation ? "the same violation" : violation.name
      parts.append(
        violation.path.isEmpty
          ? "at once: \(violation.name)"
          : "leads to \(name), \(VerdictText.count(violation.path.count, "step")) later")
    } else if outlook.isComplete {
      parts.append(
        "nothing goes wrong any more: \(VerdictText.count(outlook.states, "state")) can follow")
    } else {
      parts.append("nothing goes wrong in the next \(VerdictText.count(outlook.states, "state"))")
    }
    if let (step, after) = outlook.rejoins {
      let state = step == 0 ? "the start" : "step \(step)"
      parts.append(
        after == 0
          ? "the same state as after \(state)"
          : "can join this trace again after \(state)")
    }
    return parts.joined(separator: "; ")
  }

  // MARK: Waiting

  /// Says what a process that cannot move waits for; nil if it could, has ended or has not arrived.
  private func waiting(_ id: ProcessID, in values: [Int64]) -> Way? {
    let process = system[id]
    guard system.location(of: id, in: values).entry != nil else { return nil }
    if case .interrupt = process.kind, values[Int(process.programCounter.index)] == 0 { return nil }
    let runs = replayer.runs(of: id, from: values, limit: Self.mostWays).runs.map(\.run)
    guard let run = runs.first, runs.allSatisfy({ $0.outcome == .disabled }) else { return nil }
    let holders = runs.flatMap(\.failingReads).compactMap { holder(of: $0, in: values) }.uniqued()
    let sentence =
      if run.marks.isEmpty, run.reads.isEmpty {
        "cannot run: its CPU is taken"
      } else if holders.isEmpty {
        "waits"
      } else {
        "waits for \(holders.joined(separator: " and "))"
      }
    return Way(
      process: Int(id.index), kind: .waits, text: text(of: run, by: id, from: values), changes: [],
      sentence: sentence, path: [])
  }

  /// Returns who holds the lock that a variable belongs to.
  private func holder(of variable: VariableID, in values: [Int64]) -> String? {
    for lock in system.locks where lock.holder == variable {
      let holder = Int(values[Int(variable.index)]) - 1
      return system.processes.indices.contains(holder) ? system.processes[holder].name : nil
    }
    return nil
  }
}
