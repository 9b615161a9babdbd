internal import Exploration
internal import Machine

/// The diagram of a trace as a table: a column for each CPU, time running down.
///
/// It is plain HTML. Each row says which steps it stands for, so that a script can find the row of a step.
struct DiagramTable {
  private let system: TransitionSystem
  private let rows: [DiagramRow]
  /// The processes that have a column, in the order of their declaration.
  let processes: [ProcessID]
  /// The number of the run on its page.
  private let run: Int

  /// With more columns than this each line begins with a name instead.
  private static let mostColumns = 4
  /// Deeper calls are not indented further.
  private static let deepest = 8
  /// How many colours there are for processes.
  static let colors = 6

  init(_ rows: [DiagramRow], in system: TransitionSystem, run: Int) {
    self.rows = rows
    self.system = system
    self.run = run
    let present = Set(rows.map(\.process.index))
    processes = system.processes.indices.filter { present.contains(UInt32($0)) }
      .map { ProcessID($0) }
  }

  /// Whether there are too many processes for columns.
  private var isStacked: Bool { processes.count > Self.mostColumns }

  /// Returns the first and the last row that show each step, the way to the initial state first.
  ///
  /// Where no row does, it is the one that comes before.
  func rowsOfSteps(count: Int) -> [[Int]] {
    (0...count).map { step in
      let own = rows.indices.filter { index in
        rows[index].kind != .call && rows[index].steps?.contains(step) == true
      }
      let earlier = rows.lastIndex { ($0.steps?.lowerBound ?? .max) <= step } ?? -1
      return [own.first ?? earlier, own.last ?? earlier]
    }
  }

  /// Returns the table; `id` names it on the page.
  func markup(id: String, label: String) -> Markup {
    let heads = processes.map { head(of: $0) }
    let columns: Markup = isStacked ? "<th scope=\"col\">What happens</th>" : "\(heads)"
    var previous: ProcessID?
    var numbered = 0
    let body = rows.indices.map { index in
      let row = rows[index]
      let line = line(row, index: index, isSwitch: previous != row.process, numbered: numbered)
      previous = row.process
      if row.kind != .call { numbered = max(numbered, row.steps?.upperBound ?? 0) }
      return line
    }
    let kind = isStacked ? "diagram stacked" : "diagram columns-\(max(1, processes.count))"
    return """
      <table class="\(kind)" id="\(id)" aria-label="\(label)">
      <thead><tr><th scope="col" class="n">Step</th>\(columns)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table>

      """
  }

  private func head(of process: ProcessID) -> Markup {
    let header = Diagram.header(of: system[process], in: system)
    let cpu = header.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
    return """
      <th scope="col" class="c\(color(of: process))"><span class="cpu">\(cpu)</span> \
      <span class="task">\(name(of: process))</span></th>
      """
  }

  private func name(of process: ProcessID) -> String {
    if case .interrupt = system[process].kind { return "irq \(system[process].name)" }
    return system[process].name
  }

  private func color(of process: ProcessID) -> Int {
    (processes.firstIndex(of: process) ?? 0) % Self.colors
  }

  private func line(
    _ row: DiagramRow, index: Int, isSwitch: Bool, numbered: Int
  ) -> Markup {
    let own = processes.firstIndex(of: row.process) ?? 0
    var classes = "\(row.kind) c\(color(of: row.process))"
    if isSwitch { classes += " switch" }
    if row.arrow != nil { classes += " wrong" }
    let lane = cell(row)
    let empty: Markup = "<td></td>"
    let cells: [Markup] =
      isStacked ? [lane] : processes.indices.map { $0 == own ? lane : empty }
    return """
      <tr class="\(classes)" data-row="\(index)">\
      <th scope="row" class="n">\(number(row, after: numbered))</th>\
      \(cells)</tr>

      """
  }

  /// The number of the step, which leads to it; a line that opens a call or goes on with a step has none.
  private func number(_ row: DiagramRow, after numbered: Int) -> Markup {
    guard let steps = row.steps, row.kind != .call, steps.upperBound > numbered else { return "" }
    let first = max(numbered + 1, steps.lowerBound)
    let text = first == steps.upperBound ? "\(first)" : "\(first)\u{2013}\(steps.upperBound)"
    return "<a href=\"#step-\(run)-\(steps.upperBound)\">\(text)</a>"
  }

  private func cell(_ row: DiagramRow) -> Markup {
    let changes = row.changes.map { change -> Markup in
      " <span class=\"change\">\(Markup.code(Self.arrowed(change)))</span>"
    }
    let arrow: Markup = row.arrow.map { " <strong class=\"arrow\">\u{2190} \($0)</strong>" } ?? ""
    let text: Markup =
      row.kind == .elision ? Self.elision(row) : "<code>\(Markup.code(row.text))</code>"
    return """
      <td class="lane d\(min(row.depth, Self.deepest))">\
      <span class="who">\(name(of: row.process))</span>\(text)\(changes)\(arrow)</td>
      """
  }

  private static func elision(_ row: DiagramRow) -> Markup {
    let count = row.steps.map { $0.upperBound - max(1, $0.lowerBound) + 1 } ?? 0
    return "<span class=\"left-out\">\u{22EF} \(VerdictText.count(count, "step"))</span>"
  }

  /// Returns a change with a real arrow.
  static func arrowed(_ change: String) -> String { change.replacing(" -> ", with: " \u{2192} ") }
}
