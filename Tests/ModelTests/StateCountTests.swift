import Exploration
import PageraceKit
import Semantics
import SourceText
import Testing

/// A check whose numbers of states and transitions are known from elsewhere.
struct KnownCount: CustomTestStringConvertible, Sendable {
  var path: String
  var check: String
  var bugs: Set<String> = []
  var options: [String: String] = [:]
  var states: Int
  var transitions: Int

  var testDescription: String { "\(path) \(check) \(bugs.sorted()) \(options)" }
}

/// Numbers that were not computed by this project's search.
///
/// A breadth-first search of a few lines for each system, written for this purpose in another
/// language, gave them; `Models/bench/c/refmc.c` is the one for the models beside it. For philosophers, 3 to the power of their number is known.
@Suite("The models have the known number of states")
struct StateCountTests {
  static let known = [
    KnownCount(path: "classics/lost_update.race", check: "update", states: 4, transitions: 4),
    KnownCount(path: "classics/peterson.race", check: "exclusion", states: 20, transitions: 34),
    KnownCount(
      path: "classics/peterson.race", check: "exclusion", options: ["scan": "true"], states: 32,
      transitions: 64),
    KnownCount(
      path: "classics/dining_philosophers.race", check: "dinner", states: 81, transitions: 216),
    KnownCount(path: "classics/ticket_lock.race", check: "exclusion", states: 93, transitions: 171),
    KnownCount(path: "classics/bounded_buffer.race", check: "buffer", states: 97, transitions: 160),
    KnownCount(
      path: "classics/readers_writers.race", check: "access", states: 224, transitions: 336),
    KnownCount(path: "bench/filter.race", check: "exclusion", states: 524, transitions: 1_194),
    KnownCount(path: "bench/filter.race", check: "five", states: 264_582, transitions: 879_430),
    KnownCount(path: "bench/filterscan.race", check: "exclusion", states: 893, transitions: 2_031),
    KnownCount(path: "bench/phil.race", check: "dinner", states: 81, transitions: 216),
    KnownCount(path: "bench/pagemig.race", check: "one", states: 15_434, transitions: 47_697),
    KnownCount(path: "bench/pagemig.race", check: "two", states: 140_312, transitions: 535_915),
  ]

  @Test("exactly", arguments: known)
  func count(_ known: KnownCount) throws {
    let model = try Bundle.original.model(known.path)
    let row = model.analyze(Configuration()).0?.checks.first { $0.name == known.check }?.rows.first
    let settings = (row?.settings ?? []).map { ($0.option, $0.value) }
    let run = CheckRun(
      check: known.check,
      configuration: Configuration(
        bugs: known.bugs,
        options: known.options.merging(settings, uniquingKeysWith: { own, _ in own })))
    guard case .finished(let finished) = model.perform(run) else {
      Issue.record("the model was rejected")
      return
    }
    #expect(finished.result.statistics.states == known.states)
    #expect(finished.result.statistics.transitions == known.transitions)
  }

  @Test("and say so in their text", arguments: known)
  func text(_ known: KnownCount) throws {
    let model = try Bundle.original.model(known.path)
    let text = String(decoding: model.catalog.files[0].bytes, as: UTF8.self)
    #expect(text.replacing(",", with: "").contains("\(known.states)"))
  }
}
