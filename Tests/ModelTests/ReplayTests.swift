import Exploration
import Foundation
import PageraceKit
import Semantics
import TestSupport
import Testing

/// A counterexample is stored, the model is edited, and the stored schedule is followed on what it is then.
@Suite("A stored counterexample")
struct ReplayTests {
  /// Two tasks drop a reference each, in two steps if R01 is on; with R02 in the wrong order of two locks.
  static let source = """
    module refs

    bug R01 load_and_store "The count is dropped by a load and a store."
    bug R02 other_order    "The locks are taken in the other order."

    pool object { count: 0..2, age: 0..3 }
    var first: task?
    var second: task?

    fn put(object: object) {
        unless load_and_store {
            if dec_and_test(object.count) { free object }
        } else {
            object.count -= 1
            if object.count == 0 { free object }
        }
    }

    fn lock_first() {
        atomic { await first == nil; first = self }
    }

    fn lock_second() {
        atomic { await second == nil; second = self }
    }

    fn locked_put(object: object, wrongly: bool) {
        if wrongly {
            lock_second()
            lock_first()
        } else {
            lock_first()
            lock_second()
        }
        put(object)
        first = nil
        second = nil
    }

    scenario two_users {
        pools object[1]
        let shared = new object { count: 2 }

        task left { put(shared) }
        task right { put(shared) }

        finally freed { count(o in object) == 0 }
    }

    scenario two_lockers {
        pools object[1]
        let shared = new object { count: 2 }

        task left { locked_put(shared, false) }
        task right { locked_put(shared, other_order) }

        invariant apart { !shared.live || shared.age == 0 }
    }

    check put = two_users {
        expect pass
        R01 expect freed
    }

    check locked = two_lockers {
        expect pass
        R02 expect deadlock
    }

    """

  /// Records the counterexample of a check with a bug.
  private func record(_ check: String, _ bug: String) throws -> StoredCounterexample {
    let model = try Model(text: Self.source, at: "Models/refs.race")
    let outcome = model.perform(CheckRun(check: check, configuration: Configuration(bugs: [bug])))
    guard case .finished(let run) = outcome else {
      throw Problem(text: outcome.word)
    }
    return try #require(StoredCounterexample(run, of: model))
  }

  private struct Problem: Error { let text: String }

  /// Replays a stored counterexample after edits of the text; each text that is replaced must be there.
  private func replay(
    _ stored: StoredCounterexample, _ edits: [(String, String)]
  ) throws -> CounterexampleReplay {
    var text = Self.source
    for (old, new) in edits {
      #expect(text.contains(old), "'\(old)' is not in the model")
      text = text.replacing(old, with: new)
    }
    let model = try Model(text: text, at: "Models/refs.race")
    do {
      return try model.replay(stored)
    } catch {
      throw Problem(text: "\(error)")
    }
  }

  @Test("fails in the same way on the model as it was")
  func unchanged() throws {
    let put = try record("put", "R01")
    let replay = try replay(put, [])
    #expect(replay.sentence == "still fails, same violation: freed after 6 steps")
    #expect(!replay.hasChanged)
    #expect(replay.changes == nil)
    #expect(replay.finding?.isShortest == false)
    #expect(try self.replay(try record("locked", "R02"), []).isSame)
  }

  @Test("has the path and the name of its row")
  func names() throws {
    let stored = try record("put", "R01")
    #expect(stored.model == "Models/refs.race")
    #expect(stored.name == "put.R01")
    #expect(stored.title == "put with R01")
    #expect(stored.steps.map(\.task) == ["left", "right", "right", "right", "left", "left"])
    #expect(stored.steps.last?.occurrence == 2)
  }

  @Test("does not mind comments, layout, and code that others run")
  func elsewhere() throws {
    let replay = try replay(
      try record("put", "R01"),
      [
        ("fn put(", "/// Drops one.\n\n// Mind the gap.\nfn put("),
        ("object.count -= 1\n", "object.count   -=   1 // a load and a store\n"),
        ("    first = nil\n", "    first = nil\n    second = nil\n"),
      ])
    #expect(replay.isSame)
    #expect(replay.hasChanged)
    #expect(replay.changes == nil)
    let comments = try self.replay(try record("put", "R01"), [("fn put(", "// One.\nfn put(")])
    #expect(!comments.hasChanged)
  }

  @Test("goes through a statement that was put in")
  func inserted() throws {
    let replay = try replay(
      try record("put", "R01"),
      [("object.count -= 1\n", "object.age = 1\n        object.count -= 1\n")])
    #expect(replay.isSame, "\(replay.sentence)")
    #expect(replay.changes == "with 2 steps put in")
    #expect(replay.finding?.trace.entries.count == 8)
    #expect(replay.finding?.isShortest == false)
    let behind = try self.replay(
      try record("put", "R01"),
      [
        (
          "if object.count == 0 { free object }",
          "if object.count == 0 { free object }\n object.age = 1"
        )
      ])
    #expect(behind.isSame, "\(behind.sentence)")
  }

