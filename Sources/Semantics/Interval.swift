/// The numbers that an integer expression can have.
package typealias Interval = ClosedRange<Int64>

/// Arithmetic on intervals; nil where a result might not fit into 64 bits.
package enum IntervalArithmetic {
  /// Returns the interval of all sums.
  package static func add(_ a: Interval, _ b: Interval) -> Interval? {
    let (lower, lowerOverflow) = a.lowerBound.addingReportingOverflow(b.lowerBound)
    let (upper, upperOverflow) = a.upperBound.addingReportingOverflow(b.upperBound)
    return lowerOverflow || upperOverflow ? nil : lower...upper
  }

  /// Returns the interval of all differences.
  package static func subtract(_ a: Interval, _ b: Interval) -> Interval? {
    let (lower, lowerOverflow) = a.lowerBound.subtractingReportingOverflow(b.upperBound)
    let (upper, upperOverflow) = a.upperBound.subtractingReportingOverflow(b.lowerBound)
    return lowerOverflow || upperOverflow ? nil : lower...upper
  }

  /// Returns the interval of all values with the other sign.
  package static func negate(_ a: Interval) -> Interval? { subtract(0...0, a) }

  /// Returns the interval of all products.
  package static func multiply(_ a: Interval, _ b: Interval) -> Interval? {
    corners(a, b) { $0.multipliedReportingOverflow(by: $1) }
  }

  /// Returns the interval of the quotients by all divisors but zero, rounded toward zero.
  package static func divide(_ a: Interval, _ b: Interval) -> Interval? {
    var parts: [Interval] = []
    if b.lowerBound < 0 { parts.append(b.lowerBound...min(b.upperBound, -1)) }
    if b.upperBound > 0 { parts.append(max(b.lowerBound, 1)...b.upperBound) }
    guard let first = parts.first else { return 0...0 }
    return parts.dropFirst().reduce(divideNonzero(a, first)) { result, part in
      guard let result, let more = divideNonzero(a, part) else { return nil }
      return hull(result, more)
    }
  }

  /// Returns an interval of all remainders, which have the sign of the dividend.
  package static func remainder(_ a: Interval, _ b: Interval) -> Interval? {
    guard b.lowerBound > .min, a.lowerBound > .min else { return nil }
    let limit = max(max(abs(b.lowerBound), abs(b.upperBound)) - 1, 0)
    let lower = a.lowerBound >= 0 ? 0 : -min(-a.lowerBound, limit)
    let upper = a.upperBound <= 0 ? 0 : min(a.upperBound, limit)
    return lower...upper
  }

  /// Returns the smallest interval that holds both.
  package static func hull(_ a: Interval, _ b: Interval) -> Interval {
    min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  private static func divideNonzero(_ a: Interval, _ b: Interval) -> Interval? {
    corners(a, b) { $0.dividedReportingOverflow(by: $1) }
  }

  private static func corners(
    _ a: Interval, _ b: Interval, _ operation: (Int64, Int64) -> (Int64, Bool)
  ) -> Interval? {
    var lower = Int64.max
    var upper = Int64.min
    for x in [a.lowerBound, a.upperBound] {
      for y in [b.lowerBound, b.upperBound] {
        let (value, overflow) = operation(x, y)
        if overflow { return nil }
        lower = min(lower, value)
        upper = max(upper, value)
      }
    }
    return lower...upper
  }
}
