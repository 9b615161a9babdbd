internal import Machine

/// Draws a trace the way kernel changelogs do: a column for each CPU, time running down.
struct Diagram {
  /// Where the columns begin, and what stands above them.
  private struct Column {
    var start: Int
    var header: String
  }

  private let system: TransitionSystem
  private let rows: [DiagramRow]
  private let width: Int
  /// The processes that have a column, in the order of their declaration.
  private let processes: [ProcessID]

  /// The space before the first column, and between columns.
  private static let margin = 2
  /// With more columns than this, or in a narrower terminal, each line begins with a name instead.
  private static let mostColumns = 4
  private static let narrowestColumns = 60
  /// The least room of the last column.
  private static let narrowestColumn = 18
  /// How far what a step changed stands to the right of the step when it is below it.
  private static let changeIndent = 4

  /// Prepares to draw `rows` in at most `width` characters a line.
  init(_ rows: [DiagramRow], in system: TransitionSystem, width: Int) {
    self.rows = rows
    self.system = system
    self.width = width
    let present = Set(rows.map(\.process.index))
    self.processes = system.processes.indices.filter { present.contains(UInt32($0)) }
      .map { ProcessID($0) }
  }

  /// Returns the lines of the diagram.
  func lines() -> [String] {
    if processes.count > Self.mostColumns || width < Self.narrowestColumns { return namedLines() }
    guard let columns = columns() else { return namedLines() }
    var lines = [
      line(columns.map { ($0.start, $0.header) }), line(columns.map { ($0.start, "----") }),
    ]
    for row in rows {
      guard let index = processes.firstIndex(of: row.process) else { continue }
      let next = columns.indices.contains(index + 1) ? columns[index + 1].start : nil
      lines += draw(row, at: columns[index].start, least: Self.margin, next: next)
    }
    return lines
  }

  /// Returns the lines of a diagram without columns: each begins with the name of its process.
  private func namedLines() -> [String] {
    let names = processes.map { system[$0].name }
    let column = min(Self.margin + (names.map(\.count).max() ?? 0) + 2, width / 3)
    var lines: [String] = []
    var previous: ProcessID?
    for row in rows {
      var drawn = draw(row, at: column, least: column, next: nil)
      if row.process != previous, let first = drawn.first {
        let name = Self.shortened(system[row.process].name, to: column - Self.margin - 1)
        drawn[0] = (spaces(Self.margin) + name).padded(to: column) + first.dropFirst(column)
      }
      previous = row.process
      lines += drawn
    }
    return lines
  }

  /// Returns a name of at most `length` characters: of a longer one the end says most, but how it begins too.
  private static func shortened(_ name: String, to length: Int) -> String {
    if name.count <= length { return name }
    let end = length / 2
    return name.prefix(length - end - 1) + "~" + name.suffix(end)
  }

  // MARK: Columns

  /// Gives each column what it needs, and if that is too much, the last one first; nil if not even the names
  /// fit beside each other.
  ///
  /// A line of an earlier column may go on to the right, for nothing else stands there; one of the last
  /// column cannot.
  private func columns() -> [Column]? {
    let headers = processes.map { Self.header(of: system[$0], in: system) }
    let needs = processes.indices.map { index in
      let widths = rows.filter { $0.process == processes[index] }.map(Self.natural)
      return max(headers[index].count, widths.max() ?? 0)
    }
    let least = headers.map { $0.count + Self.margin }
    let last = max(Self.narrowestColumn, headers.last?.count ?? 0)
    if Self.margin + least.dropLast().reduce(0, +) + last > width { return nil }
    var starts = [Self.margin]
    for index in processes.indices.dropFirst() {
      // Two columns look best with the second one in the middle.
      let middle = processes.count == 2 ? width / 2 + 1 : 0
      starts.append(max(starts[index - 1] + needs[index - 1] + Self.margin, middle))
    }
    // From the right: no column starts so late that what is in it does not fit.
    var end = width
    for index in processes.indices.reversed() where index > 0 {
      let floor = Self.margin + least[..<index].reduce(0, +)
      let wanted = min(needs[index], width * 3 / (2 + 2 * processes.count))
      // A word is not cut if the column can begin further left.
      let words = rows.filter { $0.process == processes[index] }.map { widestWord(of: $0) }
      starts[index] = max(floor, min(starts[index], end - wanted, width - (words.max() ?? 0)))
      end = starts[index] - Self.margin
    }
    return zip(starts, headers).map { Column(start: $0, header: $1) }
  }

