internal import Exploration
internal import Machine
internal import SourceText

/// The part of a page that shows one trace: why, the diagram, and what is beside it step for step.
struct TraceSection {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog
  private let run: Int
  private let record: PlayerRecord
  private let diagrams: [Markup]
  private let columns: [ProcessID]

  /// Prepares the section of the run with the given number on its page.
  init(
    _ analysis: TraceAnalysis, run: Int, catalog: SourceCatalog, limits: TraceOutlook.Limits,
    shelf: inout SourceShelf
  ) {
    self.analysis = analysis
    self.catalog = catalog
    self.run = run
    let count = analysis.records.count
    let short = DiagramTable(DiagramRows(analysis).rows, in: analysis.system, run: run)
    let whole = DiagramTable(
      DiagramRows(analysis, isComplete: true).rows, in: analysis.system, run: run)
    columns = short.processes
    diagrams = [
      short.markup(id: "diagram-\(run)", label: "The trace"),
      whole.markup(id: "whole-\(run)", label: "The trace, with every step"),
    ]
    record = PlayerRecord(
      analysis, run: run, catalog: catalog, columns: short.processes,
      rows: [short.rowsOfSteps(count: count), whole.rowsOfSteps(count: count)],
      others: OtherWays(analysis, limits: limits), shelf: &shelf)
  }

  private var system: TransitionSystem { analysis.system }

  /// Returns the section.
  func markup() -> Markup {
    """
    \(why)\(player)\(listing)\
    <script type="application/json" class="trace-data">\(Markup.data(record))</script>

    """
  }

  // MARK: Why

  private var why: Markup {
    let explanation = Explanation(analysis, catalog: catalog)
    let holdings = Holdings(analysis, catalog: catalog)
    let reasons = explanation.reasons.map { reason -> Markup in
      let values = reason.values.map { "<li>\(linked($0))</li>" as Markup }
      let list: Markup = values.isEmpty ? "" : "<ul>\(values)</ul>"
      return "<p>\(linked(reason.sentence))</p>\(list)\n"
    }
    let locks = holdings.lockSentences.map { "<p>\($0)</p>\n" as Markup }
    let ledger =
      holdings.areReferencesInDoubt
      ? holdings.ledgerLines.flatMap { entry in
        entry.lines.map { line -> Markup in "<li>\(entry.object): \(linked(line))</li>" }
      } : []
    let windows = explanation.windows.map { "<p>\(linked($0))</p>\n" as Markup }
    let parts: [(String, Markup)] = [
      ("Why", reasons.joined()), ("Windows", windows.joined()),
      ("Held in the end", locks.joined()),
      ("References", ledger.isEmpty ? "" : "<ul>\(ledger)</ul>\n"),
    ]
    let cards = parts.filter { !$0.1.text.isEmpty }.map { title, body -> Markup in
      "<div class=\"card\"><h3>\(title)</h3>\n\(body)</div>\n"
    }
    return cards.isEmpty ? "" : "<section class=\"why\">\n\(cards)</section>\n"
  }

  /// Returns a sentence in which every step that it names leads there.
  private func linked(_ sentence: String) -> Markup {
    var result = Markup()
    var rest = sentence[...]
    while let match = rest.firstMatch(of: /\bstep (\d{1,9})\b/) {
      let before = String(rest[..<match.range.lowerBound])
      let number = Int(match.1) ?? 0
      let text = String(rest[match.range])
      result += "\(before)"
      result +=
        (1...max(1, analysis.records.count)).contains(number)
        ? "<a href=\"#step-\(run)-\(number)\">\(text)</a>" : "\(text)"
      rest = rest[match.range.upperBound...]
    }
    result += "\(String(rest))"
    return result
  }

  // MARK: Player

  private var player: Markup {
    let count = analysis.records.count
    if count == 0 {
      // Nothing to step through, but something may have happened before the first step.
      return record.rows[0].first?.first ?? -1 < 0 ? "" : diagrams[0]
    }
    return """
      <section class="player" aria-labelledby="trace-\(run)">
      <div class="player-head"><h3 id="trace-\(run)">How it comes about</h3>\
      <label class="toggle"><input type="checkbox" class="show-all"> every step</label></div>
      \(bar(count))
      \(tabs)
      <div class="panes">
      <div>
      <div class="pane diagram-pane" tabindex="-1">
      \(diagrams)</div>
      <section class="pane charts-pane charts" aria-label="Over time">
      \(TimeCharts(analysis, processes: columns).markup())</section>
      </div>
      <div class="side js">
      <div class="now" aria-live="polite" aria-atomic="true"></div>
      <section class="pane source-pane" aria-label="Source">\
      <h4><span>Source<span class="whereabouts"></span></span>\
      <span class="file-name"></span></h4>\
      <div class="source-slot"></div></section>
      <section class="pane state-pane" aria-label="State"><h4>State\
      <label class="toggle"><input type="checkbox" class="hide-constant"> only what changes</label></h4>\
      <div class="state-slot" tabindex="0" role="region" aria-label="Values"></div></section>
      <section class="pane ways-pane" aria-label="Other ways"><h4>Other ways to go on from here</h4>\
      <div class="ways-slot" tabindex="0" role="region" aria-label="Other ways"></div></section>
      </div>
      </div>
      </section>

      """
  }

