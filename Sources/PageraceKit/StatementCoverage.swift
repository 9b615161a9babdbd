public import Exploration
public import Machine
public import SourceText

/// Which statements of a model's own file the runs of its checks have reached.
public struct StatementCoverage: Sendable {
  private var known: Set<SourceSpan> = []
  private var reached: Set<SourceSpan> = []

  /// Creates the coverage of no run.
  public init() {}

  /// Adds what one run has reached.
  public mutating func add(_ result: SearchResult, of system: TransitionSystem) {
    for (index, span) in system.coverage.enumerated() where span.file == FileID(0) {
      known.insert(span)
      if result.covered.contains(index) { reached.insert(span) }
    }
  }

  /// A warning for each statement that no run has reached, in the order of the text.
  ///
  /// A statement inside one that was not reached is left out.
  public var warnings: [Diagnostic] {
    let missing = known.subtracting(reached).sorted { ($0.lower, $1.upper) < ($1.lower, $0.upper) }
    var warnings: [Diagnostic] = []
    var end: UInt32 = 0
    for span in missing where span.lower >= end {
      end = span.upper
      warnings.append(
        Diagnostic(
          severity: .warning, rule: "unreached-statement",
          message: "no check reaches this statement", span: span))
    }
    return warnings
  }
}
