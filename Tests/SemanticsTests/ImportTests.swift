import Semantics
import SourceText
import TestSupport
import Testing

/// What a module sees of others.
@Suite struct ImportTests {
  private let lock = """
    module kernel.lock
    lock struct spinlock { holder: task? = nil }
    atomic fn spin_lock(lock: inout spinlock) { await lock.holder == nil; lock.holder = self }
    """
  private let page = """
    module kernel.page
    import kernel.lock
    pool page { lock: spinlock, dirty: bool }
    fn lock_page(p: page) { spin_lock(p.lock) }
    """

  @Test("a module sees what its imports import")
  func transitive() {
    let found = analyze(
      "module m\nimport kernel.page\nfn f(p: page) { lock_page(p); spin_lock(p.lock) }", page, lock)
    #expect(found.text == "")
    #expect(found.program?.name == "m")
  }

  @Test("a name of a module that is loaded but not imported gets the import as advice")
  func notImported() {
    let found = analyze(
      "module m\nimport kernel.page\nfn f(p: page) { skip }",
      "module kernel.page\npool page { dirty: bool }\nfn g(l: inout spinlock) { skip }", lock)
    #expect(found.diagnostics.map(\.rule) == ["unknown-name"])
    #expect(found.diagnostics.first?.help == "add 'import kernel.lock'")
  }

  @Test("a name that two modules declare is ambiguous where it is used")
  func ambiguous() {
    let first = "module a\nfn get() { skip }\nfn own() { get() }"
    let second = "module b\nfn get() { skip }"
    let found = analyze("module m\nimport a\nimport b\nfn f() { get() }", first, second)
    #expect(found.diagnostics.map(\.rule) == ["ambiguous-name"])
    #expect(found.diagnostics.first?.notes.count == 2)
    #expect(analyze("module m\nimport a\nimport b\nfn f() { own() }", first, second).text == "")
  }

  @Test("bug ids and options are one of a kind in all modules together")
  func uniqueInAll() {
    let other = "module a\nbug B1 one \"\"\noption n: 0..3 = 1"
    let found = analyze(
      "module m\nimport a\nbug B1 two \"\"\noption n: 0..3 = 1\nscenario s { skip }\n"
        + "check c = s { expect pass; B1 expect deadlock }", other)
    #expect(found.diagnostics.map(\.rule) == ["duplicate-name", "duplicate-name"])
  }

  @Test("errors of imported modules are reported too, and their checks are left to them")
  func importedErrors() {
    let other = "module a\nfn get() { unknown() }\ncheck c = nothing { expect pass }"
    let found = analyze("module m\nimport a\nfn f() { get() }", other)
    #expect(found.diagnostics.map(\.rule) == ["unknown-name"])
  }
}
