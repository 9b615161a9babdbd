internal import Exploration
public import Reports
public import Semantics
public import SourceText

/// What a set of models knows of mistakes: their words, and the runs that give the numbers.
public struct Catalogue: Sendable {
  /// A model that has been checked without bugs.
  public struct Part: Sendable {
    /// The model.
    public var model: Model
    /// What it says.
    public var program: Program

    /// Creates a part.
    public init(model: Model, program: Program) {
      self.model = model
      self.program = program
    }
  }

  /// The run of a row.
  public struct Run: Sendable {
    /// The model, as an index in the parts that the catalogue was made of.
    public var part: Int
    /// What is to be run and what is expected.
    public var run: CheckRun
  }

  /// What is to be written.
  public private(set) var document = CatalogueDocument()
  /// The runs of ``document``'s rows, by the same indexes.
  public private(set) var runs: [Run] = []
  /// What is wrong with the remarks in comments, with the part that it is about.
  public private(set) var diagnostics: [(part: Int, diagnostic: Diagnostic)] = []

  /// What it was made of.
  public let parts: [Part]

  /// Collects what `parts` say; nothing is run.
  public init(_ parts: [Part]) {
    self.parts = parts
    var sayings: [CatalogueSource.Saying] = []
    for (index, part) in parts.enumerated() {
      document.modules.append(.init(name: part.name, path: part.model.path))
      let source = CatalogueSource(part.program, module: index)
      sayings += source.sayings
      diagnostics += source.diagnostics.map { (index, $0) }
      let first = document.rows.count
      for check in part.program.checks { addRows(of: check, part: index) }
      if let title = source.pairs { addPairs(title, rows: first..<document.rows.count) }
    }
    addEntries(sayings)
    addOwnMistakes(sayings)
    document.gaps = CatalogueID.gaps(
      in: document.entries.map(\.id), except: document.ownMistakes.map(\.id))
  }

  // MARK: - Rows

  private mutating func addRows(of check: Check, part: Int) {
    let first = document.rows.count
    let common = check.rows.map { Set($0.settings.map(Setting.init)) }
      .reduce(nil) { $0?.intersection($1) ?? $1 }
    for row in check.rows {
      let own = row.settings.map(Setting.init).filter { common?.contains($0) != true }
      document.rows.append(
        CatalogueRow(
          module: part, check: check.name, bugs: row.bugs,
          options: own.map { .init(name: $0.option, value: $0.value) },
          violation: row.expectation == "pass" ? nil : row.expectation, isLarge: check.isLarge))
      runs.append(Run(part: part, run: CheckRun(row, of: check)))
    }
    let rows = document.rows.indices[first...]
    for row in rows where document.rows[row].violation != nil {
      document.rows[row].plain = plainRow(of: row, among: rows)
    }
  }

  /// Adds the checks of pairs to the table with this title.
  private mutating func addPairs(_ title: String, rows: Range<Int>) {
    let name = title.hasSuffix(".") ? String(title.dropLast()) : title
    var matrix =
      document.matrices.first { $0.title == name } ?? CatalogueMatrix(title: name)
    var seen: Set<String> = []
    for index in rows where document.rows[index].bugs.isEmpty {
      let row = document.rows[index]
      guard let pair = CatalogueMatrix.Pair(check: row.check, row: index),
        seen.insert(row.check).inserted
      else { continue }
      if row.isLarge { matrix.largeCount += 1 } else { matrix.pairs.append(pair) }
    }
    document.matrices.removeAll { $0.title == name }
    document.matrices.append(matrix)
  }

  /// The row without bugs that holds: under the same options, or else the first.
  private func plainRow(of row: Int, among rows: Range<Int>) -> Int? {
    let plain = rows.filter {
      document.rows[$0].bugs.isEmpty && document.rows[$0].violation == nil
    }
    let options = runs[row].run.configuration.options
    return plain.first { runs[$0].run.configuration.options == options } ?? plain.first
  }

  // MARK: - Entries

  private mutating func addEntries(_ sayings: [CatalogueSource.Saying]) {
    let known = sayings.filter { $0.keyword != .bug || !$0.statement.sources.isEmpty }
    for id in Set(known.map(\.id)).sorted(by: CatalogueID.precedes) {
      let all = known.filter { $0.id == id }
      let keywords: [CatalogueSource.Keyword] = [.bug, .claim, .open]
      let own = keywords.flatMap { keyword in all.filter { $0.keyword == keyword } }
      let isBug = own.contains { $0.keyword == .bug }
      let isClaim = own.contains { $0.keyword == .claim }
      let hasAnswer = own.contains { !$0.statement.answers.isEmpty }
      let kind: CatalogueEntry.Kind =
        !isBug && !isClaim ? .open : hasAnswer ? .question : isBug ? .mistake : .claim
      let rows = rows(about: id, own, isBug: isBug)
      document.entries.append(
        CatalogueEntry(
          id: id, kind: kind, statements: own.map(\.statement), rows: rows,
          violations: violations(in: rows)))
    }
  }

