import Exploration
import PageraceKit
import TestSupport
import Testing

/// The classics, explored twice: by the search and by the naive checker.
@Suite struct ClassicsAgreementTests {
  @Test("the naive checker agrees on states, transitions and verdict")
  func agreement() throws {
    let rows = try Bundle.original.paths.filter { $0.hasPrefix("classics/") }
      .flatMap { try Row.all(of: $0) }
    #expect(rows.count >= 10)
    for row in rows {
      let model = try Bundle.original.model(row.path)
      let system = try #require(model.system(of: row.run).0)
      let result = try Search(system).run()
      #expect(NaiveChecker.Answer(result) == NaiveChecker(system).check(), "\(row.testDescription)")
    }
  }
}
