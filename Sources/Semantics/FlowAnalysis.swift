/// Which ends of code can be reached.
enum FlowAnalysis {
  /// Whether code can reach the end of the statements.
  ///
  /// Conditions count as unknown, also constant
  /// ones, so that the answer does not depend on the configuration.
  static func fallsThrough(_ statements: [Statement]) -> Bool {
    statements.allSatisfy(fallsThrough)
  }

  private static func fallsThrough(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .returnValue, .breakLoop, .continueLoop, .leave, .unreachable: false
    case .conditional(_, let body, let otherwise): fallsThrough(body) || fallsThrough(otherwise)
    case .sequence(let body), .atomic(let body), .ghost(let body): fallsThrough(body)
    case .block(let label, let body): fallsThrough(body) || leaves(body, label)
    case .either(let alternatives): alternatives.contains(where: fallsThrough)
    case .loop(let label, nil, let body): breaks(body, label, isOuter: true)
    default: true
    }
  }

  /// Whether some statement leaves the block of that name.
  private static func leaves(_ statements: [Statement], _ label: String) -> Bool {
    statements.contains { statement in
      if case .leave(label) = statement.kind { return true }
      return children(of: statement).contains { leaves($0, label) }
    }
  }

  /// Whether some statement breaks out of the loop that the statements are the body of.
  private static func breaks(_ statements: [Statement], _ label: String?, isOuter: Bool) -> Bool {
    statements.contains { statement in
      switch statement.kind {
      case .breakLoop(let target):
        return target == nil ? isOuter : target == label
      case .loop(_, _, let body), .forEach(_, _, _, _, let body):
        return breaks(body, label, isOuter: false)
      default: return children(of: statement).contains { breaks($0, label, isOuter: isOuter) }
      }
    }
  }

  /// The statements inside a statement.
  static func children(of statement: Statement) -> [[Statement]] {
    switch statement.kind {
    case .conditional(_, let body, let otherwise): [body, otherwise]
    case .sequence(let body), .atomic(let body), .ghost(let body), .block(_, let body),
      .loop(_, _, let body), .forEach(_, _, _, _, let body):
      [body]
    case .either(let alternatives): alternatives
    default: []
    }
  }
}
