/// A statement of Promela inside an atomic step.
indirect enum Statement {
  /// A statement that fits one line.
  case plain(String)
  /// A label, for a `goto` inside the step.
  case label(String)
  /// One of two sequences.
  case either(String, [Statement], [Statement])

  /// Returns the lines of a sequence, each behind `indent`, with semicolons between the statements.
  static func lines(_ statements: [Statement], indent: String) -> [String] {
    var lines: [String] = []
    for (index, statement) in statements.enumerated() {
      let isLast = index == statements.count - 1
      let end = isLast ? "" : ";"
      switch statement {
      case .plain(let text): lines.append(indent + text + end)
      case .label(let name): lines.append("\(name): skip" + end)
      case .either(let test, let yes, let no):
        lines.append(indent + "if")
        lines += option(test, yes, indent: indent)
        lines += option("else", no, indent: indent)
        lines.append(indent + "fi" + end)
      }
    }
    return lines
  }

  private static func option(_ test: String, _ body: [Statement], indent: String) -> [String] {
    if body.isEmpty { return ["\(indent):: \(test)"] }
    if body.count == 1, case .plain(let text) = body[0] {
      return ["\(indent):: \(test) -> \(text)"]
    }
    return ["\(indent):: \(test) ->"] + lines(body, indent: indent + "     ")
  }
}