  /// The rows that switch the bug on, and those without bugs of the checks that claim something.
  ///
  /// Rows with other bugs belong to a claim that names them. Large checks are left out, unless nothing
  /// else is violated.
  private func rows(about id: String, _ sayings: [CatalogueSource.Saying], isBug: Bool) -> [Int] {
    let modules = sayings.filter { $0.keyword == .bug }
      .map { parts[$0.statement.module].program.name }
    let claims = sayings.filter { $0.keyword == .claim }.map(\.statement)
    let all = document.rows.indices.filter { index in
      let row = document.rows[index]
      if switchesOn(id, of: modules, row) { return true }
      return claims.contains { claim in
        claim.module == row.module && claim.name == row.check
          && Set(row.bugs).isSubset(of: Self.words(of: claim.sentence))
      }
    }
    let small = all.filter { !document.rows[$0].isLarge }
    if !isBug { return small.isEmpty ? all : small }
    return small.contains { document.rows[$0].violation != nil } ? small : all
  }

  /// Whether a row switches on the bug of this id that one of `modules` declares.
  private func switchesOn(_ id: String, of modules: [String], _ row: CatalogueRow) -> Bool {
    row.bugs.contains(id)
      && parts[row.module].program.bugs.contains { $0.id == id && modules.contains($0.module) }
  }

  /// The words of a sentence that can be ids.
  private static func words(of sentence: String) -> Set<String> {
    Set(sentence.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
  }

  private func violations(in rows: [Int]) -> [CatalogueEntry.Violation] {
    var found: [CatalogueEntry.Violation] = []
    for index in rows {
      guard let name = document.rows[index].violation else { continue }
      let violation = violation(name, in: document.rows[index])
      if !found.contains(violation) { found.append(violation) }
    }
    return found
  }

  private func violation(_ name: String, in row: CatalogueRow) -> CatalogueEntry.Violation {
    let program = parts[row.module].program
    let components = program.checks.first { $0.name == row.check }?.components ?? []
    let scenarios = components.map { program.scenarios[$0.scenario] }
    let properties = scenarios.flatMap { scenario in
      scenario.properties.filter { [$0.name, "\(scenario.name)_\($0.name)"].contains(name) }
    }
    if let property = properties.first ?? program.properties.first(where: { $0.name == name }) {
      let text = Self.body(behind: property.span, in: parts[row.module].model.catalog)
      let when = property.kind == .finally ? "at the end" : "always"
      return .init(name: name, when: when, text: text)
    }
    let message =
      program.violations.first { $0.name == name }?.message
      ?? BuiltinViolation(rawValue: name)?.message
    return .init(name: name, text: message ?? "")
  }

  /// Returns the code between the braces that follow `span`, on one line and without comments.
  private static func body(behind span: SourceSpan, in catalog: SourceCatalog) -> String {
    let rest = String(decoding: catalog[span.file].bytes[Int(span.upper)...], as: UTF8.self)
    var depth = 0
    var words: [String] = []
    for line in rest.split(separator: "\n") {
      // What stands in a comment opens and closes nothing.
      let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
      var inside = ""
      for character in code {
        if character == "}" { depth -= 1 }
        if depth > 0 { inside.append(character) }
        if character == "{" { depth += 1 }
        if depth == 0, character == "}" {
          return (words + inside.split(separator: " ").map(String.init)).joined(separator: " ")
        }
      }
      words += inside.split(separator: " ").map(String.init)
    }
    return words.joined(separator: " ")
  }

  // MARK: - Mistakes of the models

  private mutating func addOwnMistakes(_ sayings: [CatalogueSource.Saying]) {
    let isKnown = { (saying: CatalogueSource.Saying) in
      saying.keyword == .claim || saying.keyword == .bug && !saying.statement.sources.isEmpty
    }
    let modules = Set(sayings.filter(isKnown).map(\.statement.module))
    for saying in sayings where saying.keyword == .bug && !isKnown(saying) {
      let module = saying.statement.module
      guard modules.contains(module) else { continue }
      document.ownMistakes.append(
        .init(
          module: module, id: saying.id, sentence: saying.statement.sentence,
          violations: violations(of: saying.id, declaredIn: parts[module].program.name)))
    }
  }

  /// What is violated where a bug of this module is on: alone, if it is in a row alone.
  private func violations(of id: String, declaredIn module: String) -> [String] {
    let rows = document.rows.filter { $0.violation != nil && switchesOn(id, of: [module], $0) }
    let alone = rows.filter { $0.bugs == [id] }
    var names: [String] = []
    for name in (alone.isEmpty ? rows : alone).compactMap(\.violation) where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}

/// An option with its value, to be compared.
private struct Setting: Hashable {
  let option: String
  let value: String

  init(_ setting: (option: String, value: String)) {
    option = setting.option
    value = setting.value
  }
}

extension Catalogue.Part {
  /// The name of the module, or of the file if it has none.
  var name: String { program.name.isEmpty ? model.name : program.name }
}

extension CatalogueRow.Measure {
  /// Returns what the catalogue shows of a search; nil if it has no answer.
  public init?(_ result: FinishedRun) {
    switch result.result.verdict {
    case .holds: self.init(states: result.result.statistics.states)
    case .violated(let finding):
      self.init(steps: finding.trace.entries.count, preemptions: finding.preemptions)
    case .inconclusive, .vacuous: return nil
    }
  }
}
