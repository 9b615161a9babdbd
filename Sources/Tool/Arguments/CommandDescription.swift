/// What the command line and its help know of one command.
struct CommandDescription: Sendable {
  /// An argument that is not an option.
  struct Argument: Sendable {
    /// The placeholder, such as `<file>`.
    let name: String
    /// What it is.
    let help: String
    /// The fewest and the most that may be given.
    let count: ClosedRange<Int>

    /// How the argument is written in the usage line.
    var synopsis: String {
      let text = count.upperBound > 1 ? "\(name) ..." : name
      return count.lowerBound == 0 ? "[\(text)]" : text
    }
  }

  /// The name, such as `check`; empty for the tool itself.
  let name: String
  /// One sentence for the list of commands, and the first of the command's own help.
  let overview: String
  /// Paragraphs that follow the overview in the command's own help.
  var discussion: [String] = []
  /// The argument, if the command takes one or several.
  var argument: Argument?
  /// The options of this command, without those that all commands have.
  var options: [OptionDescription] = []

  /// The options that every command understands.
  static let common: [OptionDescription] = [
    .option(
      "--color", "<when>",
      "Colour the output: auto (on a terminal, unless NO_COLOR is set), always or never."),
    .option(
      "--diagnostics", "<form>",
      "Print diagnostics as text, or as json: one object a line on standard error."),
    .flag("--help", "Show this help; -h does the same."),
  ]

  /// The options of this command, those of all commands included.
  var allOptions: [OptionDescription] { options + Self.common }
}
