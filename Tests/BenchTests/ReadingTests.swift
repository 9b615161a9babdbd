import Bench
import Testing

/// What is read out of what other checkers print.
@Suite struct ReadingTests {
  private static let spin = """
    State-vector 68 byte, depth reached 186, errors: 0
       140312 states, stored
       395604 states, matched
       535916 transitions (= stored+matched)
    """

  @Test("SPIN's way to the initial state is no transition")
  func spin() {
    #expect(Spin.read(Self.spin) == Reading(states: 140_312, transitions: 535_915))
  }

  @Test("a search of SPIN that was cut or found something is no result")
  func cutSpin() {
    #expect(Spin.read(Self.spin.replacing("errors: 0", with: "errors: 1")) == nil)
    #expect(Spin.read("error: max search depth too small\n" + Self.spin) == nil)
    #expect(Spin.read("Warning: Search not completed\n" + Self.spin) == nil)
    #expect(Spin.read("pan: out of memory") == nil)
  }

  @Test("of Rumur's numbers only the last ones count")
  func rumur() {
    let text = """
      \t 10000 states explored in 0s, with 30796 rules fired and 1885 states in the queue.
      Status:

      \tNo error found.

      State Space Explored:

      \t140312 states, 535915 rules fired in 4s.
      """
    #expect(Rumur.read(text) == Reading(states: 140_312, transitions: 535_915))
    #expect(Rumur.read(text.replacing("No error", with: "1 error(s)")) == nil)
    #expect(Rumur.read("") == nil)
  }

  @Test("the search in C says how long it took")
  func yardstick() {
    let text = "states=81 transitions=216 s=0.250 Mstates/s=0.33 Mtrans/s=0.87 bytes=8\n"
    #expect(
      Yardstick.read(text) == Reading(states: 81, transitions: 216, searchSeconds: 0.25))
    #expect(
      Yardstick.read(text.replacing("0.250", with: "0.000"))
        == Reading(states: 81, transitions: 216))
    #expect(Yardstick.read("violation: INV(&u->s)\n") == nil)
  }

  @Test("our own document counts if it has one run, and that holds")
  func own() {
    let run = """
      {"covered": {"states": 6, "transitions": 7}, "verdict": "holds", "measurements": {"seconds": 0.5}}
      """
    #expect(
      OwnChecker.read("{\"runs\": [\(run)]}")
        == Reading(states: 6, transitions: 7, searchSeconds: 0.5))
    #expect(OwnChecker.read("{\"runs\": [\(run), \(run)]}") == nil)
    #expect(OwnChecker.read("{\"runs\": []}") == nil)
    let cut = run.replacing("holds", with: "inconclusive")
    #expect(OwnChecker.read("{\"runs\": [\(cut)]}") == nil)
    #expect(OwnChecker.read("no document") == nil)
  }
}