  /// The width that a line would like to have.
  private static func natural(_ row: DiagramRow) -> Int {
    2 * row.depth + max(row.text.count, changeIndent + (row.changes.map(\.count).max() ?? 0))
  }

  /// The width that a row needs at least for its words to stay whole.
  private func widestWord(of row: DiagramRow) -> Int {
    let below = row.changes + (row.arrow.map { [$0] } ?? [])
    let widest = max(
      Self.widestWord(of: row.text, indent: Self.changeIndent),
      below.map { Self.changeIndent + Self.widestWord(of: $0, indent: 3) }.max() ?? 0)
    return min(2 * row.depth, width / 4) + widest
  }

  /// The width that a text needs for its words to stay whole if lines after the first are indented.
  private static func widestWord(of text: String, indent: Int) -> Int {
    let words: [Substring] = text.split(separator: " ")
    return words.enumerated().map { $1.count + ($0 == 0 ? 0 : indent) }.max() ?? 0
  }

  /// Returns what stands above a column: `CPU0 (migrator)`.
  static func header(of process: Process, in system: TransitionSystem) -> String {
    var name = process.name
    if case .interrupt = process.kind { name = "irq \(name)" }
    guard process.cpus.count == 1, let cpu = process.cpus.first,
      system.cpuNames.indices.contains(cpu)
    else { return "any CPU (\(name))" }
    return "\(system.cpuNames[cpu].uppercased()) (\(name))"
  }

  // MARK: Lines

  /// Returns a row's text, then on the same line or below it what it changed and what is
  /// remarkable.
  ///
  /// Where a word has no room behind `start` the line begins further left, but not before `least`.
  private func draw(_ row: DiagramRow, at start: Int, least: Int, next: Int?) -> [String] {
    // However deep the calls are, half of the room is left for the text.
    let indent = min(2 * row.depth, max(0, (width - start) / 2))
    let left = start + indent
    var lines = wrapped(row.text, at: left, least, indent: Self.changeIndent)
    appendChanges(row.changes, to: &lines, left: left, least)
    if let arrow = row.arrow {
      append("<- \(arrow)", to: &lines, left: left, least, next: next)
    }
    return lines
  }

  /// Returns lines that begin at `left`, or as far before it as the longest word wants.
  private func wrapped(_ text: String, at left: Int, _ least: Int, indent: Int) -> [String] {
    let widest = Self.widestWord(of: text, indent: indent)
    let left = min(left, max(least, width - widest))
    return TextWrapping.lines(of: text, width: width - left, indent: indent, isCut: true)
      .map { spaces(left) + $0 }
  }

  /// Puts what a step changed behind it as far as there is room, and the rest below it.
  private func appendChanges(
    _ changes: [String], to lines: inout [String], left: Int, _ least: Int
  ) {
    var rest = changes[...]
    var separator = "  "
    while let change = rest.first, let last = lines.last,
      last.count + separator.count + change.count <= width
    {
      lines[lines.count - 1] = last + separator + change
      separator = ", "
      rest.removeFirst()
    }
    let below = left + Self.changeIndent
    for change in rest {
      lines += wrapped(change, at: below, least, indent: 2)
    }
  }

  /// Puts `text` behind the last line if there is room, otherwise below it.
  private func append(
    _ text: String, to lines: inout [String], left: Int, _ least: Int, next: Int?
  ) {
    let end = lines.last?.count ?? 0
    let start = max(end + 2, next ?? 0)
    if let last = lines.last, start + text.count <= width {
      lines[lines.count - 1] = last.padded(to: start) + text
    } else if let last = lines.last, end + 2 + text.count <= width {
      lines[lines.count - 1] = last + "  " + text
    } else {
      let below = max(left, min(left + Self.changeIndent, width - text.count))
      lines += wrapped(text, at: below, least, indent: 3)
    }
  }

  private func line(_ pieces: [(start: Int, text: String)]) -> String {
    pieces.reduce("") { $0.padded(to: $1.start) + $1.text }
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
