internal import SourceText
internal import Syntax

/// Scenarios and environments.
extension Analyzer {
  func checkScenarios() {
    // Room for all first, so that a scenario's index is the order of its declaration.
    program.scenarios = pending.scenarios.map { entry in
      Scenario(
        name: entry.syntax.name.text, isEnvironment: entry.syntax.isEnvironment, parameterCount: 0,
        pools: [], prelude: Body(locals: [], statements: []), variables: [], tasks: [],
        properties: [], span: entry.syntax.name.span)
    }
    for index in pending.scenarios.indices { checkScenario(index) }
  }

  private func checkScenario(_ index: Int) {
    let (syntax, module) = pending.scenarios[index]
    let checker = CodeChecker(self, module: module, purpose: .prelude)
    checkDuplicates(syntax.parameters.map(\.name))
    var parameters: [Local] = []
    for parameter in syntax.parameters { parameters.append(scenarioParameter(parameter, module)) }
    let builder = ScenarioBuilder(self, index: index, checker: checker)
    builder.build(syntax, module: module, parameters: parameters)
    scenarioScopes[index] = builder.scope
    program.scenarios[index] = builder.scenario
  }

  func scenarioParameter(_ syntax: ParameterSyntax, _ module: Int) -> Local {
    let type = type(syntax.type, in: module, position: .local)
    if syntax.isInout || isAggregate(type) {
      report(
        .misplacedType(
          "a scenario's parameter is a value, not a location", at: syntax.name.span,
          help: "pass the object that has it"))
    }
    return Local(name: syntax.name.text, type: type, isAlias: false, span: syntax.name.span)
  }

  /// The scenario or environment that a name stands for.
  func findScenario(_ name: Name, from module: Int, what: String = "scenario") -> Int? {
    guard let entry = find(name, .scenario, from: module) else {
      if entries(name.text, .scenario, from: module).isEmpty {
        reportUnknown(name, .scenario, from: module, what: what, rule: "unknown-scenario")
      }
      return nil
    }
    guard case .scenario(let index) = entry.symbol else { return nil }
    return index
  }
}

/// Puts a scenario together: what the base has, then its own members.
final class ScenarioBuilder {
  private let analyzer: Analyzer
  private let checker: CodeChecker
  private let index: Int
  private(set) var scope: ScenarioScope
  private(set) var scenario: Scenario
  private var poolSpans: [PoolID: SourceSpan] = [:]
  private var propertySpans: [String: SourceSpan] = [:]
  /// The scenarios on the way up, to find cycles of `extends`.
  private var chain: [Int] = []

  init(_ analyzer: Analyzer, index: Int, checker: CodeChecker) {
    self.analyzer = analyzer
    self.checker = checker
    self.index = index
    scope = ScenarioScope(index: index, base: nil)
    scenario = analyzer.program.scenarios[index]
  }

  func build(_ syntax: ScenarioSyntax, module: Int, parameters: [Local]) {
    checker.scenario = scope
    for (local, parameter) in zip(parameters, syntax.parameters) {
      _ = checker.declare(parameter.name, type: local.type, kind: "parameter")
    }
    scenario.parameterCount = parameters.count
    chain = [index]
    addAll(syntax, module: module)
    scenario.prelude = Body(locals: checker.locals, statements: scenario.prelude.statements)
  }

  private func addAll(_ syntax: ScenarioSyntax, module: Int) {
    if let base = syntax.base { addBase(base.name, base.arguments, syntax, module: module) }
    checker.module = module
    checker.scenario = scope
    for member in syntax.members { addToPrelude(member, module: module) }
    let tasks = syntax.members.compactMap { member -> TaskSyntax? in
      if case .task(let task) = member { task } else { nil }
    }
    let first = scenario.tasks.count
    for (offset, task) in tasks.enumerated() { declare(task, index: first + offset, module) }
    for task in tasks { addTask(task, module: module) }
    for member in syntax.members {
      guard case .property(let syntax) = member else { continue }
      addProperty(syntax, module: module)
    }
  }

