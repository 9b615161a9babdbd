import Foundation
import TestSupport
import Testing

/// The page of `--format html` in a browser, step by step and by the keyboard.
@Suite(.serialized, .enabled(if: Browser.executable != nil, Browser.absence))
struct BrowserTests {
  /// What the page shows at one position.
  private struct View: Decodable {
    var position: String
    var title: String
    var text: String
    /// The places of the step, outermost first: `file:line`.
    var places: [String]
    /// The lines of the source that are marked as the ones of this step.
    var lines: [Int]
    /// Values by owner and name.
    var state: [String: [String: String]]
    /// The marked values, as `owner.name`.
    var changed: [String]
    /// The rows that are marked in the two diagrams.
    var rows: [String]
    var label: String
    var ways: [String]
  }

  private struct Visit: Decodable {
    var views: [View]
    /// Positions after keys and clicks on something else.
    var moves: [String]
    /// What overflows a narrow screen to the right, by pane.
    var overflow: [String]
    /// The panes that a narrow screen shows, one choice after the other.
    var panes: [[String]]
    var runs: [String]
    var isStyled: Bool
    var intruder: String?
    /// The scripts and images of the page: the policy of the page stops those of others, so they are counted.
    var scripts: Int
    var images: Int
    var address: String
  }

  /// Steps through the run that is shown, then tries the other ways to move.
  private static let script = #"""
    const page = desktop.document;
    const one = (selector, root = page) => root.querySelector(selector);
    const all = (selector, root = page) => [...root.querySelectorAll(selector)];
    const article = one("article.run:not([hidden])");
    const key = (name, target = page.body) => target.dispatchEvent(
      new desktop.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    const text = (selector) => one(selector, article)?.textContent ?? "";
    const look = () => {
      const state = {};
      const changed = [];
      for (const group of all(".owner:not([hidden])", article)) {
        const owner = one("h5", group).textContent;
        const names = all("dt:not([hidden])", group);
        const values = all("dd:not([hidden])", group);
        state[owner] = Object.fromEntries(
          names.map((name, index) => [name.textContent, values[index].lastChild?.textContent ?? ""]));
        changed.push(...all("dt.changed:not([hidden])", group).map((name) => `${owner}.${name.textContent}`));
      }
      return {
        position: text(".position"), title: text(".now .title"), text: text(".now .text"),
        places: all(".crumbs button", article).map((button) => button.title),
        lines: all(".source-slot .here b", article).map((number) => Number(number.textContent)),
        state, changed, rows: all("tr[aria-current=step]", article).map((row) => row.textContent),
        label: one(".slider", article).getAttribute("aria-valuetext"),
        ways: all(".way", article).map((way) => way.textContent),
      };
    };

    key("Home");
    const views = [look()];
    const last = Number(one(".slider", article).max);
    for (let step = 1; step <= last; step += 1) {
      key(step % 2 === 1 ? "ArrowRight" : "j");
      views.push(look());
    }

    const moves = [];
    const note = (act) => { act(); moves.push(text(".position")); };
    note(() => key("ArrowRight"));
    note(() => key("k"));
    note(() => key("ArrowLeft"));
    note(() => key("Home"));
    note(() => key("ArrowLeft"));
    note(() => key("End"));
    note(() => one("[data-go=back]", article).click());
    note(() => one("[data-go=first]", article).click());
    note(() => key("ArrowDown", one(".diagram-pane", article)));
    note(() => key("ArrowDown"));
    note(() => one(".diagram .n a[href$='-3']", article)?.click());
    note(() => { one(".slider", article).value = 2; one(".slider", article).dispatchEvent(new desktop.Event("input")); });
    note(() => key("Home", one(".slider", article)));

    const narrow = phone.document;
    const overflow = [];
    const panes = [];
    for (const choice of all("article:not([hidden]) .tabs input", narrow)) {
      choice.click();
      panes.push(all("article:not([hidden]) .pane", narrow)
        .filter((pane) => pane.getClientRects().length > 0).map((pane) => pane.classList[1]));
      if (narrow.documentElement.scrollWidth > 375) overflow.push(choice.value);
    }

    return {
      views, moves, overflow, panes,
      runs: all(".overview tbody tr").map((row) => row.textContent),
      isStyled: desktop.getComputedStyle(page.body).margin === "0px",
      intruder: desktop.intruder ?? null, scripts: all("script").length,
      images: all("img").length, address: desktop.location.hash,
    };
    """#

  /// The report of the same run as JSON: a second opinion on what the page shows.
  private struct Report: Decodable {
    struct Run: Decodable { var violation: Violation? }
    struct Violation: Decodable {
      var steps: [Step]
      var initialState: [String: [String: String]]
      var finalState: [String: [String: String]]
    }
    struct Step: Decodable {
      var process: String
      var text: String
      var place: Place
      var changes: [Change]
    }
    struct Place: Decodable {
      var file: String
      var line: Int
    }
    struct Change: Decodable {
      var variable: String
      var before: String
      var after: String
    }
    var runs: [Run]
  }

  /// Checks a model, and returns the visit of its page and the report as JSON.
  private func visit(_ arguments: [String], in scratch: Scratch) throws -> (Visit, Report) {
    let outputs = [
      "--format", "html", "--output", "page.html", "--format", "json", "--output", "page.json",
    ]
    let run = try ToolRun(["check"] + arguments + outputs, in: scratch.folder)
    #expect(run.status == 1, "\(run.error)")
    let visit = try Browser.visit(
      "page.html", in: scratch.folder, as: Visit.self, script: Self.script)
    let data = try Data(contentsOf: scratch.folder.appending(path: "page.json"))
    return (visit, try JSONDecoder().decode(Report.self, from: data))
  }

  @Test("a counterexample is stepped through, and each step shows what the report says")
  func steps() throws {
    let model = ToolRun.golden.appending(
      path: "../../../Models/direct-migration/buffer_migrate_page.race"
    ).standardizedFileURL.path()
    let (visit, report) = try visit(
      [model, "--check", "buffer_writer", "--bug", "B16", "-D", "might_sleep_checks=false"],
      in: Scratch())
    let violation = try #require(report.runs.first?.violation)
    let count = violation.steps.count
    #expect(visit.isStyled)
    #expect(visit.views.map(\.position) == (0...count).map { "\($0) / \(count)" })
    #expect(visit.views[0].state == violation.initialState)
    #expect(visit.views[count].state == violation.finalState)
    #expect(visit.views[0].changed == [])

    var compared = 0
    for (number, step) in violation.steps.enumerated() {
      let view = visit.views[number + 1]
      let earlier = visit.views[number]
      #expect(
        view.title.contains("Step \(number + 1) of \(count)") && view.title.contains(step.process))
      // The report names the calls that a step opens as well.
      let pieces = { (text: String) in Set(text.components(separatedBy: "; ")) }
      #expect(pieces(view.text).isSubset(of: pieces(step.text)), "\(step.text): \(view.text)")
      let file = step.place.file.split(separator: "/").last ?? ""
      #expect(view.places.last == "\(file):\(step.place.line)")
      let own = view.places.last { $0.hasPrefix("buffer_migrate_page.race:") }
      #expect(view.lines.first.map { "buffer_migrate_page.race:\($0)" } == own)
      for change in step.changes {
        guard let dot = change.variable.firstIndex(of: ".") else { continue }
        let owner = String(change.variable[..<dot])
        // Locals have the names that they have where the process stands.
        if violation.steps.contains(where: { $0.process == owner }) { continue }
        let name = String(change.variable[change.variable.index(after: dot)...])
        guard let value = view.state[owner]?[name], let before = earlier.state[owner]?[name] else {
          continue
        }
        #expect(change.before == before && change.after == value, "\(change.variable)")
        compared += 1
        #expect(view.changed.contains(change.variable))
      }
      #expect(view.rows.count == 2)
      #expect(view.label == "Step \(number + 1) of \(count): \(step.process), \(view.text)")
      #expect(view.ways.count >= 1)
    }
    #expect(compared > violation.steps.count / 2)
    #expect(
      visit.views[count].ways.contains {
        $0.hasPrefix("writerspin_lock") && $0.hasSuffix("waits for migrator")
      })

    let positions = [
      count, count - 1, count - 2, 0, 0, count, count - 1, 0, 1, 1, 3, 2, 2,
    ]
    #expect(visit.moves == positions.map { "\($0) / \(count)" })
    #expect(visit.address == "#step-1-2")
    #expect(visit.overflow == [])
    #expect(
      visit.panes == [
        ["diagram-pane"], ["charts-pane"], ["source-pane"], ["state-pane"], ["ways-pane"],
      ])
  }

  /// Everything of it that a page shows tries to get out of where it belongs.
  private static let hostile = """
    /// </script><script>intruder = "comment"</script> <!--
    module m

    bug X1 bad "</script><script>intruder = 'bug'</script>"
    violation wrong "</script><script>intruder = 'text'</script><!-- \u{2028} <img src=x onerror=intruder=1>"

    pool page { count: 0..3 = 1 }

    scenario s {
        pools page[1]
        let shared = new page
        task t { shared.count = 2; shared.count = 3 }  // </pre></details><script>intruder = 4</script>
        task u { let count = shared.count; require count < 3 else wrong }
    }

    check one = s { expect wrong }
    check two = s { expect wrong }

    """

  @Test("a model that tries to get out of its page is shown as it is")
  func hostile() throws {
    let scratch = try Scratch()
    try scratch.write(Self.hostile, to: "m.race")
    let (visit, report) = try visit(["m.race"], in: scratch)
    #expect(visit.intruder == nil)
    // One script, and the data of two traces.
    #expect(visit.scripts == 3)
    #expect(visit.images == 0)
    #expect(visit.isStyled)
    #expect(visit.runs.count == 2)
    #expect(visit.views.count == 1 + (report.runs.first?.violation?.steps.count ?? 0))
    #expect(visit.views.last?.state == report.runs.first?.violation?.finalState)
    #expect(visit.overflow == [])
  }
}
