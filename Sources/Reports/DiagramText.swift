internal import Exploration
internal import Machine

/// The texts of steps as diagrams and explanations have them.
enum DiagramText {
  /// Returns the text of a mark with what only the step's outcome tells: the values that were stored or
  /// loaded if they are more than one number, and what was chosen.
  static func full(_ text: String, in analysis: TraceAnalysis, step index: Int) -> String {
    let record = analysis.records[index]
    if text.hasPrefix("load "), !text.contains(" -> ") {
      let name = text.dropFirst("load ".count)
      return value(named: name, in: record.before, analysis).map { "\(text) -> \($0)" } ?? text
    }
    if text.hasPrefix("choose "), !text.contains(" where ") {
      return chosen(by: text, record, analysis.finding.trace.entries[index].choices, analysis)
        .map { "\(text) -> \($0)" } ?? text
    }
    return plain(text, in: analysis, step: index)
  }

  /// Returns the text of a mark without the words that say that it is one step: that each line is.
  static func plain(_ text: String, in analysis: TraceAnalysis, step index: Int) -> String {
    if text.hasSuffix(" = \u{2026}") {
      let name = text.dropLast(" = \u{2026}".count)
      let value = value(named: name, in: analysis.records[index].after, analysis)
      return value.map { "\(name) = \($0)" } ?? text
    }
    return plain(text)
  }

  /// Returns the text of a mark without `atomic`, and without what is there for properties only.
  static func plain(_ text: String) -> String {
    guard text.hasPrefix("atomic ") else { return text }
    var inner = text.dropFirst("atomic ".count)
    if inner.hasPrefix("{ ") {
      inner = inner.dropFirst(2)
      if inner.hasSuffix(" }") { inner = inner.dropLast(2) }
    }
    let statements = inner.split(separator: "; ").filter { !$0.hasPrefix("ghost ") }
    return statements.isEmpty ? String(inner) : statements.joined(separator: "; ")
  }

  private static func value(
    named name: Substring, in values: [Int64], _ analysis: TraceAnalysis
  ) -> String? {
    let known = analysis.system.variables.firstIndex { $0.name == name }.map { VariableID($0) }
    return known.map { analysis.aggregates.text(of: analysis.aggregates.root(of: $0), in: values) }
  }

  /// Returns what a `choose` gave, if it is the only one of its step, and a truth value or still known after
  /// it.
  private static func chosen(
    by text: String, _ record: TraceAnalysis.Record, _ choices: [Int], _ analysis: TraceAnalysis
  ) -> String? {
    guard choices.count == 1, let choice = choices.first,
      record.marks.count(where: { $0.text.hasPrefix("choose ") }) == 1
    else { return nil }
    if text.hasSuffix(" in bool") { return choice == 0 ? "false" : "true" }
    let name = text.dropFirst("choose ".count).prefix { $0 != " " }
    let location = analysis.system.location(of: record.process, in: record.after)
    let own = location.locals.filter { $0.name == name && record.writes.contains($0.variable) }
    guard own.count == 1, let local = own.first else { return nil }
    return analysis.system.text(of: record.after[Int(local.variable.index)], as: local.format)
  }
}
