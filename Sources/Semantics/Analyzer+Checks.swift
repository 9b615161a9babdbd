internal import SourceText
internal import Syntax

/// Checks: compositions with the tables of what is expected.
extension Analyzer {
  func checkChecks() {
    let common = commonOutcomes()
    for syntax in pending.checks {
      let errorsBefore = errorCount
      let components = components(syntax)
      let outcomes = outcomes(of: components)
      var rows: [Check.Row] = []
      for row in syntax.rows {
        rows.append(self.row(row, in: syntax, outcomes: (common, outcomes)))
      }
      if errorCount == errorsBefore { adviseOnRows(rows, of: syntax) }
      program.checks.append(
        Check(
          name: syntax.name.text, isLarge: syntax.isLarge, components: components, rows: rows,
          documentation: syntax.documentation, span: syntax.name.span))
    }
    reportUnusedBugs()
  }

  /// Warns about rows that are right but hardly meant so.
  private func adviseOnRows(_ rows: [Check.Row], of syntax: CheckSyntax) {
    checkDuplicateRows(rows)
    if !rows.contains(where: { $0.expectation == "pass" && $0.bugs.isEmpty }) {
      report(.missingPass(syntax.name.text, at: syntax.name.span))
    }
  }

  /// Warns about bugs that no table shows.
  ///
  /// A module without checks is for others: its bugs are in tables of the modules that import it, which
  /// cannot be seen from here.
  private func reportUnusedBugs() {
    guard !pending.checks.isEmpty else { return }
    let used = Set(pending.checks.flatMap(\.rows).flatMap(\.bugs).map(\.text))
    let own = modules[0].name
    for (index, bug) in program.bugs.enumerated()
    where bug.module == own && !used.contains(bug.id) && bugIndexes[bug.id] == index {
      report(.unusedBug(bug.id, name: bug.name, at: bug.span))
    }
  }

  private func checkDuplicateRows(_ rows: [Check.Row]) {
    var seen: [String: SourceSpan] = [:]
    for row in rows {
      let settings = row.settings.map { "\($0.option)=\($0.value)" }
      let key = (row.bugs.sorted() + settings).joined(separator: " ")
      if let first = seen[key] {
        report(.duplicateRow(at: row.span, first: first))
      } else {
        seen[key] = row.span
      }
    }
  }

  // MARK: - Composition

  private func components(_ syntax: CheckSyntax) -> [Check.Component] {
    var result: [Check.Component] = []
    var first: ScenarioScope?
    for (position, component) in syntax.components.enumerated() {
      let what = position == 0 ? "scenario" : "environment"
      guard let index = findScenario(component.name, from: 0, what: what) else { continue }
      let declared = pending.scenarios[index].syntax
      checkKind(declared, component, isFirst: position == 0)
      let arguments = arguments(component, of: index, scope: first)
      if position == 0 { first = scenarioScopes[index] }
      result.append(
        Check.Component(
          scenario: index, arguments: arguments, count: count(component, isFirst: position == 0),
          span: component.span))
    }
    return result
  }

  private func checkKind(
    _ declared: ScenarioSyntax, _ component: CheckComponentSyntax, isFirst: Bool
  ) {
    if isFirst, declared.isEnvironment {
      report(
        .wrongComponent(
          "a check starts with a scenario, and '\(declared.name.text)' is an environment",
          at: component.name.span, declared: declared.name.span))
    } else if !isFirst, !declared.isEnvironment {
      report(
        .wrongComponent(
          "only environments can be added, and '\(declared.name.text)' is a scenario",
          at: component.name.span, declared: declared.name.span))
    }
  }

  private func count(_ component: CheckComponentSyntax, isFirst: Bool) -> Int {
    guard let syntax = component.count else { return 1 }
    if isFirst {
      report(
        .misplaced("a count", reason: "there is one scenario in a check", at: syntax.span))
    }
    guard
      let count = constantNumber(syntax, in: 0, what: "the number of environments")
    else { return 1 }
    guard (1...64).contains(count) else {
      report(
        .limitExceeded("the number of environments", found: count, limit: "1..64", at: syntax.span))
      return 1
    }
    return Int(count)
  }

  private func arguments(
    _ component: CheckComponentSyntax, of index: Int, scope: ScenarioScope?
  ) -> [Expression] {
    let scenario = program.scenarios[index]
    let parameters = scenario.prelude.locals.prefix(scenario.parameterCount)
    guard component.arguments.count == parameters.count else {
      let expected = parameters.count == 1 ? "1 argument" : "\(parameters.count) arguments"
      report(
        .argumentCount(
          component.name.text, expected: expected, found: component.arguments.count,
          at: component.name.span))
      return []
    }
    return zip(component.arguments, parameters).map { argument, parameter in
      let checker = CodeChecker(self, module: 0, purpose: .initializer, scenario: scope)
      return checker.converted(argument, to: parameter.type, target: "'\(parameter.name)'")
    }
  }

  // MARK: - Rows

  /// What a row of any check can expect.
  private func commonOutcomes() -> Set<String> {
    var names = Set(BuiltinViolation.allCases.map(\.rawValue))
    names.insert("pass")
    names.formUnion(program.violations.map(\.name))
    names.formUnion(program.properties.map(\.name))
    return names
  }

  /// What a row of a check with these components can expect besides.
  private func outcomes(of components: [Check.Component]) -> Set<String> {
    var names: Set<String> = []
    for component in components {
      let scenario = program.scenarios[component.scenario]
      for property in scenario.properties {
        names.formUnion([property.name, "\(scenario.name)_\(property.name)"])
      }
    }
    return names
  }

  private func row(
    _ syntax: CheckRowSyntax, in check: CheckSyntax,
    outcomes: (common: Set<String>, own: Set<String>)
  ) -> Check.Row {
    for bug in syntax.bugs where bugIndexes[bug.text] == nil {
      let byName = program.bugs.first { $0.name == bug.text }?.id
      let near = byName ?? nearestName(to: bug.text, among: program.bugs.map(\.id))
      report(
        .unknownName(
          bug.text, what: "bug with the id", rule: "unknown-bug", at: bug.span, nearest: near))
    }
    let settings = (check.settings + syntax.settings).compactMap(setting)
    let expected = syntax.expectation.text
    if !outcomes.own.contains(expected), !outcomes.common.contains(expected) {
      report(
        .unknownName(
          syntax.expectation.text, what: "violation or property", rule: "unknown-expectation",
          at: syntax.expectation.span,
          nearest: nearestName(
            to: expected, among: outcomes.own.sorted() + outcomes.common.sorted())))
    }
    return Check.Row(
      bugs: syntax.bugs.map(\.text), settings: settings, expectation: syntax.expectation.text,
      span: syntax.span)
  }

  private func setting(_ syntax: OptionSettingSyntax) -> (option: String, value: String)? {
    let name = syntax.name
    guard let option = program.options.first(where: { $0.name == name.text }) else {
      let near = nearestName(to: name.text, among: program.options.map(\.name))
      report(
        .unknownName(
          name.text, what: "option", rule: "unknown-option", at: name.span, nearest: near))
      return nil
    }
    let what = "the value of an option"
    let checker = CodeChecker(self, module: 0, purpose: .constant(what))
    let value = checker.converted(syntax.value, to: option.type, target: "'\(name.text)'")
    if value.type.isError { return nil }
    guard let number = fold(value) else {
      report(.notConstant(what, at: value.span))
      return nil
    }
    return (name.text, configurationText(number, option.type))
  }
}
