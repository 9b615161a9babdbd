internal import Execution
internal import Exploration
internal import Machine

/// What else could have happened along a trace: in each of its states the steps that were not taken.
struct Neighbourhood {
  /// Where a step leads that was not taken.
  enum Destination {
    /// To the state of the trace with this number; the initial state has number zero.
    case onTrace(Int)
    /// To another state, which has these values.
    case elsewhere([Int64])
    /// It fails, with this violation.
    case failure(String)
  }

  /// A step that was not taken.
  struct Alternative {
    /// The process that moves.
    let process: ProcessID
    /// What its choices give.
    let choices: [Int]
    /// What it does, in words.
    let text: String
    /// Where it leads.
    let destination: Destination
  }

  /// The alternatives in each state of the trace, the initial one first.
  ///
  /// Where the last step fails there is no state after it.
  let alternatives: [[Alternative]]
  /// Whether there are more than were asked for.
  let isCut: Bool

  /// Looks around the states of a trace until `limit` alternatives are found.
  ///
  /// - Complexity: O(*n* · *p* · *c*) steps in the tree-walking evaluator, for *n* states, *p* processes and
  ///   *c* choices of one process.
  init(_ analysis: TraceAnalysis, limit: Int) {
    let system = analysis.system
    let replayer = Replayer(system)
    var states = [analysis.finding.trace.initialValues] + analysis.records.map(\.after)
    if case .failure = analysis.finding.cause, !analysis.records.isEmpty { states.removeLast() }
    var numbers: [[Int64]: Int] = [:]
    for (number, state) in states.enumerated() where numbers[state] == nil {
      numbers[state] = number
    }
    var found: [[Alternative]] = []
    var count = 0
    var isCut = false
    for (number, state) in states.enumerated() {
      var own: [Alternative] = []
      let entries = analysis.finding.trace.entries
      let taken = entries.indices.contains(number) ? entries[number] : nil
      for process in system.processes.indices.map({ ProcessID($0) }) {
        for (choices, run) in Self.runs(of: process, from: state, replayer) {
          if let taken, taken.process == process, taken.choices == choices { continue }
          guard count < limit else {
            isCut = true
            break
          }
          count += 1
          let text = run.marks.map(\.text).joined(separator: "; ")
          let counter = Int(state[Int(system[process].programCounter.index)])
          own.append(
            Alternative(
              process: process, choices: choices,
              text: text.isEmpty ? system[process].locations[counter].text : text,
              destination: Self.destination(of: run, numbers, system)))
        }
      }
      found.append(own)
    }
    alternatives = found
    self.isCut = isCut
  }

  private static func destination(
    of run: Replayer.Run, _ numbers: [[Int64]: Int], _ system: TransitionSystem
  ) -> Destination {
    if case .failed(let failure, _, _) = run.outcome { return .failure(system[failure].violation) }
    return numbers[run.values].map { .onTrace($0) } ?? .elsewhere(run.values)
  }

  /// Returns the steps that a process can take, by what its choices give.
  private static func runs(
    of process: ProcessID, from values: [Int64], _ replayer: Replayer
  ) -> [(choices: [Int], run: Replayer.Run)] {
    var found: [(choices: [Int], run: Replayer.Run)] = []
    var next: [Int]? = []
    while let choices = next {
      let run = replayer.step(process, choices: choices, from: values)
      if run.choiceCount < choices.count {
        // The last choice was one too many; then it is the turn of the one before.
        let rest = choices.dropLast()
        next = rest.last.map { rest.dropLast() + [$0 + 1] }
        continue
      }
      switch run.outcome {
      case .arrived, .failed: found.append((choices, run))
      case .noSuchChoice:
        next = choices + [0]
        continue
      case .disabled, .result: break
      }
      next = choices.last.map { choices.dropLast() + [$0 + 1] }
    }
    return found
  }
}
