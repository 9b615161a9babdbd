internal import Exploration
internal import Machine
internal import SourceText

/// The part of a page that is about one run.
struct RunSection {
  private let run: RunDescription
  private let number: Int
  private let system: TransitionSystem
  private let result: SearchResult
  private let catalog: SourceCatalog
  private let expectation: String?
  private let context: ReportContext

  init(
    _ run: ReportedRun, number: Int, system: TransitionSystem, result: SearchResult,
    context: ReportContext
  ) {
    self.run = run.description
    self.number = number
    self.system = system
    self.result = result
    self.context = context
    catalog = run.catalog
    expectation = run.expectation?.name
  }

  /// Returns the section; what it shows of the source is put on the shelf.
  func markup(limits: TraceOutlook.Limits, shelf: inout SourceShelf) -> Markup {
    var summary = Markup()
    var body = Markup()
    switch result.verdict {
    case .violated(let finding):
      let analysis = TraceAnalysis(finding, in: system)
      let headline = Explanation(analysis, catalog: catalog).headline
      summary = """
        <p class="headline">\(headline)</p>
        \(explanation(of: finding.violation))<p class="length">\(VerdictText.length(of: finding))</p>

        """
      body = TraceSection(
        analysis, run: number, catalog: catalog, limits: limits, shelf: &shelf
      ).markup()
    case .holds, .inconclusive, .vacuous:
      let sentences = VerdictSentences(result, of: system, catalog: catalog).sentences
      summary = sentences.map { "<p class=\"length\">\($0)</p>\n" as Markup }.joined()
    }
    let mark = VerdictText.mark(of: result.verdict)
    return """
      <article class="run" id="run-\(number)" aria-labelledby="title-\(number)">
      <header class="run-head">
      <h2 id="title-\(number)"><span class="model">\(run.model)</span> \(run.title)</h2>
      <p class="verdict \(Self.tone(of: result.verdict))">\(mark.text)</p>
      \(summary)</header>
      \(body)\(facts)</article>

      """
  }

  /// What the violation means, if every model can have it.
  private func explanation(of violation: String) -> Markup {
    guard let page = context.pages.first(where: { $0.name == violation }) else { return "" }
    return "<p class=\"length\">\(page.summary)</p>\n"
  }

  /// What was checked and how far, and the command that repeats it.
  private var facts: Markup {
    var entries: [(String, Markup)] = [
      ("Model", "<code>\(run.path)</code>"), ("Check", "\(run.check)"),
    ]
    if !run.bugs.isEmpty { entries.append(("Bugs", "\(run.bugs.joined(separator: ", "))")) }
    if !run.options.isEmpty {
      let options = run.options.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
      entries.append(("Options", "\(options)"))
    }
    if let expectation { entries.append(("Expected", "\(expectation)")) }
    let statistics = result.statistics
    entries.append(("States", "\(Self.grouped(statistics.states))"))
    entries.append(("Transitions", "\(Self.grouped(statistics.transitions))"))
    entries.append(("Depth", "\(statistics.depth)"))
    if statistics.frontier > 0 {
      entries.append(("Not looked into", "\(Self.grouped(statistics.frontier))"))
    }
    let judged = VerdictText.judged(system)
    if case .holds = result.verdict {
      // Its sentences name them.
    } else if !judged.isEmpty {
      entries.append(("Properties", "\(judged)"))
    }
    if let coverage { entries.append(("Statements", "\(coverage)")) }
    if context.hasMeasurements {
      entries.append(("Measured", "\(VerdictText.measurements(result))"))
    }
    let list = entries.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as Markup }
    return """
      <section class="facts" aria-labelledby="facts-\(number)">
      <h3 id="facts-\(number)">What was checked</h3>
      <dl>
      \(list)</dl>
      <p class="replay"><span>To repeat it</span><code>\(run.replay)</code>\
      <button type="button" class="copy js">copy</button></p>
      </section>

      """
  }

  /// How much of the model's own file was reached.
  private var coverage: String? {
    let own = system.coverage.indices.filter { system.coverage[$0].file == FileID(0) }
    if own.isEmpty { return nil }
    let reached = own.filter { result.covered.contains($0) }.count
    let until =
      switch result.verdict {
      case .violated: " until it was found"
      case .inconclusive: " so far"
      case .holds, .vacuous: ""
      }
    return "\(reached) of \(own.count) in the model's own file were reached\(until)"
  }

  /// The class that gives a verdict its colour.
  static func tone(of verdict: Verdict) -> String {
    switch verdict {
    case .holds: "good"
    case .violated: "bad"
    case .inconclusive, .vacuous: "doubtful"
    }
  }

  /// Returns a number with thin spaces between groups of three digits.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "\u{202F}" }
      text.append(digit)
    }
    return text
  }
}
