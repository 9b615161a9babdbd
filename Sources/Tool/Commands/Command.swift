/// One thing that the tool can do.
protocol Command {
  /// What its help says.
  static var description: CommandDescription { get }

  /// Takes what it needs from the command line.
  init(_ arguments: ParsedArguments) throws(UsageError)

  /// Does it.
  func run(_ console: Console) -> ExitStatus
}
