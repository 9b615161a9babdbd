/// A format that `--format` names: what it is called, and who renders it.
public struct ReportFormat: Sendable {
  /// What `--format` calls it.
  public let name: String
  /// What it is for, as a phrase for the help.
  public let summary: String
  /// Begins an empty document.
  public let renderer: @Sendable (ReportContext) -> any ReportRenderer

  /// The report for people; what is printed if nothing is said.
  public static let text = ReportFormat("text", "for people") { PlainTextReport($0) }
  /// A page that shows traces step by step.
  public static let html = ReportFormat("html", "a page to step through") { HTMLReport($0) }
  /// The documented JSON, which `--json` is short for.
  public static let json = ReportFormat("json", "for scripts") { JSONReport($0) }

  /// All formats, in the order in which the help lists them.
  ///
  /// A renderer's line here is all that makes it known.
  public static let all: [ReportFormat] = [
    text,
    ReportFormat("changelog", "a part of a commit message") { ChangelogReport($0) },
    ReportFormat("lockdep", "the shape of a kernel splat") { LockdepReport($0) },
    ReportFormat("steps", "every step with all it changes") { StepsReport($0) },
    html,
    json,
    ReportFormat("sarif", "SARIF 2.1.0: annotations of forges") { SARIFReport($0) },
    ReportFormat("junit", "JUnit XML: test results of CI systems") { JUnitReport($0) },
    ReportFormat("mermaid", "a diagram for Markdown") { MermaidReport($0) },
    ReportFormat("dot", "a graph for Graphviz") { DOTReport($0) },
    ReportFormat("itf", "a trace for viewers of TLA+ and Quint") { ITFReport($0) },
    ReportFormat("trace-events", "a trace for Perfetto") { TraceEventReport($0) },
  ]

  /// Returns the format with the given name.
  public static func named(_ name: String) -> ReportFormat? { all.first { $0.name == name } }

  private init(
    _ name: String, _ summary: String,
    _ renderer: @escaping @Sendable (ReportContext) -> any ReportRenderer
  ) {
    self.name = name
    self.summary = summary
    self.renderer = renderer
  }
}
