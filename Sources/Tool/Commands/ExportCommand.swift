internal import PageraceKit
internal import SourceText

/// `pagerace export`: writes a check in the language of another checker.
struct ExportCommand: Command {
  static let description = CommandDescription(
    name: "export",
    overview: "Writes a check as a model for another checker.",
    discussion: [
      """
      --promela writes a model for SPIN, whose unreduced search has the same states and transitions. \
      The comment at its beginning says how to run it. 'pagerace crosscheck' runs it and compares.
      """
    ],
    argument: .init(name: "<file>", help: "A model.", count: 1...1),
    options: [.flag("--promela", "Write Promela, the language of SPIN.")]
      + SystemSelection.options + [
        .option("--output", "<file>", "Write to this file instead of standard output.")
      ])

  private let selection: SystemSelection
  private let output: String?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    guard arguments.has("--promela") else { throw .missingArgument("--promela") }
    selection = try SystemSelection(arguments, isSingle: true)
    output = arguments["--output"]
  }

  func run(_ console: Console) -> ExitStatus {
    if let output, !console.canWrite(to: output, sparing: [selection.path]) { return .rejected }
    return selection.forEach(console) { system, title, catalog in
      let file = catalog.files.first?.path.split(separator: "/").last ?? ""
      switch PromelaExport(system, title: "\(file): \(title)", catalog: catalog) {
      case .impossible(let reason):
        console.complain("\(title) cannot be written in Promela: \(reason)")
        return .rejected
      case .text(let text):
        return write(text, console)
      }
    }
  }

  private func write(_ text: String, _ console: Console) -> ExitStatus {
    guard let output else {
      console.print(text)
      return .holds
    }
    do {
      try FileAccess.write(text, to: output)
      return .holds
    } catch {
      console.complain(error.description)
      return error.status
    }
  }
}