  /// The buttons and the slider.
  private func bar(_ count: Int) -> Markup {
    let icons = [
      ("first", "To the start (Home)", "M6 5v14M18 5l-9 7 9 7z"),
      ("back", "One step back (left arrow, k)", "M15 5l-8 7 8 7z"),
      ("next", "One step on (right arrow, j)", "M9 5l8 7-8 7z"),
      ("last", "To the end (End)", "M18 5v14M6 5l9 7-9 7z"),
    ]
    let buttons = icons.map { name, title, path -> Markup in
      """
      <button type="button" class="go" data-go="\(name)" title="\(title)" aria-label="\(title)">\
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="\(path)"/></svg></button>
      """
    }
    return """
      <div class="bar js" role="group" aria-label="Steps of the trace">
      \(Array(buttons.prefix(2)))\
      <input type="range" class="slider" min="0" max="\(count)" value="0" step="1" \
      aria-label="Step">\(Array(buttons.suffix(2)))<output class="position">0 / \(count)</output>
      </div>
      """
  }

  /// Which of the panes a narrow screen shows.
  private var tabs: Markup {
    let names = [
      ("diagram", "Diagram"), ("charts", "Time"), ("source", "Source"), ("state", "State"),
      ("ways", "Others"),
    ]
    let buttons = names.enumerated().map { index, name -> Markup in
      let checked: Markup = index == 0 ? " checked" : ""
      return """
        <label><input type="radio" name="tab-\(run)" value="\(name.0)"\(checked)>\
        <span>\(name.1)</span></label>
        """
    }
    return "<fieldset class=\"tabs js\"><legend class=\"unseen\">Show</legend>\(buttons)</fieldset>"
  }

  // MARK: Without a script

  /// All steps as a list: for printing, and for who has no script.
  private var listing: Markup {
    if record.steps.isEmpty {
      return state("The state", analysis.finding.trace.initialValues, isOpen: true)
    }
    let steps = record.steps.enumerated().map { index, step -> Markup in
      let changes: Markup =
        step.changes.isEmpty
        ? ""
        : "<span class=\"change\">\(DiagramTable.arrowed(step.changes.joined(separator: ", ")))</span>"
      let span = analysis.records[index].marks.first { system[$0.step].kind == .step }
        .map { SourcePlace.own(system[$0.step].span, system[$0.step].frames) }
      let place = catalog.files.isEmpty ? nil : span.map { catalog.shortPlace(of: $0) }
      return """
        <li id="step-\(run)-\(index + 1)"><b>\(record.processes[step.process].name)</b> \
        <code>\(step.text)</code> \(changes) <span class="place">\(place ?? "")</span>\
        \(instead(of: index))</li>

        """
    }
    return """
      <details class="listing" open><summary>Every step</summary>
      <ol>
      \(steps)</ol>
      </details>
      \(state("The state at the start", analysis.finding.trace.initialValues))\
      \(state("The state at the end", analysis.finding.trace.entries.last?.values))
      """
  }

  private func instead(of step: Int) -> Markup {
    let ways = record.ways[step].filter { $0.kind != .waits }
    if ways.isEmpty { return "" }
    let texts = ways.map { way in
      "\(record.processes[way.process].name): \(way.text) (\(way.sentence))"
    }
    return "<span class=\"instead\">instead: \(texts.joined(separator: "; "))</span>"
  }

  private func state(_ title: String, _ values: [Int64]?, isOpen: Bool = false) -> Markup {
    guard let values else { return "" }
    let kind: Markup = isOpen ? "class=\"listing lasting\" open" : "class=\"listing\""
    let groups = StateText.groups(of: values, in: analysis).map { owner, fields -> Markup in
      let text = fields.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      return "<dt>\(owner)</dt><dd>\(text)</dd>\n"
    }
    return """
      <details \(kind)><summary>\(title)</summary>
      <dl class="whole-state">
      \(groups)</dl>
      </details>

      """
  }
}
