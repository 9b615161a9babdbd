internal import PageraceKit
internal import Reports

/// `pagerace layout`: shows how the state of a check is packed into bits.
struct LayoutCommand: Command {
  static let description = CommandDescription(
    name: "layout",
    overview: "Shows how a state is packed: words, bits, and what each variable is.",
    argument: .init(name: "<file>", help: "A model.", count: 1...1),
    options: SystemSelection.options)

  private let selection: SystemSelection

  init(_ arguments: ParsedArguments) throws(UsageError) {
    selection = try SystemSelection(arguments)
  }

  func run(_ console: Console) -> ExitStatus {
    selection.forEach(console) { system, _, _ in
      console.print(LayoutListing(system).render())
      return .holds
    }
  }
}
