import Foundation
import PageraceKit
import Semantics
import TestSupport
import Testing

/// A stored schedule meets a model in which a task goes another way than was recorded.
@Suite("A schedule that is left")
struct DepartureTests {
  /// Two tasks that enter the same place; with R04 nobody waits for the lock.
  static let source = """
    module meeting

    bug R04 no_lock "Nobody waits for the lock."
    violation not_alone "two were inside"

    var owner: task?
    var noise: 0..2
    ghost var inside: 0..2

    fn enter() {
        unless no_lock { atomic { await owner == nil; owner = self } } else { owner = self }
        ghost inside += 1
        noise = 1
        ghost require inside == 1 else not_alone
        ghost inside -= 1
        owner = nil
    }

    scenario two_visitors {
        task left { enter() }
        task right { enter() }
    }

    scenario two_guests extends two_visitors {
        invariant alone { inside <= 1 }
    }

    check entering = two_visitors {
        expect pass
        R04 expect not_alone
    }

    check meeting = two_guests {
        expect pass
        R04 expect alone
    }

    """

  private struct Problem: Error { let text: String }

  /// Records the counterexample of a check, edits the model, and replays.
  private func replay(
    _ check: String, bugs: Set<String> = ["R04"], of source: String = Self.source,
    _ edits: [(String, String)]
  ) throws -> CounterexampleReplay {
    let model = try Model(text: source, at: "Models/meeting.race")
    let outcome = model.perform(CheckRun(check: check, configuration: Configuration(bugs: bugs)))
    guard case .finished(let run) = outcome else { throw Problem(text: outcome.word) }
    let stored = try #require(StoredCounterexample(run, of: model))
    var text = source
    for (old, new) in edits {
      #expect(text.contains(old), "'\(old)' is not in the model")
      text = text.replacing(old, with: new)
    }
    let edited = try Model(text: text, at: "Models/meeting.race")
    do {
      return try edited.replay(stored)
    } catch {
      throw Problem(text: "\(error)")
    }
  }

  @Test("finds the failing statement one step further on")
  func failsLater() throws {
    let replay = try replay(
      "entering", [("    ghost require inside", "    let heard = noise\n    ghost require inside")])
    #expect(replay.finding?.violation == "not_alone", "\(replay.sentence)")
    #expect(replay.changes == "with 1 step added at the end")
  }

  @Test("finds two that must be somewhere at once, although both get there later")
  func together() throws {
    let replay = try replay(
      "meeting", [("    ghost inside += 1", "    noise = 2\n    ghost inside += 1")])
    #expect(replay.isSame, "\(replay.sentence)")
    #expect(replay.detour == nil)
  }

  @Test("passes when a task goes another way and all ends well, and says where it was left")
  func mended() throws {
    let replay = try replay(
      "meeting",
      [("else { owner = self }", "else { if owner != nil { return }; owner = self }")])
    #expect(
      replay.sentence == """
        now passes: 1 of 2 steps can be taken, the tasks end another way, and nothing is wrong
        """)
    #expect(
      replay.detour == """
        it was left at step 2 of 2 (right: owner = right): right is at 'load owner -> left' \
        (meeting.race:11), which was not recorded
        """)
    #expect(replay.departure?.step == 2)
  }

  @Test("fails when the other way is no better")
  func otherWay() throws {
    let replay = try replay(
      "meeting",
      [
        ("else { owner = self }", "else { if owner != nil { noise = 2; return }; owner = self }"),
        ("inside <= 1", "inside <= 1 && noise != 2"),
      ])
    #expect(replay.finding?.violation == "alone", "\(replay.sentence)")
  }

  @Test("is not judged when the tasks go on and on")
  func restless() throws {
    let source = Self.source.replacing(
      "invariant alone { inside <= 1 }", with: "finally alone { owner == nil && noise == 2 }")
    let replay = try replay(
      "meeting", bugs: [],
      of: source.replacing("expect pass\n    R04 expect alone", with: "expect alone"),
      [("    owner = nil\n}", "    owner = nil\n    loop { noise = 0; noise = 1 }\n}")])
    #expect(replay.sentence.hasPrefix("cannot be judged: "), "\(replay.sentence)")
    #expect(replay.finding == nil)
  }

  @Test("says which property, which task, and which assertion is gone")
  func gone() throws {
    let property = #expect(throws: Problem.self) {
      try replay(
        "meeting",
        [("invariant alone {", "invariant other {"), ("expect alone", "expect other")])
    }
    #expect(property?.text == "noProperty(\"alone\")")
    let assertion = #expect(throws: Problem.self) {
      try replay("entering", [("    ghost require inside == 1 else not_alone\n", "")])
    }
    #expect(assertion?.text == "noViolation(\"not_alone\")")
    let task = try replay("meeting", [("task left {", "task middle {")])
    #expect(task.sentence.contains("there is no task 'left' any more; there are middle, right"))
  }

  @Test("finds a choice among more than are looked at")
  func wideChoice() throws {
    let source = """
      module meeting
      violation bad "the number that must not be"
      var number: 0..1000
      scenario chooses {
          task one {
              choose n in 0..1000
              number = n
              require number != 900 else bad
          }
      }
      check choosing = chooses { expect bad }

      """
    #expect(try replay("choosing", bugs: [], of: source, []).isSame)
    let other = try replay(
      "choosing", bugs: [], of: source, [("number = n", "number = 1000 - n"), ("!= 900", "!= 1")])
    #expect(other.finding == nil)
  }
}
