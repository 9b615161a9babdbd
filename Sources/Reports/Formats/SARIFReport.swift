internal import Exploration
internal import Machine
internal import SourceText

/// All violations as SARIF 2.1.0, which forges show at the lines of the model.
///
/// In a comparison with what the model expects only the outcomes that differ are results: a violation that is
/// expected is no news.
struct SARIFReport: ReportRenderer {
  static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  private let context: ReportContext
  private var artifacts: SARIFArtifacts
  private var rules: [(id: String, rule: JSONValue)] = []
  private var results: [JSONValue] = []
  private var notifications: [JSONValue] = []

  init(_ context: ReportContext) {
    self.context = context
    artifacts = SARIFArtifacts(folder: context.folder)
  }

  mutating func add(_ run: ReportedRun) {
    artifacts.add(run.description.path)
    switch run.ending {
    case .finished(let system, let result):
      if run.expectation?.isMet == true { return }
      add(run, system, result)
    case .rejected(let diagnostics):
      let title = "\(run.description.model) \u{B7} \(run.description.title)"
      for diagnostic in diagnostics { notify(diagnostic, in: run.catalog, about: title) }
    case .contradiction: notify("error", run, run.ending.obstacle ?? "")
    case .notRun: notify("warning", run, run.ending.obstacle ?? "")
    }
  }

  mutating func add(_ model: RejectedModel) {
    artifacts.add(model.path)
    if model.diagnostics.isEmpty {
      notifications.append([
        "level": "error", "message": SARIFText.message("\(model.path): \(model.reason)"),
      ])
    }
    for diagnostic in model.diagnostics { notify(diagnostic, in: model.catalog, about: nil) }
  }

  mutating func add(_ problem: StoredProblem) {
    let rule = "stored_counterexample"
    let index = index(
      of: rule, summary: "A stored counterexample does not fail any more as it did.",
      text: "The bug was mended, or shows otherwise, or the model has changed: record it again.",
      level: "error")
    let title = problem.title.map { "\(problem.model?.name ?? problem.path) \u{B7} \($0)" }
    // Where no row asks for it, its own file is the place.
    let location =
      problem.row.map { artifacts.location($0, in: problem.catalog) }
      ?? artifacts.location(ofFile: problem.path)
    results.append([
      "ruleId": .string(rule), "ruleIndex": .integer(index), "level": "error", "kind": "fail",
      "message": SARIFText.message(
        "\(title ?? problem.path): \(problem.reason)\nstored: \(problem.path)"),
      "partialFingerprints": ["pageraceStored/v1": .string(problem.path)],
      "locations": [location],
    ])
  }

  // MARK: - Results

  private mutating func add(
    _ run: ReportedRun, _ system: TransitionSystem, _ result: SearchResult
  ) {
    let expected = run.expectation.map { "expected \($0.name), but " } ?? ""
    switch result.verdict {
    case .violated(let finding): add(finding, of: run, system, prefix: expected)
    case .inconclusive(let reason):
      notify("warning", run, "\(VerdictText.stop(reason)), so nothing is proved")
    case .holds:
      guard let expectation = run.expectation else { return }
      add(
        Outcome(
          id: "unexpected_pass", summary: "A violation that the model expects was not found.",
          level: "error", text: "expected \(expectation.name), but nothing is violated"),
        of: run, at: run.row)
    case .vacuous(let unreached, let unjudged):
      let ids = unreached + unjudged
      let names = ids.map { "\(system[$0].kind.rawValue) '\(system[$0].name)'" }
      add(
        Outcome(
          id: "vacuous", summary: "A check holds, but proves less than it says.",
          level: "warning",
          text: expected + "nothing is violated, and these were never reached or judged: "
            + names.joined(separator: ", ")),
        of: run, at: ids.first.map { system[$0].span } ?? run.row)
    }
  }

  /// What came of a run: a rule that it breaks, what the rule is about, how bad that is, and what happened.
  private struct Outcome {
    var id: String
    var summary: String
    var level: String
    var text: String
  }

  private mutating func add(_ outcome: Outcome, of run: ReportedRun, at span: SourceSpan?) {
    let index = index(of: outcome.id, summary: outcome.summary, text: "", level: outcome.level)
    var result = result(outcome, index, run)
    result.set("locations", span.map { [artifacts.location($0, in: run.catalog)] })
    results.append(.object(result))
  }

  private func result(
    _ outcome: Outcome, _ index: Int, _ run: ReportedRun
  ) -> [String: JSONValue] {
    let description = run.description
    let title = "\(description.model) \u{B7} \(description.title)"
    return [
      "ruleId": .string(outcome.id), "ruleIndex": .integer(index),
      "level": .string(outcome.level), "kind": "fail",
      "message": SARIFText.message(
        "\(title): \(outcome.text)\nreplay: \(description.command)"),
      "partialFingerprints": [
        "pageraceRun/v1": .string("\(description.path) \(description.title) \(outcome.id)")
      ],
    ]
  }

