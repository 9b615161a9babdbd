/// Texts for people, one for each run, with an empty line between them.
///
/// Whatever is added, nothing in it that cannot be seen stays as it is: a name or a path could hold commands
/// for the terminal.
struct TextDocument {
  private var texts: [String] = []

  /// Adds the lines of a text.
  mutating func add(_ lines: [String]) {
    texts.append(lines.map { Escaping.visible($0) + "\n" }.joined())
  }

  /// Adds a model of which nothing could be run.
  mutating func add(_ model: RejectedModel) {
    add([model.path] + Self.sentence(model.reason))
  }

  /// Adds a run that has no trace to show.
  mutating func add(verdictOf run: ReportedRun, mark: [String] = []) {
    let title = "\(run.description.model) \u{B7} \(run.description.title)"
    add(mark + [title] + Self.sentence(RunEndingText.sentence(of: run)))
  }

  private static func sentence(_ text: String) -> [String] {
    TextWrapping.lines(of: text, width: TextReport.Style.changelogWidth - 2).map { "  " + $0 }
  }

  /// Returns all texts.
  func render() -> String {
    texts.isEmpty ? "nothing was run\n" : texts.joined(separator: "\n")
  }
}
