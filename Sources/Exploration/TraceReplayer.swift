internal import Execution
public import Machine

/// Replays schedules: which process moves next, and what its choices give.
///
/// A search sends every trace through here before it reports it, and `pagerace replay` does the same
/// with stored counterexamples.
public struct TraceReplayer: Sendable {
  /// One step of a schedule.
  public struct Move: Hashable, Sendable {
    /// The process that moves.
    public var process: ProcessID
    /// What its choices give, in order.
    public var choices: [Int]

    /// Creates a move.
    public init(process: ProcessID, choices: [Int]) {
      self.process = process
      self.choices = choices
    }
  }

  /// How a replay ended.
  public enum End: Hashable, Sendable {
    /// All moves could be made, and none failed.
    case completed
    /// The last move that was made failed; the prelude did, if there was none.
    case failed(FailureID, value: Int64, text: String)
    /// The move with this index cannot be made here; −1 stands for the prelude.
    case infeasible(Int)
  }

  /// What a schedule came to.
  public struct Replay: Sendable {
    /// What happened, up to and including a move that failed.
    public var trace: Trace
    /// How it ended.
    public var end: End
    /// The number of preemptions.
    public var preemptions: Int
  }

  private let system: TransitionSystem
  private let replayer: Replayer

  /// Creates a replayer for schedules of `system`.
  public init(_ system: TransitionSystem) {
    self.system = system
    self.replayer = Replayer(system)
  }

  /// Replays a schedule until it ends, a move fails, or one cannot be made.
  public func replay(initialChoices: [Int], moves: [Move]) -> Replay {
    let start = replayer.start(choices: initialChoices)
    var replay = Replay(
      trace: Trace(
        initialChoices: initialChoices, initialValues: start.values, entries: [],
        initialMarks: start.marks),
      end: .completed, preemptions: 0)
    switch start.outcome {
    case .arrived: break
    case .failed(let failure, let value, let text):
      replay.end = .failed(failure, value: value, text: text)
      return replay
    case .disabled, .result, .noSuchChoice:
      replay.end = .infeasible(-1)
      return replay
    }
    let situations = SituationJudge(system)
    var values = start.values
    var last: ProcessID?
    for (index, move) in moves.enumerated() {
      let process = Int(move.process.index)
      guard system.processes.indices.contains(process) else {
        replay.end = .infeasible(index)
        return replay
      }
      let run = replayer.step(move.process, choices: move.choices, from: values)
      guard run.choiceCount == move.choices.count else {
        replay.end = .infeasible(index)
        return replay
      }
      switch run.outcome {
      case .arrived: break
      case .failed(let failure, let value, let text):
        replay.end = .failed(failure, value: value, text: text)
      case .disabled, .result, .noSuchChoice:
        replay.end = .infeasible(index)
        return replay
      }
      if let last, last != move.process, situations.couldGoOn(last, in: values) {
        replay.preemptions += 1
      }
      replay.trace.entries.append(
        Trace.Entry(
          process: move.process, choices: move.choices, marks: run.marks, values: run.values))
      if case .failed = replay.end { return replay }
      values = run.values
      last = move.process
    }
    return replay
  }

  /// Judges the code of a property or of a part of one in the state with the given values.
  public func judge(_ entry: Label, in values: [Int64]) -> CodeJudgement {
    let run = replayer.judge(entry, in: values)
    switch run.outcome {
    case .failed(let failure, let value, let text):
      return CodeJudgement(
        value: nil, failure: (failure, value, text), reads: run.reads)
    case .result(let value):
      return CodeJudgement(value: value, failure: nil, reads: run.reads)
    case .disabled, .arrived, .noSuchChoice:
      preconditionFailure("the code of a property ends in a result")
    }
  }
}

/// What a piece of a property is worth in one state, and why.
public struct CodeJudgement: Sendable {
  /// The value, in which zero is false; nil if the code failed.
  public var value: Int64?
  /// How the code failed, if it did: the failure, its number and its text.
  public var failure: (id: FailureID, value: Int64, text: String)?
  /// The variables that the value depends on in this state, in the order of reading.
  public var reads: [VariableID]
}
