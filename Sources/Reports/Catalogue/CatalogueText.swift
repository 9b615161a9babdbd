/// The catalogue as a page in Markdown.
struct CatalogueText {
  /// What stands for a number that is not known.
  static let unknown = "\u{B7}"
  /// The widest line of a paragraph.
  private static let width = 110

  private let document: CatalogueDocument
  private let measures: [Int: CatalogueRow.Measure]
  private let links: [String]
  private var lines: [String] = []

  init(
    _ document: CatalogueDocument, measures: [Int: CatalogueRow.Measure],
    links: [String]
  ) {
    self.document = document
    self.measures = measures
    self.links = links
  }

  /// Returns the whole page.
  func render() -> String {
    var text = self
    text.addIntroduction()
    text.addOverview()
    text.addEntries(.mistake, "Mistakes", "What somebody did, and what comes of it.")
    text.addEntries(
      .question, "Questions", "What somebody asked or suspected, and what the models answer.")
    text.addEntries(
      .claim, "Claims",
      "What holds, with the checks that show it, and the mistakes that would break it.")
    text.addMatrices()
    text.addMissing()
    text.addOwnMistakes()
    return text.lines.joined(separator: "\n") + "\n"
  }

  private mutating func add(_ line: String) { lines.append(line) }

  /// Adds a paragraph of Markdown with an empty line before it.
  private mutating func addParagraph(_ text: String) {
    add("")
    for line in TextWrapping.lines(of: text, width: Self.width) { add(line) }
  }

  private mutating func addTable(_ head: [String], right: Set<Int> = [], _ rows: [[String]]) {
    add("")
    add("| " + head.joined(separator: " | ") + " |")
    add(
      "| " + head.indices.map { right.contains($0) ? "---:" : "---" }.joined(separator: " | ")
        + " |")
    for row in rows { add("| " + row.joined(separator: " | ") + " |") }
  }

  private func entries(_ kind: CatalogueEntry.Kind) -> [CatalogueEntry] {
    document.entries.filter { $0.kind == kind }
  }

  // MARK: - Above the entries

  private mutating func addIntroduction() {
    add("# Catalogue")
    addParagraph(
      """
      What the models know of mistakes, and what their checks find. `pagerace catalogue` writes this page: \
      the words are those of the models, the numbers come from running the rows.
      """)
    addParagraph(
      """
      **Steps** and **preemptions** are those of the shortest counterexample: none has fewer steps, and \
      none of that length has fewer preemptions. **States** are all that the row has, if it holds; for a \
      violation, all that the same check has without the bug, where it holds. A check passes, or finds just \
      what is named here, within the bounds that its module states.
      """)
    addParagraph(
      "The diagram of a counterexample: `pagerace check <module's file> --check <check> --bug <id>`."
    )
  }

  private mutating func addOverview() {
    add("")
    add("## Overview")
    let mistakes = entries(.mistake)
    if !mistakes.isEmpty {
      addTable(
        ["id", "what was wrong", "violates", "steps", "preemptions", "states"], right: [3, 4, 5],
        mistakes.map { [anchor($0.id), cell(headline($0))] + outcome(of: $0) })
    }
    let questions = entries(.question)
    if !questions.isEmpty {
      addTable(
        ["id", "what was suspected", "is it so?", "violates", "steps", "preemptions", "states"],
        right: [4, 5, 6],
        questions.map { [anchor($0.id), cell(headline($0)), cell(answer($0))] + outcome(of: $0) })
    }
    let claims = entries(.claim)
    if !claims.isEmpty {
      addTable(
        ["id", "what holds", "shown by"],
        claims.flatMap { entry in
          entry.statements.map { [anchor(entry.id), cell($0.sentence), "`\($0.name)`"] }
        })
    }
  }

  private func headline(_ entry: CatalogueEntry) -> String {
    entry.statements.first?.sentence ?? ""
  }

  /// The first sentence of the answer.
  private func answer(_ entry: CatalogueEntry) -> String {
    let answer = entry.statements.lazy.compactMap(\.answers.first).first ?? ""
    return answer.split(separator: ". ").first.map { $0.hasSuffix(".") ? "\($0)" : "\($0)." } ?? ""
  }

  /// What is violated by the mistake of an entry, with the numbers of its shortest counterexample.
  private func outcome(of entry: CatalogueEntry) -> [String] {
    let own = entry.rows.filter { document.rows[$0].bugs.contains(entry.id) }
    let names = own.compactMap { document.rows[$0].violation }.uniqued()
    let row = names.isEmpty ? (own.first ?? entry.rows.first) : shortest(of: own, id: entry.id)
    return [self.names(names)] + numbers(of: row)
  }