  private mutating func add(
    _ finding: Finding, of run: ReportedRun, _ system: TransitionSystem, prefix: String
  ) {
    let analysis = TraceAnalysis(finding, in: system)
    let explanation = Explanation(analysis, catalog: run.catalog)
    let index = index(of: finding, in: system)
    let why = explanation.reasons.map { reason in
      ([reason.sentence] + reason.values).filter { !$0.isEmpty }.joined(separator: "; ")
    }.filter { !$0.isEmpty }
    let text =
      prefix + explanation.headline
      + (why.isEmpty ? "" : "\nWhy: " + why.joined(separator: "\nand: "))
      + "\n" + VerdictText.length(of: finding)
    let outcome = Outcome(id: finding.violation, summary: "", level: "error", text: text)
    var result = result(outcome, index, run)
    let span = analysis.violationSpan ?? run.row
    result.set("locations", span.map { [artifacts.location($0, in: run.catalog)] })
    result["properties"] = [
      "check": .string(run.description.check),
      "bugs": .array(run.description.bugs.map { .string($0) }),
      "steps": .integer(analysis.records.count), "preemptions": .integer(finding.preemptions),
      "isShortest": .boolean(finding.isShortest),
    ]
    let flows = SARIFThreadFlows(analysis, run.catalog).flows(&artifacts)
    if !flows.isEmpty {
      result["codeFlows"] = [
        [
          "message": SARIFText.message(VerdictText.length(of: finding)),
          "threadFlows": .array(flows),
        ]
      ]
    }
    results.append(.object(result))
  }

  // MARK: - Rules

  private mutating func index(of finding: Finding, in system: TransitionSystem) -> Int {
    if let page = context.pages.first(where: { $0.name == finding.violation }) {
      return index(of: page.name, summary: page.summary, text: page.text, level: "error")
    }
    let summary =
      switch finding.cause {
      case .failure(let id, _): system[id].message
      case .property(let id), .propertyFailure(let id, _, _):
        "The \(system[id].kind.rawValue) '\(system[id].name)' of the model is false."
      case .deadlock: "deadlock"
      }
    return index(
      of: finding.violation, summary: summary.isEmpty ? finding.violation : summary,
      text: "The model itself says what this violation is.", level: "error")
  }

  private mutating func index(
    of id: String, summary: String, text: String, level: String
  ) -> Int {
    if let known = rules.firstIndex(where: { $0.id == id }) { return known }
    let help = text.isEmpty ? summary : "\(summary)\n\n\(text)"
    rules.append(
      (
        id,
        [
          "id": .string(id), "shortDescription": SARIFText.message(summary),
          "fullDescription": SARIFText.message(help), "help": SARIFText.message(help),
          "defaultConfiguration": ["level": .string(level)],
        ]
      ))
    return rules.count - 1
  }

  // MARK: - Notifications

  private mutating func notify(
    _ diagnostic: Diagnostic, in catalog: SourceCatalog, about title: String?
  ) {
    let text = "\(diagnostic.message) [\(diagnostic.rule)]"
    notifications.append([
      "level": .string(diagnostic.severity == .error ? "error" : "warning"),
      "descriptor": ["id": .string(diagnostic.rule)],
      "message": SARIFText.message(title.map { "\($0): \(text)" } ?? text),
      "locations": [artifacts.location(diagnostic.span, in: catalog)],
    ])
  }

  private mutating func notify(_ level: String, _ run: ReportedRun, _ text: String) {
    var notification: [String: JSONValue] = [
      "level": .string(level),
      "message": SARIFText.message(
        "\(run.description.model) \u{B7} \(run.description.title): \(text)"),
    ]
    notification.set("locations", run.row.map { [artifacts.location($0, in: run.catalog)] })
    notifications.append(.object(notification))
  }

  func render(exitStatus: Int32) -> String {
    var invocation: [String: JSONValue] = [
      "executionSuccessful": .boolean(![2, 70].contains(exitStatus)),
      "exitCode": .integer(Int(exitStatus)),
    ]
    if !notifications.isEmpty { invocation["toolExecutionNotifications"] = .array(notifications) }
    let document: JSONValue = [
      "$schema": .string(Self.schema), "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "pagerace", "version": .string(context.toolVersion),
              "semanticVersion": .string(context.toolVersion),
              "rules": .array(rules.map(\.rule)),
            ]
          ],
          "columnKind": "utf16CodeUnits",
          "originalUriBaseIds": [
            "SRCROOT": ["description": ["text": "The folder in which pagerace was run."]]
          ],
          "artifacts": .array(artifacts.all), "invocations": [.object(invocation)],
          "results": .array(results),
        ]
      ],
    ]
    return JSONText.render(document) + "\n"
  }
}
