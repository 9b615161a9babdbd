internal import Reports

/// The help of the tool and of its commands.
enum HelpText {
  /// The widest line of any help.
  static let width = 79

  /// Returns the help of `command`.
  static func page(for command: CommandDescription) -> String {
    var text = wrapped("OVERVIEW: \(command.overview)")
    for paragraph in command.discussion { text += "\n" + wrapped(paragraph) }
    text += "\nUSAGE: \(usage(of: command))\n"
    if let argument = command.argument {
      text += "\nARGUMENTS:\n" + table([(argument.name, argument.help)])
    }
    return text + "\nOPTIONS:\n" + table(command.allOptions.map { ($0.synopsis, $0.help) })
  }

  /// Returns the help of the tool itself, with a list of its commands.
  static func overview(of commands: [CommandDescription]) -> String {
    """
    OVERVIEW: Finds races in page-migration code by trying every interleaving.

    A model (a .race file) says what tasks and interrupts do, step by step. The
    answer is either that everything holds, with what was explored, or the
    shortest interleaving that breaks something, drawn as a diagram.

    USAGE: pagerace <command> [<options>]

    COMMANDS:
    \(table(commands.map { ($0.name, $0.overview) }))
    OPTIONS:
    \(table([
      ("--version", "Show the version."),
      ("--help", "Show this help; 'pagerace help <command>' shows that of a command."),
    ]))
    EXIT STATUS:
    \(table(ExitStatus.allCases.map { (String($0.rawValue), $0.meaning) }))
    """
  }

  /// Returns the usage line of `command`.
  static func usage(of command: CommandDescription) -> String {
    let argument = command.argument.map { " \($0.synopsis)" } ?? ""
    return "pagerace \(command.name)\(argument) [<options>]"
  }

  private static func wrapped(_ paragraph: String) -> String {
    TextWrapping.lines(of: paragraph, width: width).map { $0 + "\n" }.joined()
  }

  private static func table(_ rows: [(String, String)]) -> String {
    TextWrapping.table(rows, width: width)
  }
}
