internal import Machine
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// What `pagerace steps`, `pagerace layout` and `pagerace export` have in common: they look at systems
/// and do not explore them.
struct SystemSelection {
  /// The options that select systems.
  static let options: [OptionDescription] = [.check, .bug, .setting]

  /// The file of the model.
  let path: String
  private let check: String?
  private let bugs: [String]
  private let settings: [String: String]
  private let isSingle: Bool

  /// Takes what it needs from the command line; `isSingle` says that one check has to be selected.
  init(_ arguments: ParsedArguments, isSingle: Bool = false) throws(UsageError) {
    self.isSingle = isSingle
    path = arguments.positionals[0]
    check = arguments["--check"]
    bugs = try arguments.list("--bug")
    settings = try arguments.settings()
  }

  /// Calls `body` for the system of each check that was selected, until one is not to be had.
  func forEach(
    _ console: Console, _ body: (TransitionSystem, _ title: String, SourceCatalog) -> ExitStatus
  ) -> ExitStatus {
    guard let open = OpenModel.open(path, options: settings, console: console),
      !open.complains(aboutCheck: check, console: console),
      !open.complains(aboutBugs: bugs, console: console)
    else { return .rejected }
    let checks = open.checks(named: check, includingLarge: true)
    if isSingle && checks.count > 1 {
      let names = checks.map(\.name).joined(separator: ", ")
      console.complain("'\(path)' has several checks, choose one with --check: \(names)")
      return .rejected
    }
    let bugs = Set(bugs.compactMap { open.program.bug($0)?.id })
    var statuses: [ExitStatus] = []
    // Of several runs of a check, as with several values of an option, the first is looked at.
    for run in checks.compactMap({ $0.runs(with: bugs, settings: settings).first }) {
      let (system, diagnostics) = open.model.system(of: run)
      guard let system else {
        console.show(diagnostics, in: open.model.catalog)
        return .rejected
      }
      statuses.append(body(system, open.model.description(of: run).title, open.model.catalog))
    }
    return .combined(statuses)
  }
}