  @Test("does without a statement that is gone")
  func removed() throws {
    // Nobody looks at the count any more, and still nobody frees the object.
    let replay = try replay(
      try record("put", "R01"), [("        if object.count == 0 { free object }\n", "")])
    #expect(replay.isSame, "\(replay.sentence)")
  }

  @Test(
    "follows names that have changed",
    arguments: [
      [("put(", "drop_reference(")],
      [
        ("object: object", "it: object"), ("object.count", "it.count"), ("free object", "free it"),
        ("put(object)", "put(it)"),
      ],
      [("lock_second", "take_the_inner_lock"), ("lock_first", "take_the_outer_lock")],
    ])
  func renamed(edits: [(String, String)]) throws {
    for (check, bug) in [("put", "R01"), ("locked", "R02")] {
      let replay = try replay(try record(check, bug), edits)
      #expect(replay.isSame, "\(replay.sentence)")
    }
  }

  @Test("passes when nothing is wrong any more at its end")
  func passes() throws {
    let replay = try replay(
      try record("put", "R01"), [("count(o in object) == 0", "count(o in object) <= 1")])
    #expect(replay.sentence == "now passes: all 6 steps can be taken, and nothing is wrong")
    #expect(replay.finding == nil)
  }

  @Test("cannot be followed when the mistake is mended")
  func mended() throws {
    let (wrong, right) = (
      "lock_second()\n        lock_first()", "lock_first()\n        lock_second()"
    )
    let replay = try replay(
      try record("locked", "R02"), [(wrong + "\n    } else", right + "\n    } else")])
    #expect(
      replay.sentence == """
        no longer feasible at step 2 of 2 (left: atomic { await first == nil; first = self }): \
        left is blocked there (refs.race:20): first is right
        """)
  }

  @Test("says which statement is gone")
  func gone() throws {
    let replay = try replay(
      try record("put", "R01"),
      [
        ("object.count -= 1\n        if object.count == 0", "if dec_and_test(object.count)")
      ])
    #expect(
      replay.sentence == """
        now passes: 3 of 6 steps can be taken, the tasks end another way, and nothing is wrong
        """)
    #expect(
      replay.detour == """
        it was left at step 1 of 6 (left: load object0.count -> 2): left has no \
        'load object.count' in put any more; left is at 'dec_and_test(object0.count)' \
        (refs.race:14)
        """)
    #expect(replay.changes == "with 3 steps left out, 3 steps reworded")
  }

  @Test("says who is blocked")
  func blocked() throws {
    let replay = try replay(
      try record("put", "R01"),
      [
        ("task left { put(shared) }", "task left { lock_first(); put(shared); first = nil }"),
        ("task right { put(shared) }", "task right { lock_first(); put(shared); first = nil }"),
      ])
    #expect(
      replay.sentence == """
        no longer feasible at step 2 of 6 (right: load object0.count -> 2): right is at \
        'atomic { await first == nil; first = self }' (refs.race:20), which was not recorded, \
        blocked: first is left
        """)
  }

  @Test("fails differently when a lock is dropped")
  func different() throws {
    let replay = try replay(
      try record("locked", "R02"),
      [
        ("    atomic { await second == nil; second = self }", "    second = self"),
        (
          "invariant apart { !shared.live || shared.age == 0 }",
          "invariant apart { second != left }"
        ),
      ])
    #expect(replay.sentence.hasPrefix("fails differently: apart after "), "\(replay.sentence)")
    #expect(replay.finding?.violation == "apart")
  }

  @Test("says so when its task, check or bug is gone")
  func missing() throws {
    let stored = try record("put", "R01")
    let replay = try replay(stored, [("task right {", "task other {")])
    #expect(replay.sentence.contains("there is no task 'right' any more; there are left, other"))
    let check = #expect(throws: Problem.self) {
      try self.replay(stored, [("check put =", "check puts =")])
    }
    #expect(check?.text.contains("noCheck") == true)
    let bug = #expect(throws: Problem.self) { try self.replay(stored, [("R01", "R03")]) }
    #expect(bug?.text.contains("noBug") == true)
  }

  @Test("is what it was after it has been written and read")
  func roundTrip() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "pagerace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (check, bug) in [("put", "R01"), ("locked", "R02")] {
      let stored = try record(check, bug)
      let file = folder.appending(path: "\(check).json")
      try Data(stored.render().utf8).write(to: file)
      #expect(try StoredCounterexample(path: file.path()) == stored)
    }
  }
}