  private func names(_ violations: [String]) -> String {
    violations.isEmpty ? "nothing" : violations.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// The row with the shortest counterexample; of the entry's bug alone, if it is seen alone.
  private func shortest(of rows: [Int], id: String) -> Int? {
    let found = rows.filter { document.rows[$0].violation != nil }
    let alone = found.filter { document.rows[$0].bugs == [id] }
    return (alone.isEmpty ? found : alone).min { first, second in
      let (a, b) = (measures[first], measures[second])
      return (a?.steps ?? .max, a?.preemptions ?? .max) < (b?.steps ?? .max, b?.preemptions ?? .max)
    }
  }

  private func anchor(_ id: String) -> String { "[\(id)](#\(id.lowercased()))" }

  // MARK: - Entries

  private mutating func addEntries(_ kind: CatalogueEntry.Kind, _ title: String, _ about: String) {
    let entries = entries(kind)
    if entries.isEmpty { return }
    add("")
    add("## \(title)")
    addParagraph(about)
    for entry in entries { addEntry(entry) }
  }

  private mutating func addEntry(_ entry: CatalogueEntry) {
    add("")
    add("### \(entry.id)")
    for statement in entry.statements { addStatement(statement) }
    if !entry.rows.isEmpty {
      addTable(
        ["check", "row", "outcome", "steps", "preemptions", "states"], right: [3, 4, 5],
        entry.rows.map { index in
          let row = document.rows[index]
          let module = document.modules[row.module].shortName
          return [
            "\(module) \u{B7} `\(row.check)`", cell(row.title),
            row.violation.map { "`\($0)`" } ?? "holds",
          ]
            + numbers(of: index)
        })
    }
    if entry.violations.isEmpty { return }
    add("")
    for violation in entry.violations {
      let meaning =
        violation.when.map { "\($0), `\(violation.text)`" } ?? Self.escaped(violation.text)
      add("- `\(violation.name)`: \(meaning)")
    }
  }

  private mutating func addStatement(_ statement: CatalogueEntry.Statement) {
    let module = document.modules[statement.module]
    let place = "[\(module.name)](\(links[statement.module]))"
    let name = statement.name.isEmpty ? "" : "`\(statement.name)` in "
    addParagraph("**\(Self.escaped(statement.sentence))** (\(name)\(place))")
    for paragraph in statement.prose { addParagraph(Self.escaped(paragraph)) }
    for source in statement.sources { addParagraph("*Source:* " + Self.escaped(source)) }
    for answer in statement.answers { addParagraph("*Answer:* " + Self.escaped(answer)) }
    for text in statement.liveness { addParagraph("*Waits for liveness:* " + Self.escaped(text)) }
  }

  /// The last three cells of a row: steps, preemptions, states.
  private func numbers(of index: Int?) -> [String] {
    guard let index else { return ["", "", ""] }
    let row = document.rows[index]
    if row.isLarge { return ["", "", "large"] }
    if row.violation == nil { return ["", "", number(measures[index]?.states)] }
    let plain = row.plain.map { document.rows[$0].isLarge ? "large" : number(measures[$0]?.states) }
    return [number(measures[index]?.steps), number(measures[index]?.preemptions), plain ?? ""]
  }

  // MARK: - Below the entries

  private mutating func addMatrices() {
    for matrix in document.matrices {
      add("")
      add("## \(matrix.title)")
      addParagraph(
        """
        Which pairs were tried: the check of each is called `<line>_with_<column>`. The numbers are the \
        states of those that hold; what is violated in the others is named. A pair without a number was \
        not tried.
        """)
      let columns = matrix.columns
      addTable(
        [""] + columns.map { "`\($0)`" }, right: Set(1...columns.count),
        matrix.lines.map { line in
          ["`\(line)`"] + columns.map { outcome(of: matrix.row(line, $0)) }
        })
      if matrix.largeCount > 0 {
        let isOne = matrix.largeCount == 1
        addParagraph("\(matrix.largeCount) more of this kind \(isOne ? "is" : "are") large.")
      }
    }
  }

  /// What came out of a row, in one cell.
  private func outcome(of index: Int?) -> String {
    guard let index else { return "" }
    return document.rows[index].violation.map { "`\($0)`" } ?? number(measures[index]?.states)
  }

  private mutating func addMissing() {
    let entries = entries(.open)
    if entries.isEmpty && document.gaps.isEmpty { return }
    add("")
    add("## Without a model")
    for entry in entries { addEntry(entry) }
    if !document.gaps.isEmpty {
      addParagraph("No model, and no word in one: " + document.gaps.joined(separator: ", ") + ".")
    }
  }

  private mutating func addOwnMistakes() {
    if document.ownMistakes.isEmpty { return }
    add("")
    add("## Mistakes of the models")
    addParagraph(
      """
      Nobody is known to have made these. The models make them to show that their checks see them; \
      `pagerace test` runs the rows.
      """)
    addTable(
      ["module", "id", "what is wrong", "violates"],
      document.ownMistakes.map { mistake in
        [
          String(document.modules[mistake.module].shortName), mistake.id, cell(mistake.sentence),
          names(mistake.violations),
        ]
      })
  }

  // MARK: - Pieces

  private func cell(_ text: String) -> String {
    Self.escaped(text).replacing("|", with: "\\|")
  }

  /// Returns a number with commas between thousands.
  private func number(_ value: Int?) -> String {
    guard let value else { return Self.unknown }
    var digits = String(value)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits.removeLast(3)
    }
    return ([digits[...]] + groups).joined(separator: ",")
  }

  /// Returns `text` so that Markdown shows it as it stands; what is between backticks stays code.
  static func escaped(_ text: String) -> String {
    var isCode = false
    return text.split(separator: " ").map { word in
      if !isCode, ["-", "+", "#", ">", "1."].contains(word) { return "\\" + word }
      return String(
        word.flatMap { character -> [Character] in
          if character == "`" { isCode.toggle() }
          return !isCode && "*<[".contains(character) ? ["\\", character] : [character]
        })
    }.joined(separator: " ")
  }
}
