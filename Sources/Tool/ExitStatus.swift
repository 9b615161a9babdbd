/// What the process tells its caller.
///
/// The numbers are part of the tool's interface: `docs/command-line.md` promises them. "Found
/// something", "could not look" and "stopped looking" never share a number.
public enum ExitStatus: Int32, CaseIterable, Sendable {
  /// Every reachable state was visited and every property holds.
  case holds = 0
  /// Something is violated, or an outcome is not the expected one.
  case violated = 1
  /// The model or its options are wrong; nothing was explored.
  case rejected = 2
  /// A limit was reached first; nothing was found, and nothing is proved.
  case inconclusive = 3
  /// It holds, but something that should have been reached was not.
  case vacuous = 4
  /// The command line makes no sense (`EX_USAGE`).
  case usage = 64
  /// The tool broke a promise of its own (`EX_SOFTWARE`).
  case internalError = 70

  /// What the help says about it.
  var meaning: String {
    switch self {
    case .holds: "it holds; all outcomes are as expected"
    case .violated: "a violation was found; an outcome differs from what was expected"
    case .rejected: "the model or its options are wrong"
    case .inconclusive: "a limit was reached, and nothing was found"
    case .vacuous: "it holds, but a 'reachable' was never true or a 'finally' never judged"
    case .usage: "the command line makes no sense"
    case .internalError: "internal error: please report it"
    }
  }

  /// Returns the status of several runs together: the first of 70, 2, 1, 3, 4, 0 that occurs.
  public static func combined(_ all: some Sequence<ExitStatus>) -> ExitStatus {
    let order: [ExitStatus] = [
      .internalError, .usage, .rejected, .violated, .inconclusive, .vacuous,
    ]
    let seen = Set(all)
    return order.first(where: seen.contains) ?? .holds
  }
}
