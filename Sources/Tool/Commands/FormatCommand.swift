internal import PageraceKit
internal import SourceText

/// `pagerace format`: gives models the standard layout.
struct FormatCommand: Command {
  static let description = CommandDescription(
    name: "format",
    overview: "Gives models the standard layout, in place.",
    discussion: [
      """
      A model with errors is left alone. Folders stand for all .race files below them; '-' formats \
      standard input to standard output.
      """
    ],
    argument: .init(
      name: "<file>", help: "A model, a folder with models, or '-'.", count: 1...Int.max),
    options: [
      .flag("--check", "Change nothing; list the models that are not formatted and exit with 1.")
    ])

  private let paths: [String]
  private let onlyChecks: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals
    onlyChecks = arguments.has("--check")
    if paths.contains("-"), paths.count > 1 {
      throw .unexpectedArgument(paths.first { $0 != "-" } ?? "-")
    }
  }

  func run(_ console: Console) -> ExitStatus {
    do {
      if paths == ["-"] {
        let bytes = try FileAccess.readStandardInput()
        return format(SourceFile(path: "<stdin>", bytes: bytes), nil, console)
      }
      var statuses: [ExitStatus] = []
      for path in try FileAccess.models(in: paths) {
        let file = SourceFile(path: path, bytes: try FileAccess.read(path))
        statuses.append(format(file, path, console))
      }
      return .combined(statuses)
    } catch {
      console.complain(error.description)
      return error.status
    }
  }

  /// Formats one file, or standard input if there is no path.
  private func format(_ file: SourceFile, _ path: String?, _ console: Console) -> ExitStatus {
    switch Formatting(file) {
    case .unchanged:
      if path == nil && !onlyChecks { console.print(String(decoding: file.bytes, as: UTF8.self)) }
      return .holds
    case .changed(let text):
      if onlyChecks {
        console.print(file.path + "\n")
        return .violated
      }
      guard let path else {
        console.print(text)
        return .holds
      }
      return replace(path, with: text, console)
    case .rejected(let errors, let catalog):
      console.show(errors, in: catalog)
      return .rejected
    case .broken:
      console.complain("internal error: formatting would break '\(file.path)'; please report it")
      return .internalError
    }
  }

  private func replace(_ path: String, with text: String, _ console: Console) -> ExitStatus {
    do {
      try FileAccess.replace(path, with: text)
      return .holds
    } catch {
      console.complain(error.description)
      return error.status
    }
  }
}
