public import Semantics
public import SourceText

/// The statements at which coverage is counted: the first of each block, and each one behind a
/// statement that may block or leave.
///
/// Whoever has reached such a statement has reached all that follow up to the next one.
public enum CoveragePoints {
  /// Whether code behind the statement may be unreached although the statement is not.
  static func canStop(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .setLocal(_, let value): value.map(isCall) ?? false
    case .store(_, let value, _), .update(_, _, let value), .evaluate(let value): isCall(value)
    case .bindAlias, .skip, .require, .ghost, .ledger, .free, .handOver, .move: false
    default: true
    }
  }

  private static func isCall(_ expression: Expression) -> Bool {
    if case .call = expression.kind { return true }
    return false
  }

  private static func isUnreachable(_ statement: Statement) -> Bool {
    if case .unreachable = statement.kind { return true }
    return false
  }

  /// Returns the coverage points of a program's functions and tasks that stand in one file, in the
  /// order of the source.
  public static func all(of program: Program, in file: FileID) -> [SourceSpan] {
    var points: Set<SourceSpan> = []
    for function in program.functions where function.span.file == file {
      collect(function.body.statements, &points)
    }
    for scenario in program.scenarios where scenario.span.file == file {
      for task in scenario.tasks { collect(task.body.statements, &points) }
    }
    return points.sorted { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
  }

  private static func collect(_ statements: [Statement], _ points: inout Set<SourceSpan>) {
    var isPoint = true
    for statement in statements {
      // That an 'unreachable' is not reached is its point.
      if isPoint, !isUnreachable(statement) { points.insert(statement.span) }
      isPoint = canStop(statement)
      switch statement.kind {
      case .conditional(let condition, let body, let otherwise):
        // What a switched-off bug leaves out is not expected to be reached.
        let value: Int64? = if case .constant(let value) = condition.kind { value } else { nil }
        if value != 0 { collect(body, &points) }
        if value == nil || value == 0 { collect(otherwise, &points) }
      case .loop(_, _, let body), .forEach(_, _, _, _, let body), .block(_, let body),
        .sequence(let body), .atomic(let body):
        collect(body, &points)
      case .either(let alternatives): for body in alternatives { collect(body, &points) }
      default: break
      }
    }
  }
}
