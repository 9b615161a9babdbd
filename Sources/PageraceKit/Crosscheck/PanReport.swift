/// What SPIN's verifier says at its end.
package struct PanReport: Sendable {
  /// What was violated.
  package enum Violation: Hashable, Sendable {
    /// The assertion with this number.
    case assertion(Int)
    /// Nothing can move, and somebody is not where it may stay.
    case invalidEndState
  }

  /// The number of states stored.
  package var states: Int
  /// The number of transitions, as SPIN counts them.
  package var transitions: Int
  /// The first violation, and the depth at which it was met; nil if there is none.
  package var violation: (kind: Violation, depth: Int)?

  /// Why a report says nothing.
  package struct Unusable: Error, Hashable, Sendable {
    /// The reason, as a phrase.
    package var reason: String
  }

  /// Reads what the verifier has printed.
  ///
  /// - Throws: ``Unusable`` if the search was cut short, or if anything is not as expected.
  package init(_ output: String) throws(Unusable) {
    let lines = output.split(whereSeparator: \.isNewline).map {
      $0.drop { $0 == " " || $0 == "\t" }
    }
    if output.contains("max search depth too small") {
      throw Unusable(reason: "its depth limit was reached")
    }
    if output.contains("reached -DMEMLIM bound") || output.contains("out of memory") {
      throw Unusable(reason: "its memory limit was reached")
    }
    guard let errors = Self.number(after: "errors: ", in: lines),
      let stored = lines.first(where: { $0.hasSuffix("states, stored") }),
      let taken = lines.first(where: { $0.hasSuffix("transitions (= stored+matched)") })
    else { throw Unusable(reason: "its output is not understood: \(Self.firstLine(lines))") }
    guard let states = Self.leadingNumber(stored), let transitions = Self.leadingNumber(taken)
    else {
      throw Unusable(reason: "it does not print so large numbers exactly")
    }
    self.states = states
    self.transitions = transitions
    violation = nil
    if errors == 0 {
      if output.contains("Search not completed") {
        throw Unusable(reason: "its search was not completed")
      }
      return
    }
    guard let line = lines.first(where: { $0.hasPrefix("pan:1: ") }),
      let depth = Self.number(after: "(at depth ", in: [line])
    else { throw Unusable(reason: "its output is not understood: \(Self.firstLine(lines))") }
    if line.contains("invalid end state") {
      violation = (.invalidEndState, depth)
    } else if line.contains("assertion violated"), let number = Self.assertion(in: line) {
      violation = (.assertion(number), depth)
    } else {
      throw Unusable(reason: "it reports '\(line)'")
    }
  }

  /// Returns the number *n* of `assertion violated ((n==0)||…)`.
  private static func assertion(in line: Substring) -> Int? {
    guard let end = line.firstRange(of: "==0)") else { return nil }
    let digits = line[..<end.lowerBound].reversed().prefix { $0.isASCII && $0.isNumber }
    return Int(String(digits.reversed()))
  }

  private static func number(after words: String, in lines: [Substring]) -> Int? {
    for line in lines {
      if let range = line.firstRange(of: words) {
        return Int(line[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
      }
    }
    return nil
  }

  /// Returns the whole number that a line begins with; nil if it is rounded.
  private static func leadingNumber(_ line: Substring) -> Int? {
    Int(line.prefix { $0 != " " })
  }

  private static func firstLine(_ lines: [Substring]) -> String {
    String((lines.first ?? "nothing").prefix(200))
  }
}
