internal import Exploration
internal import Machine

/// A counterexample as a Mermaid sequence diagram, as forges draw it in Markdown.
///
/// A Mermaid file holds one diagram: the first counterexample has it.
struct MermaidReport: ReportRenderer {
  /// The most lines of the diagram that are drawn; the end is what matters.
  static let longest = 60
  /// The most characters in a line of a note, which Mermaid does not wrap by itself.
  private static let noteWidth = 64

  private var diagram: [String]?
  private var verdicts: [String] = []
  private var leftOut: [String] = []

  init(_ context: ReportContext) {}

  mutating func add(_ run: ReportedRun) {
    guard let (system, finding) = run.violation else {
      verdicts.append(
        "\(run.description.model) \u{B7} \(run.description.title): \(run.verdictWord)")
      return
    }
    if diagram == nil {
      diagram = Self.lines(of: finding, in: system, run)
    } else {
      leftOut.append(run.description.title)
    }
  }

  mutating func add(_ model: RejectedModel) {
    verdicts.append("\(model.path): not run")
  }

  var omissions: [String] {
    leftOut.map { "a file holds one counterexample; that of '\($0)' is left out" }
  }

  func render(exitStatus: Int32) -> String {
    let comments = leftOut.map { "%% left out: \(Escaping.visible($0))" }
    let body =
      diagram ?? ["participant p as pagerace"]
      + (verdicts.isEmpty ? ["nothing was run"] : verdicts).map {
        "Note over p: \(Escaping.mermaid($0))"
      }
    let lines = ["sequenceDiagram"] + (comments + body).map { "    " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(
    of finding: Finding, in system: TransitionSystem, _ run: ReportedRun
  ) -> [String] {
    let analysis = TraceAnalysis(finding, in: system)
    let explanation = Explanation(analysis, catalog: run.catalog)
    var rows = DiagramRows(analysis).rows
    let present = Set(rows.map(\.process.index))
    let processes = system.processes.indices.filter { present.contains(UInt32($0)) }
    var lines = [
      "title "
        + Escaping.mermaid(
          "\(run.description.model) \u{B7} \(run.description.title): \(finding.violation)")
    ]
    lines += processes.map { index in
      let header = Diagram.header(of: system.processes[index], in: system)
      return "participant p\(index) as \(Escaping.mermaid(header))"
    }
    guard let first = processes.first, let last = processes.last else {
      return lines + ["participant p as pagerace"]
        + [note(over: "p", explanation.headline), note(over: "p", "it is so from the start")]
    }
    let all = first == last ? "p\(first)" : "p\(first),p\(last)"
    if rows.count > longest {
      let count = rows.count - longest
      rows.removeFirst(count)
      lines.append(note(over: all, "the first \(VerdictText.count(count, "line")) left out"))
    }
    for row in rows {
      var texts = [row.text] + row.changes
      if let arrow = row.arrow { texts.append("<- \(arrow)") }
      lines.append(note(over: "p\(row.process.index)", texts))
    }
    lines.append(note(over: all, explanation.headline))
    lines.append(note(over: all, VerdictText.length(of: finding)))
    return lines
  }

  private static func note(over participants: String, _ text: String) -> String {
    note(over: participants, [text])
  }

  private static func note(over participants: String, _ texts: [String]) -> String {
    let lines = texts.flatMap { TextWrapping.lines(of: $0, width: noteWidth) }
    return "Note over \(participants): \(lines.map(Escaping.mermaid).joined(separator: "<br/>"))"
  }
}
