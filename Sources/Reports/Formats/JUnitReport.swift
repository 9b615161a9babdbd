internal import Exploration
internal import Machine
internal import SourceText

/// All runs as JUnit XML, which every CI system can show: a suite for each model, a case for each run.
///
/// A failure is a violation that nobody expected, or any other outcome than the expected one; an error is a
/// model that cannot be run, or the checker's own; what a limit has stopped is skipped.
struct JUnitReport: ReportRenderer {
  private struct Suite {
    var path: String
    var cases: [[String]] = []
    var failures = 0
    var errors = 0
    var skipped = 0
    var milliseconds = 0
  }

  private enum Outcome {
    case passed
    case failure(type: String, message: String)
    case error(type: String, message: String)
    case skipped(String)
  }

  private let hasMeasurements: Bool
  private var suites: [Suite] = []

  init(_ context: ReportContext) { hasMeasurements = context.hasMeasurements }

  mutating func add(_ run: ReportedRun) {
    var milliseconds = 0
    if hasMeasurements, case .finished(_, let result) = run.ending {
      milliseconds = Int(result.statistics.elapsed / .milliseconds(1))
    }
    add(
      outcome(of: run), name: run.description.title, model: run.description.model,
      path: run.description.path, details: details(of: run), milliseconds)
  }

  mutating func add(_ model: RejectedModel) {
    let texts = model.diagnostics.map { diagnostic in
      "\(model.catalog.place(of: diagnostic.span)): \(diagnostic.severity.rawValue): "
        + "\(diagnostic.message) [\(diagnostic.rule)]\n"
    }
    add(
      .error(type: "rejected", message: model.reason), name: "the model", model: model.path,
      path: model.path, details: texts.joined(), 0)
  }

  mutating func add(_ problem: StoredProblem) {
    guard let model = problem.model else {
      add(
        .error(type: "stored_counterexample", message: problem.reason), name: "replay",
        model: problem.path, path: problem.path, details: "", 0)
      return
    }
    add(
      .failure(type: "stored_counterexample", message: problem.reason),
      name: "replay: \(problem.title ?? problem.path)", model: model.name, path: model.path,
      details: "\(problem.path): \(problem.reason)\n", 0)
  }

  func render(exitStatus: Int32) -> String {
    let suites = suites.enumerated().flatMap { lines(of: $1, number: $0) }
    return
      (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"] + suites
      + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  // MARK: - Outcomes

  private func outcome(of run: ReportedRun) -> Outcome {
    switch run.ending {
    case .rejected: .error(type: "rejected", message: run.ending.obstacle ?? "")
    case .contradiction(let text): .error(type: "internal-error", message: text)
    case .notRun(let reason): .skipped(reason)
    case .finished(let system, let result): outcome(of: run, system, result)
    }
  }

  private func outcome(
    of run: ReportedRun, _ system: TransitionSystem, _ result: SearchResult
  ) -> Outcome {
    if run.expectation?.isMet == true { return .passed }
    let expected = run.expectation.map { "expected \($0.name), but " } ?? ""
    switch result.verdict {
    case .holds:
      guard let expectation = run.expectation else { return .passed }
      return .failure(type: expectation.name, message: expected + "nothing is violated")
    case .violated(let finding):
      let analysis = TraceAnalysis(finding, in: system)
      let headline = Explanation(analysis, catalog: run.catalog).headline
      return .failure(type: finding.violation, message: expected + headline)
    case .inconclusive(let reason):
      return .skipped("\(VerdictText.stop(reason)), so nothing is proved")
    case .vacuous:
      return .failure(
        type: "vacuous", message: expected + "nothing is violated, and something was never reached")
    }
  }

  private func details(of run: ReportedRun) -> String {
    switch run.ending {
    case .finished(let system, let result):
      TextReport(
        run.description, system: system, result: result, catalog: run.catalog
      ).render()
    case .rejected(let diagnostics):
      diagnostics.map { "\(run.catalog.place(of: $0.span)): \($0.message) [\($0.rule)]\n" }.joined()
    case .contradiction: run.description.command + "\n"
    case .notRun: ""
    }
  }

  // MARK: - Elements

  private mutating func add(
    _ outcome: Outcome, name: String, model: String, path: String, details: String,
    _ milliseconds: Int
  ) {
    let number: Int
    if let known = suites.firstIndex(where: { $0.path == path }) {
      number = known
    } else {
      number = suites.count
      suites.append(Suite(path: path))
    }
    suites[number].milliseconds += milliseconds
    let opening =
      "    <testcase name=\(quoted(name)) classname=\(quoted(model)) time=\(time(milliseconds))"
    let inner: String
    switch outcome {
    case .passed:
      suites[number].cases.append([opening + "/>"])
      return
    case .failure(let type, let message):
      suites[number].failures += 1
      inner = element("failure", type: type, message: message, details)
    case .error(let type, let message):
      suites[number].errors += 1
      inner = element("error", type: type, message: message, details)
    case .skipped(let reason):
      suites[number].skipped += 1
      inner = "<skipped message=\(quoted(reason))/>"
    }
    suites[number].cases.append([opening + ">", "      " + inner, "    </testcase>"])
  }

  private func element(
    _ name: String, type: String, message: String, _ details: String
  ) -> String {
    "<\(name) type=\(quoted(type)) message=\(quoted(message))>\(Escaping.xml(details))</\(name)>"
  }

  /// Returns a suite with all attributes and parts that some reader or schema insists on.
  ///
  /// When and where it ran is not told: equal runs give equal documents.
  private func lines(of suite: Suite, number: Int) -> [String] {
    let name = suite.path.split(separator: "/").last.map(String.init) ?? suite.path
    return [
      "  <testsuite name=\(quoted(name)) package=\(quoted(suite.path)) id=\"\(number)\" "
        + "timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\" tests=\"\(suite.cases.count)\" "
        + "failures=\"\(suite.failures)\" errors=\"\(suite.errors)\" "
        + "skipped=\"\(suite.skipped)\" time=\(time(suite.milliseconds))>",
      "    <properties/>",
    ] + suite.cases.joined() + ["    <system-out/>", "    <system-err/>", "  </testsuite>"]
  }

  private func quoted(_ text: String) -> String {
    "\"\(Escaping.xml(text, isAttribute: true))\""
  }

  private func time(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\"\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)\""
  }
}
