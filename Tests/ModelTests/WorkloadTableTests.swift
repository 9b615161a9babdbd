import Foundation
import PageraceKit
import Semantics
import TestSupport
import Testing

/// The table in `docs/workloads.md`: which program was tried with which kind of migration, and in how many states.
@Suite("The table of workloads")
struct WorkloadTableTests {
  /// A pair of the table.
  struct Pair: Hashable, Sendable {
    var program: String
    var system: String
    var states: Int
  }

  private static let page = Bundle.original.folder.deletingLastPathComponent()
    .appending(path: "docs/workloads.md")

  /// The name of the check that tries the pair.
  private static func check(_ pair: Pair) -> String {
    "\(pair.program)_with_\(pair.system)_migration"
  }

  /// The rows without bugs of the checks of pairs, by their checks' names.
  private static func rows() throws -> [String: Row] {
    let paths = Bundle.original.paths.filter { $0.hasPrefix("workloads/") }
    let rows = try paths.flatMap { try Row.all(of: $0) }.filter {
      $0.run.configuration.bugs.isEmpty
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.run.check, $0) })
  }

  /// The pairs that the page has a number for.
  private static func pairs() throws -> [Pair] {
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    let cells = lines.filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    guard let head = cells.first else { return [] }
    return cells.dropFirst(2).flatMap { row in
      zip(head, row).dropFirst().compactMap { system, number in
        Int(number.replacing(",", with: "")).map {
          Pair(
            program: row[0].replacing("`", with: ""), system: system.replacing(" ", with: "_"),
            states: $0)
        }
      }
    }
  }

  @Test("has every pair that is checked, and no other")
  func complete() throws {
    let shown = Set(try Self.pairs().map(Self.check))
    let checked = Set(try Self.rows().keys)
    #expect(shown.count > 60)
    #expect(checked.subtracting(shown).sorted() == [])
    #expect(shown.subtracting(checked).sorted() == [])
  }

  @Test("counts the states of each", arguments: try pairs().sample(every: 20))
  func count(pair: Pair) throws {
    let row = try #require(try Self.rows()[Self.check(pair)])
    guard case .finished(let run) = try Bundle.original.model(row.path).perform(row.run) else {
      Issue.record("\(row): the model was rejected")
      return
    }
    #expect(run.result.statistics.states == pair.states)
  }
}
