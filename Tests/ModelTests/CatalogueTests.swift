import Foundation
import PageraceKit
import Reports
import Semantics
import SourceText
import Testing

/// That `docs/catalogue.md` says what the models say.
///
/// That its numbers are those of the searches is tested where all rows are run.
@Suite("The catalogue") struct CatalogueTests {
  @Test("says what the models say; 'pagerace catalogue' writes it anew")
  func upToDate() throws {
    let stored = try StoredCatalogue.shared.get()
    let outline = CatalogueDocument.outline(of: stored.page)
    let lines = outline.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = stored.render([:]).split(separator: "\n", omittingEmptySubsequences: false)
    for (line, (old, new)) in zip(lines, expected).enumerated() where old != new {
      Issue.record("line \(line + 1): '\(old)' should be '\(new)'")
      return
    }
    #expect(lines.count == expected.count)
    // The summary at the top has the numbers of the tables below, and no row has two.
    #expect(stored.contradictions == [])
    #expect(stored.render(stored.measures) == stored.page)
    #expect(stored.measures.count == stored.catalogue.document.measuredRows.count)
  }

  @Test("has every id of the Direct Migration patch sets, or says that there is no model")
  func ids() throws {
    let document = try StoredCatalogue.shared.get().catalogue.document
    let known = Set(
      document.entries.map { $0.id.replacing(/[a-z]$/, with: "") } + document.gaps)
    for number in 1...30 {
      let id = "B" + (number < 10 ? "0\(number)" : "\(number)")
      #expect(known.contains(id), "\(id)")
    }
    for number in 1...8 {
      #expect(known.contains("X\(number)"), "X\(number)")
      #expect(known.contains("N0\(number)"), "N0\(number)")
    }
    #expect(known.contains("C4"))
  }

  @Test("every mistake with an id of its own has a source, and every question an answer")
  func sources() throws {
    let catalogue = try StoredCatalogue.shared.get().catalogue
    #expect(catalogue.diagnostics.map(\.diagnostic.message) == [])
    for part in catalogue.parts {
      for bug in part.program.bugs where bug.module == part.program.name {
        guard let series = bug.id.first, "BXN".contains(series) else { continue }
        // Classics and benchmarks number their mistakes as they like.
        let isKernel = !["classics", "bench"].contains { bug.module.hasPrefix($0) }
        guard isKernel else { continue }
        let entry = catalogue.document.entries.first { $0.id == bug.id }
        let statement = entry?.statements.first { $0.name == bug.name }
        #expect(statement != nil, "\(bug.id) in \(bug.module) has no source")
        if series == "X" { #expect(statement?.answers != [], "\(bug.id) in \(bug.module)") }
      }
    }
  }

  @Test("every mistake is violated somewhere")
  func violations() throws {
    let document = try StoredCatalogue.shared.get().catalogue.document
    for entry in document.entries where entry.kind == .mistake {
      #expect(!entry.violations.isEmpty, "\(entry.id)")
    }
  }

  @Test("has a table with every pair of a program and a migration")
  func pairs() throws {
    let document = try StoredCatalogue.shared.get().catalogue.document
    let matrix = try #require(document.matrices.first)
    #expect(document.matrices.count == 1)
    #expect(matrix.pairs.count > 80)
    #expect(matrix.columns.count == 10)
    let checks = document.rows.filter { row in
      document.modules[row.module].name.hasPrefix("workloads.") && row.bugs.isEmpty && !row.isLarge
    }.map(\.check)
    #expect(Set(matrix.pairs.map { document.rows[$0.row].check }) == Set(checks))
    // All of them hold: the numbers in the cells are states.
    for pair in matrix.pairs {
      #expect(document.rows[pair.row].violation == nil, "\(pair.line) with \(pair.column)")
    }
  }
}
