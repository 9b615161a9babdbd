import PageraceKit
import Semantics
import TestSupport
import Testing

/// A model that holds whatever is done to it proves nothing.
@Suite("A mistake in a bundled model")
struct MutationTests {
  @Test("is found by the fitting property", arguments: Mutation.all.sample(every: 8))
  func found(_ mutation: Mutation) throws {
    let outcome = try Bundle.original.withEdits(mutation.edits, in: mutation.path) { bundle in
      try bundle.model(mutation.model).perform(
        CheckRun(
          check: mutation.check,
          configuration: Configuration(bugs: mutation.bugs, options: mutation.options)))
    }
    #expect(outcome.word == mutation.outcome)
  }
}
