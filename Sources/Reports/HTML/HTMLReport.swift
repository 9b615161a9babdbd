internal import Exploration
internal import Machine
internal import SourceText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A page for people: one file that needs nothing else, neither network nor server.
///
/// It has a table of the runs if there are several, and for each what a text report has. A violation can be
/// stepped through: beside the diagram are the source, the whole state and what else could have happened. All
/// of it is plain HTML; a script moves through it.
struct HTMLReport: ReportRenderer {
  private let context: ReportContext
  private var shelf = SourceShelf()
  private var sections: [Markup] = []
  private var rows: [Markup] = []
  private var titles: [String] = []
  private var hasExpectations = false
  private let limits = TraceOutlook.Limits()

  init(_ context: ReportContext) { self.context = context }

  mutating func add(_ run: ReportedRun) {
    let description = run.description
    hasExpectations = hasExpectations || run.expectation != nil
    titles.append("\(description.model) \u{B7} \(description.title)")
    guard case .finished(let system, let result) = run.ending else {
      rows.append(row(description.model, description.title, without: run.ending))
      return
    }
    let number = rows.count + 1
    // What came out as the model expects takes a row of the table and no more.
    let isBrief = run.expectation?.isMet == true
    shelf.note(result, of: system, in: run.catalog)
    rows.append(row(number, run, result, hasSection: !isBrief))
    if isBrief { return }
    sections.append(
      RunSection(run, number: number, system: system, result: result, context: context)
        .markup(limits: limits, shelf: &shelf))
  }

  mutating func add(_ model: RejectedModel) {
    titles.append(model.path)
    rows.append(
      """
      <tr><td>\(model.path)</td><td></td><td class="bad" colspan="5">\(model.reason)</td></tr>

      """)
  }

  // MARK: The table of runs

  /// Returns the row of a run that explored nothing.
  private func row(_ model: String, _ title: String, without ending: ReportedRun.Ending) -> Markup {
    """
    <tr><td>\(model)</td><td>\(title)</td>\
    <td class="bad" colspan="5">\(ending.obstacle ?? "")</td></tr>

    """
  }

  private func row(
    _ number: Int, _ run: ReportedRun, _ result: SearchResult, hasSection: Bool
  ) -> Markup {
    let name = run.description.title
    let title: Markup = hasSection ? "<a href=\"#run-\(number)\">\(name)</a>" : "\(name)"
    let mark = VerdictText.mark(of: result.verdict)
    let expected: Markup? = run.expectation.map { expectation in
      let text = expectation.isMet ? "as expected" : "expected \(expectation.name)"
      return "<td>\(text)</td>"
    }
    let statistics = result.statistics
    return """
      <tr><td>\(run.description.model)</td><td>\(title)</td>\
      <td class="\(RunSection.tone(of: result.verdict))">\(mark.text)</td>\(expected ?? "")\
      <td class="count">\(RunSection.grouped(statistics.states))</td>\
      <td class="count">\(RunSection.grouped(statistics.transitions))</td>\
      <td class="count">\(statistics.depth)</td></tr>

      """
  }

  // MARK: The page

  func render(exitStatus: Int32) -> String {
    let title = titles.count == 1 ? titles[0] : "\(VerdictText.count(titles.count, "run"))"
    let style = Markup.resource(ReportStyle.text)
    let script = Markup.resource(ReportScript.text)
    let policy = """
      default-src 'none'; style-src '\(Self.digest(style))'; script-src '\(Self.digest(script))'; \
      base-uri 'none'; form-action 'none'
      """
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="pagerace">
      <title>\(title) \u{B7} Pagerace</title>
      <style>\(style)</style>
      </head>
      <body>
      <main>
      \(overview)\(sections)\(shelf.markup())</main>
      <footer>Made by Pagerace \(context.toolVersion). The file is complete and needs no network.\
      <span class="js"> Keys: <kbd>\u{2190}</kbd> <kbd>\u{2192}</kbd> or <kbd>k</kbd> <kbd>j</kbd> \
      for one step, <kbd>Home</kbd> <kbd>End</kbd> for the start and the end.</span></footer>
      <script>\(script)</script>
      </body>
      </html>

      """
    return page.text
  }

  /// The table of all runs, if there are several.
  private var overview: Markup {
    // The section of a single run says all that its row would.
    if rows.count == 1, sections.count == 1 { return "<h1 class=\"unseen\">\(titles[0])</h1>\n" }
    if rows.isEmpty { return "<h1>Nothing was run</h1>\n" }
    let expectation: Markup = hasExpectations ? "<th scope=\"col\">Expectation</th>" : ""
    return """
      <section class="overview" aria-labelledby="runs">
      <h1 id="runs">\(VerdictText.count(rows.count, "run"))</h1>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="runs"><table>
      <thead><tr><th scope="col">Model</th><th scope="col">Check</th><th scope="col">Verdict</th>\
      \(expectation)\
      <th scope="col" class="count">States</th><th scope="col" class="count">Transitions</th>\
      <th scope="col" class="count">Depth</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      </section>

      """
  }

  /// Returns how a content security policy names the text of an element.
  private static func digest(_ markup: Markup) -> String {
    var hash = ContentHash()
    hash.add(Array(markup.text.utf8))
    return "sha256-" + Data(hash.finishBytes()).base64EncodedString()
  }
}
