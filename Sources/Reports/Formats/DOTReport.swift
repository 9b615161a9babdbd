internal import Exploration
internal import Machine

/// Counterexamples as graphs for Graphviz: the states of the trace with the steps between them, and
/// around them what else could have happened.
struct DOTReport: ReportRenderer {
  /// The most states of a trace that are drawn; the end is what matters.
  static let longestTrace = 100
  /// The most steps beside the trace that are drawn.
  static let mostAlternatives = 200
  /// The most characters in a line of a label.
  private static let labelWidth = 48

  private var lines: [String] = []
  private var runs = 0

  init(_ context: ReportContext) {}

  mutating func add(_ run: ReportedRun) {
    runs += 1
    let title = "\(run.description.model) \u{B7} \(run.description.title): \(run.verdictWord)"
    lines.append("  subgraph cluster_\(runs) {")
    if let (system, finding) = run.violation {
      let analysis = TraceAnalysis(finding, in: system)
      let headline = Explanation(analysis, catalog: run.catalog).headline
      lines += graph(analysis, title: "\(title)\n\(headline)").map { "    " + $0 }
    } else {
      lines.append("    label=\(quoted(title))")
      lines.append("    r\(runs) [shape=point, style=invis]")
    }
    lines.append("  }")
  }

  mutating func add(_ model: RejectedModel) {
    runs += 1
    lines.append("  r\(runs) [shape=box, label=\(quoted("\(model.path)\n\(model.reason)"))]")
  }

  func render(exitStatus: Int32) -> String {
    let settings = [
      "graph [fontname=\"sans-serif\", labelloc=t, rankdir=TB]",
      "node [fontname=\"monospace\", fontsize=10, shape=circle]",
      "edge [fontname=\"monospace\", fontsize=10]",
    ]
    return (["digraph pagerace {"] + settings.map { "  " + $0 } + lines + ["}"])
      .joined(separator: "\n") + "\n"
  }

  /// Returns what stands in the cluster of one run.
  private func graph(_ analysis: TraceAnalysis, title: String) -> [String] {
    let count = analysis.records.count
    let first = max(0, count + 1 - Self.longestTrace)
    let neighbourhood = Neighbourhood(analysis, from: first, limit: Self.mostAlternatives)
    var cuts: [String] = []
    if first > 0 { cuts.append("the first \(VerdictText.count(first, "state")) left out") }
    if neighbourhood.isCut {
      let shown = neighbourhood.alternatives.reduce(0) { $0 + $1.count }
      cuts.append("of the steps beside it only \(shown) are shown")
    }
    var lines = ["label=\(quoted(([title] + cuts).joined(separator: "\n")))"]
    for number in first...count {
      var attributes = "label=\"\(number)\""
      if number == count {
        attributes +=
          ", shape=doublecircle, color=red, xlabel=\(quoted(analysis.finding.violation))"
      }
      lines.append("\(node(number)) [\(attributes)]")
    }
    for (index, record) in analysis.records.enumerated() where index >= first {
      lines.append("\(node(index)) -> \(node(index + 1)) [\(edge(record, index + 1, analysis))]")
    }
    return lines + beside(neighbourhood, first: first, analysis)
  }

  /// Returns the steps that were not taken, with the states that they lead to.
  private func beside(
    _ neighbourhood: Neighbourhood, first: Int, _ analysis: TraceAnalysis
  ) -> [String] {
    var lines: [String] = []
    var others: [[Int64]: String] = [:]
    var failures: [String: String] = [:]
    for (index, own) in neighbourhood.alternatives.enumerated() {
      let number = first + index
      for alternative in own {
        let target: String
        switch alternative.destination {
        case .onTrace(let state) where state >= first: target = node(state)
        case .onTrace: continue
        case .elsewhere(let values):
          if let known = others[values] {
            target = known
          } else {
            target = "o\(runs)_\(others.count)"
            others[values] = target
            lines.append("\(target) [shape=point, color=gray60]")
          }
        case .failure(let violation):
          if let known = failures[violation] {
            target = known
          } else {
            target = "f\(runs)_\(failures.count)"
            failures[violation] = target
            lines.append("\(target) [shape=box, color=red, label=\(quoted(violation))]")
          }
        }
        let text = "\(analysis.system[alternative.process].name): \(alternative.text)"
        lines.append(
          "\(node(number)) -> \(target) [style=dashed, color=gray60, fontcolor=gray40, "
            + "label=\(wrapped([text]))]")
      }
    }
    return lines
  }

  private func edge(
    _ record: TraceAnalysis.Record, _ number: Int, _ analysis: TraceAnalysis
  ) -> String {
    let changes = StateChanges.telling(from: record.before, to: record.after, in: analysis)
    let text = "\(analysis.system[record.process].name): \(analysis.text(ofStep: number))"
    return "penwidth=2, weight=10, label=\(wrapped([text] + changes.map { "  " + $0.text }))"
  }

  private func node(_ number: Int) -> String { "s\(runs)_\(number)" }

  /// Returns a label of several lines that begin at the left; long ones are cut.
  private func wrapped(_ lines: [String]) -> String {
    let cut = lines.flatMap { line in
      let margin = String(line.prefix { $0 == " " })
      return TextWrapping.lines(of: line, width: Self.labelWidth, indent: 4).map { margin + $0 }
    }
    return "\"\(cut.map { Escaping.dot($0) + "\\l" }.joined())\""
  }

  private func quoted(_ text: String) -> String { "\"\(Escaping.dot(text))\"" }
}
