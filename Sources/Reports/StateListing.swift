internal import Exploration
internal import Machine

/// The whole states of a trace, one after the other.
struct StateListing {
  private let analysis: TraceAnalysis

  init(_ analysis: TraceAnalysis) { self.analysis = analysis }

  private var system: TransitionSystem { analysis.system }

  /// Returns the initial state and the state after each step.
  func lines(width: Int) -> [String] {
    var lines = [""] + state(analysis.finding.trace.initialValues, title: "At the start", width)
    for (index, record) in analysis.records.enumerated() {
      let process = system[record.process].name
      let title = "After step \(index + 1), \(process): \(analysis.text(ofStep: index + 1))"
      lines += [""] + state(record.after, title: title, width)
    }
    return lines + [""]
  }

  private func state(_ values: [Int64], title: String, _ width: Int) -> [String] {
    var lines = TextWrapping.lines(of: title, width: width - 2, indent: 2).map { "  " + $0 }
    for (owner, fields) in StateText.groups(of: values, in: analysis) {
      let text = fields.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      lines += TextWrapping.lines(of: "\(owner): \(text)", width: width - 4, indent: 4)
        .map { "    " + $0 }
    }
    return lines
  }
}
