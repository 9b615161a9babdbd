// What docs/swift.md shows: each of its blocks of code is a part of this file.
import Foundation
import PageraceKit
import Testing

@Suite struct ExampleTests {
  /// The folder with the models.
  private let models = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Models").path

  @Test func nobodyLosesAnUpdate() async throws {
    let model = try Model(path: "\(models)/classics/lost_update.race")
    let run = try await model.check("update", limits: SearchLimits(timeout: .seconds(60)))
    guard case .holds = run.result.verdict else {
      Issue.record("\(run.report(model.catalog))")
      return
    }
    #expect(run.result.statistics.states == 4)
  }

  @Test func theKnownMistakeIsStillFound() async throws {
    let model = try Model(path: "\(models)/classics/lost_update.race")
    let run = try await model.check("update", bugs: ["L01"])
    guard case .violated(let finding) = run.result.verdict else {
      Issue.record("the mistake is not found any more")
      return
    }
    #expect(finding.violation == "both_are_counted")
    #expect(finding.trace.entries.count == 4)
  }

  @Test func everyRowComesOutAsItsTableSays() async throws {
    let model = try Model(path: "\(models)/classics/peterson.race")
    for check in try model.checks() where !check.isLarge {
      for row in check.rows {
        let run = try await model.check(check.name, bugs: row.bugs, options: row.options)
        let outcome = RowOutcome(run.result.verdict, expectation: row.expectation)
        #expect(outcome == .asExpected, "\(run.description.title)")
      }
    }
  }
}
