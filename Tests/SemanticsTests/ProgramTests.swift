import Semantics
import TestSupport
import Testing

/// What the checker makes of a model that is right.
@Suite struct ProgramTests {
  private func body(_ text: String) throws -> [Statement] {
    let found = analyze("module m\n" + text)
    #expect(found.text == "")
    return try #require(found.program?.functions.first?.body.statements)
  }

  @Test("'if let' sets a hidden local, tests its case, and gives the bindings their values")
  func conditionalMatch() throws {
    let code = try body(
      """
      fn f() { if let present(page, dirty: d) = slot { page.a = d } else { skip } }
      pool page { a: bool }
      word enum pte { none, present(page: page, dirty: bool) }
      var slot: pte
      """)
    guard case .setLocal(let hidden, let value) = code[0].kind,
      case .load(let place, _)? = value?.kind, case .variable = place.kind,
      case .conditional(let test, let inner, let otherwise) = code[1].kind,
      case .isCase(let word, caseIndex: 1) = test.kind,
      case .load(let tested, _) = word.kind, case .local(hidden) = tested.kind,
      case .setLocal(_, let first?) = inner[0].kind, case .wordField(_, field: 0) = first.kind,
      case .setLocal(_, let second?) = inner[1].kind, case .wordField(_, field: 1) = second.kind,
      case .store = inner[2].kind
    else {
      Issue.record("\(code)")
      return
    }
    #expect(code.count == 2 && inner.count == 3 && otherwise.count == 1)
  }

  @Test("'switch' is a chain of tests of a hidden local; the last case needs no test")
  func switchChain() throws {
    let code = try body(
      """
      fn f(e: errno) { switch e { case OK { skip } case EAGAIN { skip } case EBUSY { skip } } }
      enum errno { OK, EAGAIN, EBUSY }
      """)
    guard case .sequence(let all) = code[0].kind, case .setLocal = all[0].kind,
      case .conditional(_, _, let otherwise) = all[1].kind,
      case .conditional(_, _, let last) = otherwise[0].kind, case .skip = last[0].kind
    else {
      Issue.record("\(code)")
      return
    }
  }

  @Test("locals are set, locations are stored to")
  func assignments() throws {
    let code = try body(
      """
      fn f(p: page, n: inout 0..3) {
        var a: 0..3 = 0
        a += 1
        a = 2
        p.count += 1
        n = 1
        slots[a] = true
        let s = &slots[1]
        s = false
        WRITE_ONCE(p.count, 2)
      }
      pool page { count: 0..3 }
      var slots: bool[4]
      """)
    let kinds = code.map { statement in
      switch statement.kind {
      case .setLocal: "set"
      case .store(_, _, let once): once ? "once" : "store"
      case .update: "update"
      case .bindAlias: "alias"
      default: "other"
      }
    }
    #expect(
      kinds == ["set", "set", "set", "update", "store", "store", "alias", "store", "once"])
  }

  @Test("a number has the interval of its possible values")
  func intervals() throws {
    let code = try body(
      """
      fn f(n: 2..3, b: bool) {
        let c = n * 2 - 1
        let d = b ? n : 7
        let e = n % 2
        for i in 0..n { let g = i }
      }
      """)
    let types = analyze(
      "module m\nfn f(n: 2..3, b: bool) {\n"
        + "let c = n * 2 - 1\nlet d = b ? n : 7\nlet e = n % 2\nfor i in 0..n { let g = i }\n}"
    )
    .program?.functions[0].body.locals.dropFirst(2).map(\.type)
    #expect(code.count == 4)
    #expect(
      types == [
        .integer(3...5), .integer(2...7), .integer(0...1), .integer(0...3), .integer(0...3),
      ])
  }

  @Test("a joined scenario has the base's parameters, pools, prelude, tasks and properties first")
  func extending() throws {
    let found = analyze(
      """
      module m
      pool page { a: bool }
      scenario base(n: 0..3) {
        pools page[2]
        let old = new page
        task t { old.a = n == 1 }
        reachable done { old.a }
      }
      scenario derived(k: 0..3) extends base(k + 1) {
        pools page[3]
        let fresh = new page
        task r { fresh.a = old.a; t.depth = k }
      }
      task var depth: 0..3
      check c = derived(1) { expect pass }
      """)
    #expect(found.text == "")
    let scenario = try #require(found.program?.scenarios[1])
    #expect(scenario.parameterCount == 1)
    #expect(scenario.prelude.locals.map(\.name) == ["k", "n", "old", "fresh"])
    #expect(scenario.prelude.statements.count == 3)
    #expect(scenario.pools.map(\.count) == [3])
    #expect(scenario.tasks.map(\.name) == ["t", "r"])
    #expect(scenario.properties.map(\.name) == ["done"])
    #expect(found.program?.checks[0].components[0].arguments.count == 1)
  }

  @Test("a violation that every model has gets a declaration when a require names it")
  func builtinViolation() {
    let found = analyze("module m\nvar x: bool\nfn f() { require x else bad_unlock }")
    #expect(found.program?.violations.map(\.name) == ["bad_unlock"])
    #expect(found.program?.violations.first?.message == BuiltinViolation.badUnlock.message)
  }

  @Test("guards are paths of fields, or global locks")
  func guards() throws {
    let found = analyze(
      """
      module m
      lock struct spinlock { holder: task? = nil }
      var big: spinlock
      pool mapping { x: bool, tree_lock: spinlock }
      pool page { mapping: mapping?, a: bool guarded by big and mapping.tree_lock }
      """)
    let guards = try #require(found.program?.pools[1].fields[1].guards)
    guard case .global(let variable, []) = guards[0], case .path(let steps) = guards[1] else {
      Issue.record("\(guards)")
      return
    }
    #expect(variable.index == 0)
    #expect(steps.map(\.field) == [0, 1])
  }
}