  // MARK: - Extending

  private func addBase(
    _ name: Name, _ arguments: [ExpressionSyntax], _ derived: ScenarioSyntax, module: Int
  ) {
    guard let base = analyzer.findScenario(name, from: module) else { return }
    let (syntax, baseModule) = analyzer.pending.scenarios[base]
    guard !chain.contains(base) else {
      analyzer.report(.recursiveStruct([syntax.name.text, syntax.name.text], at: name.span))
      return
    }
    guard chain.count < Limits.scenarioDepth else {
      analyzer.report(.tooDeep("scenarios", limit: Limits.scenarioDepth, at: name.span))
      return
    }
    if syntax.isEnvironment != derived.isEnvironment {
      analyzer.report(
        .wrongComponent(
          syntax.isEnvironment
            ? "a scenario cannot extend an environment" : "an environment cannot extend a scenario",
          at: name.span, declared: syntax.name.span))
      return
    }
    guard arguments.count == syntax.parameters.count else {
      analyzer.report(
        .argumentCount(
          name.text, expected: "\(syntax.parameters.count) arguments", found: arguments.count,
          at: name.span))
      return
    }
    chain.append(base)
    let derivedScope = scope
    var values: [(ParameterSyntax, Local, Expression)] = []
    for (parameter, argument) in zip(syntax.parameters, arguments) {
      let local = analyzer.scenarioParameter(parameter, baseModule)
      let value = checker.converted(argument, to: local.type, target: "'\(local.name)'")
      values.append((parameter, local, value))
    }
    // The base sees its own names only; what extends it sees the base's.
    scope = ScenarioScope(index: index, base: nil)
    checker.scenario = scope
    for (parameter, local, value) in values {
      let declared = checker.declare(parameter.name, type: local.type, kind: "parameter")
      scenario.prelude.statements.append(
        Statement(.setLocal(declared, value), span: value.span))
    }
    addAll(syntax, module: baseModule)
    let joined = ScenarioScope(index: index, base: scope)
    joined.locals = derivedScope.locals
    scope = joined
  }

  // MARK: - Members

  private func addToPrelude(_ member: ScenarioMemberSyntax, module: Int) {
    switch member {
    case .pools(let sizes): for size in sizes { addPool(size, module: module) }
    case .variable(let variable): addVariable(variable, module: module)
    case .statement(let statement):
      scenario.prelude.statements += checker.statement(statement)
    case .task, .property: break
    }
  }

  private func addPool(_ size: PoolSizeSyntax, module: Int) {
    guard let entry = analyzer.find(size.name, .type, from: module) else {
      if analyzer.entries(size.name.text, .type, from: module).isEmpty {
        analyzer.reportUnknown(
          size.name, .type, from: module, what: "pool", rule: "unknown-type")
      }
      return
    }
    guard case .pool(let pool) = entry.symbol else {
      analyzer.report(.misplacedType("'\(size.name.text)' is no pool", at: size.name.span))
      return
    }
    guard
      let count = analyzer.constantNumber(size.count, in: module, what: "the size of a pool")
    else { return }
    guard (1...1000).contains(count) else {
      analyzer.report(
        .limitExceeded("the size of a pool", found: count, limit: "1..1000", at: size.count.span))
      return
    }
    // What a scenario says replaces what its base says.
    if let known = scenario.pools.firstIndex(where: { $0.pool == pool }) {
      if let first = poolSpans[pool], chain.count == 1 {
        analyzer.report(.duplicateName(size.name.text, at: size.name.span, first: first))
      }
      scenario.pools[known].count = Int(count)
    } else {
      scenario.pools.append((pool, Int(count)))
      poolSpans[pool] = chain.count == 1 ? size.name.span : nil
    }
  }

