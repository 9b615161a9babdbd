internal import Exploration
internal import Machine
internal import SourceText

/// The violations of all runs as parts of commit messages: what happens, the diagram, why, and how to see it
/// again.
///
/// No line has more than 75 characters, and nothing has to be taken out before it is pasted.
struct ChangelogReport: ReportRenderer {
  private var document = TextDocument()
  private static let width = TextReport.Style.changelogWidth

  init(_ context: ReportContext) {}

  mutating func add(_ run: ReportedRun) {
    if let (system, finding) = run.violation {
      document.add(Self.lines(of: finding, run, system))
    } else {
      document.add(
        Self.wrapped("\(run.description.model): \(run.description.title)") + [""]
          + Self.wrapped(RunEndingText.sentence(of: run) + "."))
    }
  }

  mutating func add(_ model: RejectedModel) { document.add(model) }

  func render(exitStatus: Int32) -> String { document.render() }

  private static func lines(
    of finding: Finding, _ run: ReportedRun, _ system: TransitionSystem
  ) -> [String] {
    let analysis = TraceAnalysis(finding, in: system)
    let explanation = Explanation(analysis, catalog: run.catalog)
    let holdings = Holdings(analysis, catalog: run.catalog)
    let diagram = DiagramRows(analysis)
    let description = run.description
    let movers = system.processes.indices.filter { index in
      diagram.rows.contains { Int($0.process.index) == index }
    }.map { system.processes[$0].name }
    var opening = "In the model \(description.model), check \(description.check)"
    let with = description.bugs + description.options.map { "\($0.name) = \($0.value)" }
    if !with.isEmpty { opening += " with \(Holdings.enumeration(with))" }
    opening +=
      movers.count > 1
      ? ", \(Holdings.enumeration(movers)) can come to this: " : ", this can happen: "
    var lines =
      wrapped("\(description.model): \(finding.violation) in \(description.title)") + [""]
      + wrapped(opening + explanation.headline + ".")
    if !diagram.rows.isEmpty {
      lines += [""] + Diagram(diagram.rows, in: system, width: width).lines()
    }
    let held = holdings.lockSentences.flatMap { wrapped($0) }
    if !held.isEmpty { lines += [""] + held }
    for reason in explanation.reasons {
      lines += [""] + wrapped(capitalized(reason.sentence) + (reason.values.isEmpty ? "." : ":"))
      lines += reason.values.flatMap { value in
        TextWrapping.lines(of: "- \(value)", width: width - 2, indent: 2).map { "  " + $0 }
      }
    }
    for window in explanation.windows { lines += [""] + wrapped(capitalized(window)) }
    if holdings.areReferencesInDoubt {
      for entry in holdings.ledgerLines {
        lines += ["", "References to \(entry.object):"]
        lines += entry.lines.flatMap { line in
          TextWrapping.lines(of: "- \(line)", width: width - 2, indent: 2).map { "  " + $0 }
        }
      }
    }
    lines += [""] + wrapped(VerdictText.length(of: finding))
    return lines + ["", "To see it again:", ""] + command(description.words)
  }

  /// Returns a command in lines that a shell takes as one: no word is cut.
  private static func command(_ words: [String]) -> [String] {
    let lines = TextWrapping.lines(words: words, width: width - 4, indent: 4)
    return lines.enumerated().map { index, line in
      "  " + line + (index < lines.count - 1 ? " \\" : "")
    }
  }

  private static func capitalized(_ text: String) -> String {
    // A name of the model at the beginning keeps its letters.
    guard let first = text.split(separator: " ").first, first.allSatisfy(\.isLetter),
      ["deadlock", "finally", "invariant"].contains(String(first))
    else { return text }
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func wrapped(_ text: String) -> [String] {
    TextWrapping.lines(of: text, width: width)
  }
}
