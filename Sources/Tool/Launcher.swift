internal import PageraceKit
internal import SourceText

/// Where a command line becomes a command.
public enum Launcher {
  /// The commands, in the order in which the help lists them.
  static let commands: [any (Command & SendableMetatype).Type] = [
    CheckCommand.self, TestCommand.self, ReplayCommand.self, StepsCommand.self, LayoutCommand.self,
    CrosscheckCommand.self, ExportCommand.self, ExplainCommand.self, FormatCommand.self,
    CatalogueCommand.self, BenchCommand.self,
  ]

  /// Does what `arguments` say (the name of the program left out) and returns the exit status.
  public static func run(_ arguments: [String]) -> ExitStatus {
    run(arguments, Surroundings.current())
  }

  private static func run(_ arguments: [String], _ surroundings: Surroundings) -> ExitStatus {
    let plain = Console(surroundings)
    guard let name = arguments.first else {
      plain.printError(HelpText.overview(of: commands.map { $0.description }))
      return .usage
    }
    switch name {
    case "--help", "-h":
      return finish(.holds, plain, HelpText.overview(of: commands.map { $0.description }))
    case "--version":
      return finish(.holds, plain, "pagerace \(Version.tool)\n")
    case "help":
      return help(arguments.dropFirst(), plain)
    default:
      return runCommand(name, arguments.dropFirst(), surroundings, plain)
    }
  }

  private static func runCommand(
    _ name: String, _ words: ArraySlice<String>, _ surroundings: Surroundings, _ plain: Console
  ) -> ExitStatus {
    guard let type = commands.first(where: { $0.description.name == name }) else {
      return unknown(name, plain)
    }
    do throws(UsageError) {
      let arguments = try ParsedArguments(words, for: type.description)
      let console = Console(
        surroundings, colour: try arguments.choice("--color", of: ["auto", "always", "never"]),
        diagnostics: try arguments.choice("--diagnostics", of: ["text", "json"]))
      if arguments.wantsHelp {
        return finish(.holds, console, HelpText.page(for: type.description))
      }
      let command = try type.init(arguments)
      Interruption.watch()
      return finish(command.run(console), console)
    } catch {
      plain.complain(error.message)
      plain.printError(
        "usage: \(HelpText.usage(of: type.description))\n"
          + "See 'pagerace \(name) --help' for more.\n")
      return .usage
    }
  }

  private static func help(_ words: ArraySlice<String>, _ console: Console) -> ExitStatus {
    guard let name = words.first else {
      return finish(.holds, console, HelpText.overview(of: commands.map { $0.description }))
    }
    guard let type = commands.first(where: { $0.description.name == name }) else {
      return unknown(name, console)
    }
    return finish(.holds, console, HelpText.page(for: type.description))
  }

  private static func unknown(_ name: String, _ console: Console) -> ExitStatus {
    let names = commands.map { $0.description.name }
    let error: UsageError =
      name.hasPrefix("-")
      ? .unknownOption(
        name, nearest: Spelling.nearest(to: name, among: ["--help", "--version"]))
      : .unknownCommand(name, nearest: Spelling.nearest(to: name, among: names + ["help"]))
    console.complain(error.message)
    console.printError(
      "usage: pagerace <command> [<options>]\nSee 'pagerace --help' for the commands.\n")
    return .usage
  }

  /// Prints `text` and sees to it that a result which nobody could read is no success.
  private static func finish(
    _ status: ExitStatus, _ console: Console, _ text: String = ""
  ) -> ExitStatus {
    if !text.isEmpty { console.print(text) }
    guard let reason = console.outputFailure else { return status }
    console.complain("cannot write to standard output: \(reason)")
    return .internalError
  }
}