  private func addVariable(_ syntax: VariableSyntax, module: Int) {
    let name = syntax.field.name
    if syntax.isTaskVariable {
      analyzer.report(
        .misplaced(
          "a task variable", reason: "it is of all tasks of a check", at: name.span,
          help: "declare it at the top of the module"))
    }
    if let first = scope.local(name.text)?.span
      ?? scope.variable(name.text).map({ analyzer.program.variables[$0.index].field.span })
    {
      analyzer.report(.shadowedName(name.text, at: name.span, first: first))
    }
    let type = analyzer.type(syntax.field.type, in: module)
    var field = Field(
      name: name.text, type: type, isGhost: syntax.isGhost || syntax.field.isGhost, span: name.span)
    if let value = syntax.field.value {
      let initial = CodeChecker(analyzer, module: module, purpose: .initializer, scenario: scope)
      let checked = initial.converted(value, to: type, target: "'\(name.text)'")
      if !checked.type.isError { field.initial = .value(analyzer.folded(checked) ?? checked) }
    }
    let variable = VariableIndex(analyzer.program.variables.count)
    analyzer.program.variables.append(GlobalVariable(owner: .scenario(index), field: field))
    analyzer.resolveVariableGuards(variable, syntax, in: module)
    scope.variables[name.text] = variable
    scenario.variables.append(variable)
  }

  private func addProperty(_ syntax: PropertySyntax, module: Int) {
    if let first = propertySpans[syntax.name.text] {
      analyzer.report(.duplicateName(syntax.name.text, at: syntax.name.span, first: first))
    }
    propertySpans[syntax.name.text] = syntax.name.span
    if let property = analyzer.property(syntax, in: module, scenario: scope) {
      scenario.properties.append(property)
    }
  }

  // MARK: - Tasks

  private func declare(_ task: TaskSyntax, index: Int, _ module: Int) {
    if let first = scope.task(task.name.text) {
      analyzer.report(
        .duplicateName(task.name.text, at: task.name.span, first: first.span))
      return
    }
    var count: Int64 = 1
    if let syntax = task.count,
      let number = analyzer.constantNumber(syntax, in: module, what: "the number of tasks")
    {
      if (1...64).contains(number) {
        count = number
      } else {
        analyzer.report(
          .limitExceeded("the number of tasks", found: number, limit: "1..64", at: syntax.span))
      }
    }
    scope.tasks[task.name.text] = ScenarioScope.TaskEntry(
      index: index, isCounted: task.count != nil, count: Int(count), span: task.name.span)
  }

  private func addTask(_ syntax: TaskSyntax, module: Int) {
    let checker = CodeChecker(analyzer, module: module, purpose: .task, scenario: scope)
    let owned = syntax.owned.map { expression -> Expression in
      let value = CodeChecker(analyzer, module: module, purpose: .initializer, scenario: scope)
        .reference(expression, of: "owns")
      return value
    }
    let condition = syntax.condition.map {
      checker.pureCondition($0, context: "the 'when' of an interrupt")
    }
    let statements = checker.scoped { checker.statements(syntax.body.statements) }
    let entry = scope.task(syntax.name.text)
    let placement: TaskDeclaration.Placement =
      switch syntax.placement {
      case .unstated: .unstated
      case .named(let name): .named(name.text)
      case .any: .any
      }
    if case .any = placement, !syntax.isInterrupt {
      analyzer.report(
        .misplaced("'on any cpu'", reason: "a task stays on its CPU", at: syntax.name.span))
    }
    scenario.tasks.append(
      TaskDeclaration(
        name: syntax.name.text, isInterrupt: syntax.isInterrupt, isDaemon: syntax.isDaemon,
        count: entry?.count ?? 1, isCounted: syntax.count != nil, placement: placement,
        condition: condition, owned: owned,
        body: Body(locals: checker.locals, statements: statements), span: syntax.name.span))
  }
}
