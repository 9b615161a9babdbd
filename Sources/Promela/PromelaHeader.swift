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
    let states =
      extraStates == 0
      ? "as many states as Pagerace" : "\(extraStates) state more than Pagerace (before the start)"
    let transitions =
      extraStates == 0
      ? "1 transition more (it counts the\n   initial state as one)"
      : "\(extraTransitions) transitions more\n   (the ways to the initial states, and one for the root)"
    var text = """
      /* \(Comment.safe(title))
         Written by pagerace export.

         spin -a -o1 -o2 -o3 FILE && cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -n

         A search without violation ends with \(states)
         and with \(transitions). Pagerace's deadlock is
         SPIN's invalid end state.

         Each step is one d_step, with one alternative for each choice and each point that it
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
