internal import PageraceKit
internal import Reports
internal import SourceText

/// `pagerace explain`: says more about a rule or a violation.
struct ExplainCommand: Command {
  static let description = CommandDescription(
    name: "explain",
    overview: "Says more about a rule of diagnostics or a built-in violation.",
    argument: .init(
      name: "<rule>", help: "The name in brackets behind a diagnostic, or that of a violation.",
      count: 0...1))

  private let name: String?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    name = arguments.positionals.first
  }

  func run(_ console: Console) -> ExitStatus {
    guard let name else {
      console.print("Rules of diagnostics:\n" + Self.table(of: .rule))
      console.print("\nBuilt-in violations:\n" + Self.table(of: .violation))
      return .holds
    }
    guard let page = RulePage.named(name) else {
      console.complain(
        "there is no rule '\(name)'" + console.hint(name, among: RulePage.all.map(\.name)))
      console.printError("'pagerace explain' lists all rules.\n")
      return .usage
    }
    console.print(Self.text(of: page, console.outputPaint))
    return .holds
  }

  private static func table(of kind: RulePage.Kind) -> String {
    TextWrapping.table(
      RulePage.all.filter { $0.kind == kind }.map { ($0.name, $0.summary) }, width: HelpText.width)
  }

  /// Returns the page as text: paragraphs are wrapped, code is not.
  private static func text(of page: RulePage, _ paint: Paint) -> String {
    var text = paint(page.name, .strong) + "\n\n" + wrapped(page.summary)
    for paragraph in page.text.split(separator: "\n\n", omittingEmptySubsequences: true) {
      text += "\n" + (paragraph.hasPrefix("    ") ? paragraph + "\n" : wrapped(String(paragraph)))
    }
    return text
  }

  private static func wrapped(_ paragraph: String) -> String {
    let words = paragraph.replacing("\n", with: " ")
    return TextWrapping.lines(of: words, width: HelpText.width).map { $0 + "\n" }.joined()
  }
}
