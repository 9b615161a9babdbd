import Exploration
import TestSupport
import Testing

/// What is a step, and what is joined to one: language rules 1, 2, 4 and 8.
@Suite struct StepTests {
  private func run(_ body: String, check row: String = "expect pass") throws -> SearchResult? {
    try ModelRunner("module m\n\(body)\ncheck c = s { \(row) }")?.search()
  }

  @Test("two tasks that add one can lose an update")
  func lostUpdate() throws {
    let result = try run(
      """
      var x: 0..3 = 0
      scenario s {
          task a { x += 1 }
          task b { x += 1 }
          finally both_counted { x == 2 }
      }
      """)
    #expect(result?.outcome == "both_counted")
    guard case .violated(let finding)? = result?.verdict else { return }
    #expect(finding.trace.entries.count == 4)
    #expect(finding.preemptions == 1)
  }

  @Test("an atomic addition loses nothing")
  func atomicUpdate() throws {
    let result = try run(
      """
      var x: 0..3 = 0
      scenario s {
          task a { atomic { x += 1 } }
          task b { atomic x += 1 }
          finally both_counted { x == 2 }
      }
      """)
    #expect(result?.outcome == "holds")
    #expect(result?.statistics.states == 4)
    #expect(result?.statistics.transitions == 4)
  }

  @Test("a load and a store of a shared variable are two steps, and of others none")
  func privateVariable() throws {
    let result = try run(
      """
      var x: 0..3 = 0
      var mine: 0..3 = 0
      scenario s {
          task a { mine += 1; mine += 1; x = 1 }
          task b { x = 2 }
      }
      """)
    // Two stores in either order: the start, one of them done (2), both done (x is 1 or 2).
    #expect(result?.statistics.states == 5)
    #expect(result?.statistics.transitions == 4)
  }

  @Test("what nobody writes is loaded without a step")
  func constantData() throws {
    let result = try run(
      """
      var limit: 0..3 = 2
      var x: 0..3 = 0
      scenario s {
          task a { if limit == 2 { x = 1 } }
          task b { if limit == 3 { x = 2 } else { x = 3 } }
      }
      """)
    #expect(result?.statistics.states == 5)
  }

  @Test("a branch is joined to its load")
  func branch() throws {
    let result = try run(
      """
      var x: 0..1 = 0
      var y: 0..1 = 0
      scenario s {
          task a { if x == 0 { y = 1 } }
          task b { if y == 0 { x = 1 } }
          reachable neither { x == 1 && y == 1 }
      }
      """)
    // Each task is at its load, at its store, or done, with the values that belong to it.
    #expect(result?.outcome == "holds")
  }

  @Test("nothing is cached: a field tested and then used is loaded twice")
  func nothingCached() throws {
    let result = try run(
      """
      pool thing { value: 0..1 }
      var p: thing? = nil
      scenario s {
          pools thing[1]
          p = new thing
          task reader { if p != nil && p.value == 0 { skip } }
          task writer { p = nil }
      }
      """)
    #expect(result?.outcome == "nil_dereference")
  }

  @Test("the back edge of a loop without a step is a step that touches nothing")
  func emptyLoop() throws {
    let result = try run(
      """
      var x: 0..1 = 0
      scenario s {
          daemon task spinner { loop { skip } }
          task a { x = 1 }
          task b { x = 1 }
      }
      """)
    #expect(result?.outcome == "holds")
    #expect(result?.statistics.states == 4)
    // Four stores, and the spinner's step in each of the four states.
    #expect(result?.statistics.transitions == 4 + 4)
  }

  @Test("either takes any alternative whose first step is enabled")
  func eitherAlternative() throws {
    let result = try run(
      """
      var x: 0..3 = 0
      var open: bool = false
      scenario s {
          task a {
              either { await open; x = 1 } or { x = 2 }
          }
          task b { open = false; x = 3 }
          reachable second { x == 2 }
      }
      """)
    #expect(result?.outcome == "holds")
  }

  @Test("require outside atomic belongs to the step before it")
  func requireIsNoStep() throws {
    let result = try run(
      """
      violation seen "x was seen changed"
      var x: 0..1 = 0
      scenario s {
          task a { let v = x; require v == 0 else seen }
          task b { x = 1 }
      }
      """)
    #expect(result?.outcome == "seen")
    guard case .violated(let finding)? = result?.verdict else { return }
    #expect(finding.trace.entries.count == 2)
  }

  @Test("a require before an await is judged while the task waits")
  func requireBeforeAwait() throws {
    let result = try run(
      """
      violation twice "taken twice"
      lock struct mutex { holder: task? = nil }
      var m: mutex
      atomic fn take(m: inout mutex) {
          require m.holder != self else twice
          await m.holder == nil
          m.holder = self
      }
      scenario s {
          task a { take(m); take(m) }
          task b { skip }
      }
      """)
    #expect(result?.outcome == "twice")
  }

  @Test("a lock that is held at the end is reported")
  func lockHeldAtEnd() throws {
    let result = try run(
      """
      lock struct mutex { holder: task? = nil }
      var m: mutex
      scenario s {
          task a { atomic { await m.holder == nil; m.holder = self } }
          task b { atomic { await m.holder == nil; m.holder = self }; m.holder = nil }
      }
      """)
    #expect(result?.outcome == "lock_held_at_end")
  }

  @Test("only the holder may let a lock go")
  func badUnlock() throws {
    let result = try run(
      """
      lock struct mutex { holder: task? = nil }
      var m: mutex
      scenario s {
          task a { atomic { await m.holder == nil; m.holder = self }; m.holder = nil }
          task b { m.holder = nil }
      }
      """)
    #expect(result?.outcome == "bad_unlock")
  }

  @Test("two locks in opposite orders can deadlock")
  func deadlock() throws {
    let result = try run(
      """
      lock struct mutex { holder: task? = nil }
      var one: mutex
      var two: mutex
      atomic fn take(m: inout mutex) { await m.holder == nil; m.holder = self }
      fn give(m: inout mutex) { m.holder = nil }
      scenario s {
          task a { take(one); take(two); give(two); give(one) }
          task b { take(two); take(one); give(one); give(two) }
      }
      """)
    #expect(result?.outcome == "deadlock")
    guard case .violated(let finding)? = result?.verdict else { return }
    #expect(finding.trace.entries.count == 2)
  }

  @Test("an atomic loop that goes nowhere is reported, and one that ends is not")
  func endlessAtomic() throws {
    let endless = try run(
      """
      var x: 0..3 = 0
      scenario s {
          task a { atomic { while x == 0 { skip } } }
          task b { x = 1 }
      }
      """)
    #expect(endless?.outcome == "endless_atomic")
    let counting = try run(
      """
      var x: 0..9 = 0
      scenario s {
          task a { atomic { while x < 8 { x += 1 } } }
          task b { let v = x; }
      }
      """)
    #expect(counting?.outcome == "holds")
  }

  @Test("a check without an initial state proves nothing")
  func noInitialState() throws {
    let result = try run(
      """
      var x: 0..1 = 0
      scenario s {
          choose k in 0..1 where k == 2
          task a { x = 1 }
      }
      """)
    #expect(result?.outcome == "vacuous")
  }

  @Test("a value out of range is named")
  func outOfRange() throws {
    let result = try run(
      """
      var count: 0..7 = 0
      scenario s {
          task a { count -= 1 }
          task b { count += 1 }
      }
      """)
    #expect(result?.outcome == "out_of_range")
  }
}
