internal import Semantics

/// The statements at which coverage is counted: the first of each block, and each one behind a
/// statement that may block or leave.
///
/// Whoever has reached such a statement has reached all that follow up to the next one.
enum CoveragePoints {
  /// Returns which statements of a block are points. O(statements)
  ///
  /// What runs straight into an `unreachable` is none: that it is not reached is its point.
  static func flags(of block: [Statement]) -> [Bool] {
    var flags: [Bool] = []
    var isPoint = true
    for statement in block {
      flags.append(isPoint)
      isPoint = canStop(statement)
    }
    var isDoomed = false
    for index in block.indices.reversed() {
      if case .unreachable = block[index].kind {
        isDoomed = true
      } else if canStop(block[index]) {
        isDoomed = false
      }
      if isDoomed { flags[index] = false }
    }
    return flags
  }

  /// Whether code behind the statement may be unreached although the statement is not.
  private static func canStop(_ statement: Statement) -> Bool {
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
}
