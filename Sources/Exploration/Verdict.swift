public import Machine

/// The answer to a check.
public enum Verdict: Sendable {
  /// Every reachable state was visited, every property holds, every `reachable` was true somewhere
  /// and every `finally` was judged.
  case holds
  /// Something is violated.
  case violated(Finding)
  /// A limit was reached first; nothing was found, and nothing is proved.
  case inconclusive(StopReason)
  /// The search was completed without a violation, but these `reachable` were never true and these
  /// `finally` were never judged.
  case vacuous(unreached: [PropertyID], unjudged: [PropertyID])
}

/// A search's verdict with what it covered.
public struct SearchResult: Sendable {
  /// The answer.
  public var verdict: Verdict
  /// What was covered.
  public var statistics: SearchStatistics
  /// The `reachable` properties that were true somewhere, and the `finally` ones that were judged.
  public var witnessed: Set<PropertyID>

  /// The coverage points of the system that were reached, by index.
  public var covered: Set<Int>

  /// After a search for the fewest preemptions that found nothing: with fewer than this nothing goes wrong.
  public var switchesRuledOut: Int?

  /// Whether compiled code has made successors.
  public var usedNativeCode = false

  /// One line that says why there was no native code although it was asked for.
  public var notice: String?

  /// Creates a result.
  public init(
    verdict: Verdict, statistics: SearchStatistics, witnessed: Set<PropertyID>,
    covered: Set<Int> = []
  ) {
    self.verdict = verdict
    self.statistics = statistics
    self.witnessed = witnessed
    self.covered = covered
  }
}

/// A violation with the trace that shows it.
public struct Finding: Sendable {
  /// What is wrong at the end of the trace.
  public enum Cause: Hashable, Sendable {
    /// The last step of the trace fails; with the value that its text shows.
    case failure(FailureID, value: Int64)
    /// The property is false in the last state; an `invariant` or a `finally`.
    case property(PropertyID)
    /// Judging the property in the last state failed, as at a nil reference.
    case propertyFailure(PropertyID, FailureID, value: Int64)
    /// In the last state nothing can happen, and somebody has not ended.
    case deadlock
  }

  /// What a search for the fewest preemptions has proved.
  public struct SwitchClaim: Hashable, Sendable {
    /// No trace with fewer preemptions than this violates anything.
    public var ruledOut: Int
    /// Whether no trace with as few preemptions as this one is shorter.
    public var isShortestOfThose: Bool

    /// Creates a claim.
    public init(ruledOut: Int, isShortestOfThose: Bool) {
      self.ruledOut = ruledOut
      self.isShortestOfThose = isShortestOfThose
    }
  }

  /// What is wrong.
  public var cause: Cause
  /// The name that `expect` uses: of the violation or property, or `deadlock`.
  public var violation: String
  /// The text of the failure with its values filled in, if the cause is one; otherwise empty.
  public var text: String
  /// How it comes about.
  ///
  /// The failing step, if there is one, is its last.
  public var trace: Trace
  /// How often the trace switches away from a process that could have gone on.
  public var preemptions: Int
  /// Whether the search has proved that no shorter trace violates anything.
  public var isShortest: Bool
  /// Whether it has proved that no trace of this length has fewer preemptions.
  public var hasFewestPreemptions: Bool
  /// Whether the trace is a recorded one, step for step: nothing was searched, and nothing is proved.
  public var isRecorded = false
  /// What was proved of preemptions, if the search was for the fewest of them.
  public var switchClaim: SwitchClaim?

  /// Creates a finding.
  public init(
    cause: Cause, violation: String, trace: Trace, preemptions: Int, isShortest: Bool,
    hasFewestPreemptions: Bool, text: String = ""
  ) {
    self.cause = cause
    self.violation = violation
    self.text = text
    self.trace = trace
    self.preemptions = preemptions
    self.isShortest = isShortest
    self.hasFewestPreemptions = hasFewestPreemptions
  }
}

extension Finding.Cause {
  /// Returns the name that `expect` uses for what is wrong.
  package func violation(in system: TransitionSystem) -> String {
    switch self {
    case .failure(let failure, _), .propertyFailure(_, let failure, _):
      system[failure].violation
    case .property(let property): system[property].name
    case .deadlock: "deadlock"
    }
  }
}
