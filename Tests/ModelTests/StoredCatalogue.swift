import Exploration
import Foundation
import PageraceKit
import Reports
import Semantics
import SourceText
import Testing

/// `docs/catalogue.md` as it is stored, with the numbers that its tables have for each row.
struct StoredCatalogue {
  /// What the models say now.
  let catalogue: Catalogue
  /// The text of the page.
  let page: String
  /// The numbers of the page, by the indexes of the catalogue's rows.
  let measures: [Int: CatalogueRow.Measure]
  /// The rows for which the page has two different numbers.
  let contradictions: [Int]

  /// The page of the bundled models.
  static let shared = Result { try StoredCatalogue() }

  private static let url = Bundle.original.folder.deletingLastPathComponent()
    .appending(path: "docs/catalogue.md")

  private init() throws {
    let parts = try Bundle.original.paths.map { path in
      let model = try Bundle.original.model(path)
      let program = try #require(model.analyze(Configuration()).0)
      return Catalogue.Part(model: model, program: program)
    }
    catalogue = Catalogue(parts)
    page = try String(contentsOf: Self.url, encoding: .utf8)
    (measures, contradictions) = Self.read(page, catalogue.document)
  }

  /// Returns the page that has `measures` for numbers.
  func render(_ measures: [Int: CatalogueRow.Measure]) -> String {
    catalogue.document.markdown(measures: measures) { FileAccess.path($0, from: Self.url.path) }
  }

  /// What the page has for a run that came out as expected; nil if it shows nothing of it.
  func measure(of row: Row) -> CatalogueRow.Measure? {
    let path = Bundle.original.folder.appending(path: row.path).path
    let index = catalogue.runs.firstIndex { run in
      catalogue.parts[run.part].model.path == path && run.run.check == row.run.check
        && run.run.configuration == row.run.configuration
    }
    return index.flatMap { measures[$0] }
  }

  /// Reads the tables of the entries, line by line beside the rows that they should have.
  private static func read(
    _ page: String, _ document: CatalogueDocument
  ) -> ([Int: CatalogueRow.Measure], [Int]) {
    var measures: [Int: CatalogueRow.Measure] = [:]
    var contradictions: [Int] = []
    let note = { (row: Int, measure: CatalogueRow.Measure) in
      if let known = measures[row], known != measure { contradictions.append(row) }
      measures[row] = measure
    }
    let sections = sections(of: page)
    for entry in document.entries {
      let lines = sections[entry.id] ?? []
      for (row, line) in zip(entry.rows, lines) where line.count == 6 {
        let (steps, preemptions, states) = (number(line[3]), number(line[4]), number(line[5]))
        guard document.rows[row].violation != nil else {
          if let states { note(row, .init(states: states)) }
          continue
        }
        if let steps, let preemptions {
          note(row, .init(steps: steps, preemptions: preemptions))
        }
        if let states, let plain = document.rows[row].plain { note(plain, .init(states: states)) }
      }
    }
    for matrix in document.matrices {
      for line in sections[matrix.title] ?? [] where line.count == matrix.columns.count + 1 {
        for (column, cell) in zip(matrix.columns, line.dropFirst()) {
          guard let row = matrix.row(line[0].filter { $0 != "`" }, column),
            let states = number(cell)
          else { continue }
          note(row, .init(states: states))
        }
      }
    }
    return (measures, contradictions)
  }

  /// The cells of the tables under each heading, without the tables' heads.
  private static func sections(of page: String) -> [String: [[Substring]]] {
    var sections: [String: [[Substring]]] = [:]
    var id = ""
    for line in page.split(separator: "\n") {
      if line.hasPrefix("#") { id = line.drop { $0 == "#" }.dropFirst().description }
      guard !id.isEmpty, line.hasPrefix("| "), !line.hasPrefix("| ---"),
        !line.hasPrefix("| check |"), !line.hasPrefix("|  |")
      else { continue }
      // A bar in a cell is written with a backslash before it.
      let cells = line.dropFirst(2).dropLast(2).split(
        separator: " | ", omittingEmptySubsequences: false)
      sections[id, default: []].append(cells)
    }
    return sections
  }

  private static func number(_ cell: Substring) -> Int? { Int(cell.filter { $0 != "," }) }
}
