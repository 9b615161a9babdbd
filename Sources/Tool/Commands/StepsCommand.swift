internal import Machine
internal import PageraceKit
internal import Reports
internal import SourceText

/// `pagerace steps`: shows which steps the tasks of a check have.
struct StepsCommand: Command {
  static let description = CommandDescription(
    name: "steps",
    overview: "Shows the steps of each task: where others can come in between.",
    discussion: [
      """
      Each line is a point where a task stands, and what it does next in one step. Below it stand \
      the calls around it, the shared locations that it loads and stores, and the points that follow.
      """
    ],
    argument: .init(name: "<file>", help: "A model.", count: 1...1),
    options: SystemSelection.options + [
      .option("--task", "<name>", "Only the task or interrupt of this name.")
    ])

  private let selection: SystemSelection
  private let task: String?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    selection = try SystemSelection(arguments)
    task = arguments["--task"]
  }

  func run(_ console: Console) -> ExitStatus {
    selection.forEach(console) { system, title, catalog in
      let listing = StepListing(system, catalog: catalog)
      let shown = system.processes.filter { process in
        task.map { process.name == $0 || process.name.hasPrefix("\($0)[") } ?? true
      }
      if shown.isEmpty, let task {
        let names = system.processes.map(\.name)
        console.complain("\(title) has no task '\(task)'" + console.hint(task, among: names))
        return .rejected
      }
      console.print(console.outputPaint(VisibleText.of(title), .strong) + "\n")
      console.print("\n" + listing.render(shown) + "\n")
      return .holds
    }
  }
}
