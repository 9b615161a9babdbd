public import Exploration
internal import Machine
public import SourceText

/// The wording of verdicts.
public enum VerdictText {
  /// Returns the verdict's sign and word, such as `✓ holds`, and how to colour it.
  public static func mark(of verdict: Verdict) -> (text: String, style: Paint.Style) {
    switch verdict {
    case .holds: ("\u{2713} holds", .good)
    case .violated(let finding): ("\u{2717} \(finding.violation)", .bad)
    case .inconclusive: ("? inconclusive", .warning)
    case .vacuous: ("! vacuous", .warning)
    }
  }

  /// Returns what was covered: `1234 states, 5678 transitions, depth 42`.
  public static func covered(_ statistics: SearchStatistics) -> String {
    "\(count(statistics.states, "state")), \(count(statistics.transitions, "transition")), "
      + "depth \(statistics.depth)"
  }

  /// Returns why a search stopped.
  public static func stop(_ reason: StopReason) -> String {
    switch reason {
    case .stateLimit(let limit): "the limit of \(count(limit, "state")) was reached"
    case .memoryLimit(let bytes): "the memory limit of \(size(bytes)) was reached"
    case .noMemory: "the system has no more memory to give"
    case .timeout(let duration): "the time limit of \(seconds(duration)) was reached"
    case .cancelled: "the search was interrupted"
    case .inexact(let omission): self.omission(omission)
    }
  }

  /// Returns how much a search may have missed.
  private static func omission(_ omission: Omission) -> String {
    let expected = omission.expectedStates
    let amount =
      switch expected {
      case ..<1e-18: "the odds that one was missed are less than 1 in 10^18"
      case ..<0.1: "the odds that one was missed are about 1 in \(rough(1 / expected))"
      case ..<10: "about \(decimal(expected)) states are expected to have been missed"
      default: "about \(rough(expected)) states are expected to have been missed"
      }
    return switch omission.memory {
    case .exact: "states were compared whole"
    case .compact: "only fingerprints of states were kept, and \(amount)"
    case .bitstate: "only three bits were kept of each state, and \(amount)"
    }
  }

  /// Returns a large number with two digits that say something.
  private static func rough(_ number: Double) -> String {
    var exponent = 0
    var digits = number
    while digits >= 100 {
      digits /= 10
      exponent += 1
    }
    let rounded = Int(digits.rounded())
    if exponent > 5 { return "\(decimal(Double(rounded) / 10))·10^\(exponent + 1)" }
    return "\(rounded)" + String(repeating: "0", count: exponent)
  }

  /// Returns a sentence about the length of a trace, which claims only what was proved.
  public static func length(of finding: Finding) -> String {
    let steps = finding.trace.entries.count
    if steps == 0 {
      return finding.trace.initialMarks.isEmpty
        ? "0 steps: it is so from the start."
        : "0 steps: it comes about before any other could come in between."
    }
    let length = "\(count(steps, "step")), \(count(finding.preemptions, "preemption"))"
    if let claim = finding.switchClaim { return "\(length)\(text(of: claim, finding.preemptions))" }
    if finding.isRecorded { return "\(length), as recorded." }
    return switch (finding.isShortest, finding.hasFewestPreemptions) {
    case (true, true) where finding.preemptions == 0: "\(length): no shorter one exists."
    case (true, true):
      "\(length): no shorter one exists, and none of this length with fewer preemptions."
    case (true, false): "\(length): no shorter one exists."
    case (false, _): "\(length); a shorter one may exist."
    }
  }

  private static func text(of claim: Finding.SwitchClaim, _ preemptions: Int) -> String {
    let fewer =
      switch claim.ruledOut {
      case 0 where preemptions > 0: "; one with fewer preemptions may exist"
      case preemptions: preemptions == 0 ? "" : ": none with fewer preemptions exists"
      default:
        ": none with fewer than \(count(claim.ruledOut, "preemption")) exists; "
          + "one with fewer than this may"
      }
    let shorter =
      switch (claim.isShortestOfThose, preemptions) {
      case (true, 0): ": no shorter one without a preemption exists."
      case (true, _): ", and no shorter one with as many."
      case (false, _): "; a shorter one may exist."
      }
    return fewer + shorter
  }

  /// Returns what a search for the fewest preemptions proves although it did not come to its end.
  static func ruledOut(_ count: Int) -> String {
    count == 1
      ? "nothing goes wrong without a preemption"
      : "nothing goes wrong with fewer than \(self.count(count, "preemption"))"
  }

  /// Returns the names of the properties that a completed search has judged.
  static func judged(_ system: TransitionSystem) -> String {
    let kinds: [Property.Kind] = [.invariant, .finally, .reachable]
    return kinds.compactMap { kind in
      let names = system.properties.filter { $0.kind == kind }.map(\.name)
      return names.isEmpty ? nil : "\(kind.rawValue) \(names.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  /// Returns time, speed, memory and engine, which differ from run to run.
  public static func measurements(_ result: SearchResult) -> String {
    let statistics = result.statistics
    let elapsed = statistics.elapsed / Duration.seconds(1)
    let speed = elapsed > 0 ? Int(Double(statistics.states) / elapsed) : 0
    return "\(seconds(statistics.elapsed)), \(count(speed, "state"))/s, "
      + "\(size(statistics.memoryBytes)), \(engine(of: result))"
  }

  /// Returns what made the successors, in the end.
  static func engine(of result: SearchResult) -> String {
    result.usedNativeCode ? "native" : "evaluator"
  }

  /// Returns a number with a noun, which gets its plural `s` unless the number is one.
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Returns a size in the unit that suits it.
  public static func size(_ bytes: Int) -> String {
    if bytes >= 1 << 30 { return "\(decimal(Double(bytes) / Double(1 << 30))) GiB" }
    if bytes >= 1 << 20 { return "\(decimal(Double(bytes) / Double(1 << 20))) MiB" }
    return "\(bytes >> 10) KiB"
  }

  /// Returns a time in seconds.
  public static func seconds(_ duration: Duration) -> String {
    "\(decimal(duration / Duration.seconds(1))) s"
  }

  /// Returns a number with at most one digit behind the point; two if it is small.
  private static func decimal(_ number: Double) -> String {
    let scale = number < 1 ? 100.0 : 10.0
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}
