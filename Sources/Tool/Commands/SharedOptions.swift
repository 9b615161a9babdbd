internal import Reports

/// Options that several commands have.
extension OptionDescription {
  /// Where a search stops.
  static let limits: [OptionDescription] = [
    .option("--max-states", "<n>", "Stop after this many states, such as 5M."),
    .option(
      "--max-memory", "<size>",
      """
      Stop when states and tables take this much memory, such as 200M or 2G; seven eighths of the \
      machine's memory, if not given. The program itself comes on top.
      """
    ),
    .option("--timeout", "<time>", "Stop each search after this time, such as 10s or 5m."),
  ]
  /// Who does the work.
  static let engine = OptionDescription.option(
    "--engine", "<which>",
    """
    What makes the successors of a state: the evaluator, native code (waiting for the C compiler), or \
    auto: the evaluator first, and native code for large searches as soon as it is compiled.
    """)
  /// How a search goes about its work.
  static let method: [OptionDescription] = [
    .option(
      "--workers", "<n>", "Search with this many threads; as many as there are cores, if not given."
    ),
    .flag(
      "--compact",
      """
      Keep a fingerprint of 64 bits of each state instead of the state. It takes less memory, finds \
      violations, and proves nothing; it says how likely something was missed.
      """),
    .option(
      "--bitstate", "<size>",
      "Keep three bits of each state in a field of this size, such as 512M; likewise."),
  ]
  /// Which violation is wanted.
  static let fewestSwitches = OptionDescription.flag(
    "--fewest-switches",
    """
    Look for the violation with the fewest preemptions, then the fewest steps, instead of the other way \
    round: it is easier to follow, and proves that fewer preemptions do no harm.
    """)
  /// Results for machines.
  static let json = OptionDescription.flag(
    "--json", "Print one JSON document instead of text; docs/formats.md describes it.")
  /// Results in formats of one's choice.
  static let formats: [OptionDescription] = [
    .option(
      "--format", "<format>",
      """
      Write the results in this format too: \(ReportFormat.all.map(\.name).joined(separator: ", ")). \
      docs/formats.md describes them.
      """, repeats: true),
    .option(
      "--output", "<file>",
      """
      Write what the '--format' before it asks for to this file; '-' or nothing means standard \
      output instead of the text there. Without '--format' it is the text.
      """, repeats: true),
    .flag("--json", "Short for '--format json'."),
  ]
  /// Numbers that differ from run to run.
  static let stats = OptionDescription.flag(
    "--stats", "Show time, speed, memory and engine too, which differ from run to run.")
  /// Checks that take long.
  static let large = OptionDescription.flag("--large", "Include the checks marked 'large'.")
  /// A check by name.
  static let check = OptionDescription.option(
    "--check", "<name>", "Only the check of this name.")
  /// Bugs to switch on.
  static let bug = OptionDescription.option(
    "--bug", "<id>[,<id>...]", "Switch these bugs on, by id or name.", repeats: true)
  /// Options of the model.
  static let setting = OptionDescription.option(
    "-D", "<option>=<value>", "Give an option of the model another value.", repeats: true)
}
