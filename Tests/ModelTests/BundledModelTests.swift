import Exploration
import PageraceKit
import Semantics
import SourceText
import Testing

@Suite("The bundled models")
struct BundledModelTests {
  @Test("show in some table what each of their bugs does")
  func everyBugIsShown() throws {
    var declared: Set<String> = []
    var shown: Set<String> = []
    for path in Bundle.original.paths {
      let analyzed = try Bundle.original.model(path).analyze(Configuration()).0
      guard let program = analyzed else { continue }
      declared.formUnion(program.bugs.map(\.id))
      shown.formUnion(program.checks.flatMap(\.rows).flatMap(\.bugs))
    }
    #expect(!declared.isEmpty)
    #expect(declared.subtracting(shown).sorted() == [])
  }

  @Test("are free of errors and warnings", arguments: Bundle.original.paths)
  func clean(path: String) throws {
    let model = try Bundle.original.model(path)
    let (program, found) = model.analyze(Configuration())
    #expect(program != nil)
    #expect((model.diagnostics + found).map(\.message) == [])
  }

  @Test(
    "come out as their tables say",
    arguments: try Bundle.original.paths.flatMap { try Row.some(of: $0) })
  func expectations(row: Row) throws {
    let outcome = try Bundle.original.model(row.path).perform(row.run)
    #expect(outcome.word == row.run.expectation)
    if let shown = try StoredCatalogue.shared.get().measure(of: row) {
      #expect(outcome.measure == shown, "docs/catalogue.md: 'pagerace catalogue' writes it anew")
    }
  }
}
