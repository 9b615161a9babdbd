import Exploration
import Machine
import Reports
import SourceText
import TestSupport
import Testing

/// The reports of a model that is given as text, for what only the language can make.
struct ModelReport {
  private let run: ReportedRun

  /// Searches the first check of a model; `path` is what the description says of its file.
  init(_ source: String, path: String = "m.race", title: String = "m") throws {
    let runner = try #require(ModelRunner(source))
    self.init(runner.system, try runner.search(), runner.catalog, path: path, title: title)
  }

  /// Searches a script.
  init(_ script: ScriptedSystem, path: String = "m.race", title: String = "m") throws {
    let system = script.build()
    self.init(
      system, try Search(system).run(), script.catalog, path: path, title: title)
  }

  private init(
    _ system: TransitionSystem, _ result: SearchResult, _ catalog: SourceCatalog, path: String,
    title: String
  ) {
    run = ReportedRun(
      RunDescription(model: title, path: path, check: system.name),
      ending: .finished(system, result), catalog: catalog)
  }

  /// Returns the report in a format.
  func text(_ format: String = "text") throws -> String {
    var renderer = try #require(ReportFormat.named(format))
      .renderer(ReportContext(command: "check", toolVersion: "0.0.0"))
    renderer.add(run)
    return renderer.render(exitStatus: 1)
  }

  /// Returns the lines of the report in a format.
  func lines(_ format: String = "text") throws -> [String] {
    try text(format).split(separator: "\n").map(String.init)
  }
}
