import PageraceKit
import Testing

@Suite struct PanReportTests {
  private static let complete = """

    (Spin Version 6.5.2 -- 6 December 2019)

    Full statespace search for:
      never claim           - (none specified)
      assertion violations  +
      invalid end states    +

    State-vector 36 byte, depth reached 9, errors: 0
         1234 states, stored
           10 states, matched
         1244 transitions (= stored+matched)
            3 atomic steps
    hash conflicts:         0 (resolved)
    """

  private func reason(_ output: String) -> String? {
    do throws(PanReport.Unusable) {
      _ = try PanReport(output)
      return nil
    } catch { return error.reason }
  }

  @Test("a complete search is read")
  func complete() throws {
    let report = try PanReport(Self.complete)
    #expect(report.states == 1_234)
    #expect(report.transitions == 1_244)
    #expect(report.violation == nil)
  }

  @Test("a violation is read, with the number in its assertion")
  func violations() throws {
    let errors = Self.complete.replacing("errors: 0", with: "errors: 1")
    let assertion = try PanReport(
      "pan:1: assertion violated ((17==0)||(x==0)) (at depth 5)" + errors)
    #expect(assertion.violation?.kind == .assertion(17))
    #expect(assertion.violation?.depth == 5)
    let deadlock = try PanReport("pan:1: invalid end state (at depth 12)" + errors)
    #expect(deadlock.violation?.kind == .invalidEndState)
    #expect(deadlock.violation?.depth == 12)
  }

  @Test("a search that was cut short says nothing")
  func incomplete() {
    #expect(reason("error: max search depth too small\n" + Self.complete) != nil)
    #expect(reason("pan: reached -DMEMLIM bound\n" + Self.complete) != nil)
    #expect(reason("Warning: Search not completed\n" + Self.complete) != nil)
    #expect(reason("") != nil)
    #expect(reason("Segmentation fault") != nil)
  }

  @Test("rounded numbers and unknown errors are not taken for an answer")
  func unusable() {
    #expect(reason(Self.complete.replacing("1234 states", with: "1.2345e+08 states")) != nil)
    let errors = Self.complete.replacing("errors: 0", with: "errors: 1")
    #expect(reason(errors) != nil)
    #expect(reason("pan:1: array index out of range (at depth 3)" + errors) != nil)
  }
}
