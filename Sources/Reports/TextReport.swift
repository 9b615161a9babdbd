public import Exploration
public import Machine
public import SourceText

/// The report of one run, for people.
public struct TextReport {
  /// How a report looks.
  public struct Style: Sendable {
    /// The widest line.
    public var width: Int
    /// Whether the whole state is shown after each step, and no step is left out.
    public var showsStates: Bool
    /// Whether time, speed and memory are shown, which differ from run to run.
    public var showsMeasurements: Bool
    /// The colours.
    public var paint: Paint

    /// The width below which lines are cut nowhere more.
    private static let narrowest = 50

    /// The width of a diagram in a changelog.
    public static let changelogWidth = 75

    /// Creates a style.
    public init(
      width: Int = Style.changelogWidth, showsStates: Bool = false, showsMeasurements: Bool = false,
      paint: Paint = .plain
    ) {
      self.width = min(max(width, Style.narrowest), Self.changelogWidth)
      self.showsStates = showsStates
      self.showsMeasurements = showsMeasurements
      self.paint = paint
    }
  }

  private let run: RunDescription
  private let system: TransitionSystem
  private let result: SearchResult
  private let catalog: SourceCatalog
  private let style: Style

  /// Creates the report of a run that ended with `result`.
  public init(
    _ run: RunDescription, system: TransitionSystem, result: SearchResult, catalog: SourceCatalog,
    style: Style = Style()
  ) {
    self.run = run
    self.system = system
    self.result = result
    self.catalog = catalog
    self.style = style
  }

  /// Returns the report; it ends with a newline.
  public func render() -> String { lines.map { $0 + "\n" }.joined() }

  /// The lines of the report.
  ///
  /// They may have colours, but nothing else that a terminal would obey: texts and names of a model could.
  var lines: [String] {
    var lines: [String] = []
    if case .violated(let finding) = result.verdict {
      lines += report(finding)
    } else {
      lines += VerdictSentences(result, of: system, catalog: catalog).sentences.flatMap(wrapped)
    }
    if style.showsMeasurements {
      lines += [VerdictText.measurements(result)].map(indented)
    }
    return header + lines.map { Escaping.visible($0) }
  }

  /// The model and the check on the left, the verdict on the right.
  private var header: [String] {
    let left = Escaping.visible("\(run.model) \u{B7} \(run.title)")
    let verdict = VerdictText.mark(of: result.verdict)
    let mark = Escaping.visible(verdict.text)
    let space = style.width - left.count - mark.count
    let right = style.paint(mark, verdict.style)
    if space >= 2 {
      return [style.paint(left, .strong) + String(repeating: " ", count: space) + right]
    }
    let lines = TextWrapping.lines(of: left, width: style.width, indent: 2)
    return lines.map { style.paint($0, .strong) }
      + [String(repeating: " ", count: max(2, style.width - mark.count)) + right]
  }

  // MARK: Violations

  private func report(_ finding: Finding) -> [String] {
    let analysis = TraceAnalysis(finding, in: system)
    let explanation = Explanation(analysis, catalog: catalog)
    let holdings = Holdings(analysis, catalog: catalog)
    var lines = TextWrapping.lines(of: explanation.headline, width: style.width, indent: 2)
    let diagram = DiagramRows(analysis, isComplete: style.showsStates)
    if !diagram.rows.isEmpty {
      lines += [""] + Diagram(diagram.rows, in: system, width: style.width).lines() + [""]
    }
    lines += bystanders(diagram.bystanders)
    lines += holdings.lockSentences.flatMap(wrapped)
    lines += reasons(explanation)
    lines += explanation.windows.flatMap { window in
      TextWrapping.lines(of: "Window: \(window)", width: style.width - 2, indent: 5).map(indented)
    }
    if holdings.areReferencesInDoubt { lines += ledger(holdings) }
    lines += wrapped(VerdictText.length(of: finding))
    if style.showsStates { lines += StateListing(analysis).lines(width: style.width) }
    lines.append(indented("replay:  \(run.replay)"))
    return lines
  }

  private func reasons(_ explanation: Explanation) -> [String] {
    explanation.reasons.enumerated().flatMap { number, reason in
      TextWrapping.lines(
        of: (number == 0 ? "Why: " : "and: ") + reason.sentence, width: style.width - 2, indent: 5
      ).map(indented)
        + reason.values.flatMap { value in
          TextWrapping.lines(of: value, width: style.width - 7, indent: 2).map { "       " + $0 }
        }
    }
  }

  private func ledger(_ holdings: Holdings) -> [String] {
    holdings.ledgerLines.flatMap { entry in
      [indented("References to \(entry.object):")]
        + entry.lines.flatMap { line in
          TextWrapping.lines(of: line, width: style.width - 7, indent: 2).map { "       " + $0 }
        }
    }
  }

  /// Says who has no column although it moves.
  private func bystanders(_ processes: [ProcessID]) -> [String] {
    if processes.isEmpty { return [] }
    let names = Holdings.enumeration(processes.map { system[$0].name })
    return wrapped(
      "\(names) \(processes.count == 1 ? "takes" : "take") steps too, but no value above comes from them."
    )
  }

  private func wrapped(_ text: String) -> [String] {
    TextWrapping.lines(of: text, width: style.width - 2).map(indented)
  }

  private func indented(_ line: String) -> String { "  " + line }
}
