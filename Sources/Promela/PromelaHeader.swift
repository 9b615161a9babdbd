internal import Machine
internal import SourceText

/// The comment at the beginning of a model: what it is, how to run it, and what the numbers mean.
struct PromelaHeader {
  /// What was exported.
  let title: String
  /// The name of the check.
  let name: String
  /// How many states more SPIN counts, and how many transitions.
  let extraStates: Int
  let extraTransitions: Int
  /// What the numbers in assertions stand for.
  let table: ViolationTable
  /// The system and its texts.
  let system: TransitionSystem
  let place: (SourceSpan) -> String

  /// The comment, with an empty line after it.
  var text: String {
    let states = extraStates == 0 ? "the same" : "\(extraStates) more: SPIN's own start"
    let transitions =
      extraStates == 0
      ? "1 more: SPIN counts the initial state as one"
      : "\(extraTransitions) more: SPIN's own start, and \(extraTransitions - 1) ways to begin"
    var text = """
      /* \(Comment.safe(title))
         Written by pagerace export.

         spin -a -o1 -o2 -o3 FILE && cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -n

         Where nothing is violated, the numbers of SPIN's unreduced search are those of Pagerace:
           states       \(states)
           transitions  \(transitions)
         A deadlock is an invalid end state.

         Each step is one d_step, with one alternative for each choice and for each point that it
         leads to. Variables are called v, arrays a, program counters pc and temporaries r.

      """
    if !table.violations.isEmpty { text += "\n   assert(n == 0 ...) fails with\n" }
    for (index, violation) in table.violations.enumerated() {
      text += "   \(index + 1)  \(Comment.safe(description(of: violation, index)))\n"
    }
    return text + "*/\n\n"
  }

  private func description(of violation: PromelaModel.Violation, _ index: Int) -> String {
    var text = violation.name
    if case .manyTurns = violation {
      text += ", perhaps: more than \(BodyWriter.turnLimit) turns"
    }
    if let failure = table.failures[index] { text += "  \(place(system[failure].span))" }
    return text
  }
}
