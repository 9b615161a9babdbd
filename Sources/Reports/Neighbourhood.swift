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

  /// The alternatives in each state of the trace that was asked for, in order.
  ///
  /// Where the last step fails there is no state after it.
  let alternatives: [[Alternative]]
  /// Whether there are more than were asked for.
  let isCut: Bool

  /// Looks around the states of a trace from the one with number `first` on, until `limit` alternatives are
  /// found.
  ///
  /// - Complexity: O(*n* · *p* · *c*) steps in the tree-walking evaluator, for *n* states, *p* processes and
  ///   *c* choices of one process.
  init(_ analysis: TraceAnalysis, from first: Int, limit: Int) {
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
    for (number, state) in states.enumerated().dropFirst(first) where !isCut {
      var own: [Alternative] = []
      let entries = analysis.finding.trace.entries
      let taken = entries.indices.contains(number) ? entries[number] : nil
      for process in system.processes.indices.map({ ProcessID($0) }) where !isCut {
        let ways = replayer.runs(of: process, from: state, limit: Self.mostWays)
        for way in ways.runs where Self.isPossible(way.run) {
          if let taken, taken.process == process, taken.choices == way.choices { continue }
          guard count < limit else {
            isCut = true
            break
          }
          count += 1
          let text = way.run.marks.map(\.text).joined(separator: "; ")
          own.append(
            Alternative(
              process: process, choices: way.choices,
              text: text.isEmpty ? system.location(of: process, in: state).text : text,
              destination: Self.destination(of: way.run, numbers, system)))
        }
        isCut = isCut || ways.isCut
      }
      found.append(own)
    }
    alternatives = found
    self.isCut = isCut
  }

  /// The most ways of one process in one state that are looked at.
  private static let mostWays = 1024

  private static func isPossible(_ run: Replayer.Run) -> Bool {
    switch run.outcome {
    case .arrived, .failed: true
    case .disabled, .result, .noSuchChoice: false
    }
  }

  private static func destination(
    of run: Replayer.Run, _ numbers: [[Int64]: Int], _ system: TransitionSystem
  ) -> Destination {
    if case .failed(let failure, _, _) = run.outcome { return .failure(system[failure].violation) }
    return numbers[run.values].map { .onTrace($0) } ?? .elsewhere(run.values)
  }
}
