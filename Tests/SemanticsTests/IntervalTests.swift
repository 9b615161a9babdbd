import Semantics
import Testing

/// Interval arithmetic against the arithmetic of the numbers in the intervals.
@Suite struct IntervalTests {
  private static let intervals: [ClosedRange<Int64>] = (-4...4).flatMap { lower in
    (lower...4).map { Int64(lower)...Int64($0) }
  }

  @Test("the result of an operator is the smallest interval with all results")
  func exact() {
    forEachPair { a, b in
      #expect(IntervalArithmetic.add(a, b) == Self.hull(a, b, +))
      #expect(IntervalArithmetic.subtract(a, b) == Self.hull(a, b, -))
      #expect(IntervalArithmetic.multiply(a, b) == Self.hull(a, b, *))
      if b != 0...0 {
        #expect(
          IntervalArithmetic.divide(a, b) == Self.hull(a, b, isDivision: true, /), "\(a) / \(b)")
      }
    }
  }

  @Test("a remainder lies in the interval of remainders")
  func remainder() {
    forEachPair { a, b in
      guard b != 0...0 else { return }
      let found = IntervalArithmetic.remainder(a, b)
      let exact = Self.hull(a, b, isDivision: true, %)
      #expect(found?.contains(exact.lowerBound) == true, "\(a) % \(b)")
      #expect(found?.contains(exact.upperBound) == true, "\(a) % \(b)")
    }
  }

  @Test("what may not fit into 64 bits has no interval")
  func overflow() {
    let all = Int64.min...Int64.max
    #expect(IntervalArithmetic.add(all, 1...1) == nil)
    #expect(IntervalArithmetic.subtract(all, 1...1) == nil)
    #expect(IntervalArithmetic.multiply(all, 2...2) == nil)
    #expect(IntervalArithmetic.divide(all, -1 ... -1) == nil)
    #expect(IntervalArithmetic.negate(all) == nil)
    #expect(IntervalArithmetic.remainder(all, 2...2) == nil)
    #expect(IntervalArithmetic.add(all, 0...0) == all)
  }

  private func forEachPair(_ body: (ClosedRange<Int64>, ClosedRange<Int64>) -> Void) {
    for a in Self.intervals { for b in Self.intervals { body(a, b) } }
  }

  /// The interval of all results, with every number but a zero on the right of a division.
  private static func hull(
    _ a: ClosedRange<Int64>, _ b: ClosedRange<Int64>, isDivision: Bool = false,
    _ operation: (Int64, Int64) -> Int64
  ) -> ClosedRange<Int64> {
    var results: [Int64] = []
    for x in a { for y in b where y != 0 || !isDivision { results.append(operation(x, y)) } }
    return (results.min() ?? 0)...(results.max() ?? 0)
  }
}
