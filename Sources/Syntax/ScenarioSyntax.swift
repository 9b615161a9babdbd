public import SourceText

/// A scenario or an environment.
///
/// `scenario name[(parameters)] [extends other[(arguments)]] { }` or `environment name(parameters) { }`
public struct ScenarioSyntax: Sendable {
  /// Whether it is an environment, which can only be added to a scenario.
  public var isEnvironment: Bool
  /// Its name.
  public var name: Name
  /// Its parameters.
  public var parameters: [ParameterSyntax]
  /// The scenario that it extends, with the arguments given to it.
  public var base: (name: Name, arguments: [ExpressionSyntax])?
  /// What stands in it, in source order.
  public var members: [ScenarioMemberSyntax]
  /// The text of its `///` comment.
  public var documentation: String

  /// Creates a scenario or an environment.
  public init(
    isEnvironment: Bool, name: Name, parameters: [ParameterSyntax],
    base: (name: Name, arguments: [ExpressionSyntax])?, members: [ScenarioMemberSyntax],
    documentation: String
  ) {
    self.isEnvironment = isEnvironment
    self.name = name
    self.parameters = parameters
    self.base = base
    self.members = members
    self.documentation = documentation
  }
}

/// One thing inside a scenario.
public indirect enum ScenarioMemberSyntax: Sendable {
  /// `pools page[2], mapping[1]`
  case pools([PoolSizeSyntax])
  /// `var` or `ghost var` of the scenario's own.
  case variable(VariableSyntax)
  /// A task or an interrupt.
  case task(TaskSyntax)
  /// A property of the scenario's own.
  case property(PropertySyntax)
  /// A statement of the prelude.
  case statement(StatementSyntax)
}

/// The size of a pool.
///
/// `page[2]`
public struct PoolSizeSyntax: Sendable {
  /// The pool's name.
  public var name: Name
  /// How many objects it has.
  public var count: ExpressionSyntax

  /// Creates a pool size.
  public init(name: Name, count: ExpressionSyntax) {
    self.name = name
    self.count = count
  }
}

/// A task or an interrupt.
///
/// `[daemon] task name[n] [on cpuK] [owns a, b] { }`,
/// `interrupt name[n] [on cpuK | on any cpu] [when c] { }`
public struct TaskSyntax: Sendable {
  /// Where the task runs.
  public enum Placement: Sendable {
    /// Nothing was said: a task has a CPU of its own; an interrupt arrives on any CPU.
    case unstated
    /// `on cpu0`: the name, such as `cpu0`.
    case named(Name)
    /// `on any cpu`
    case any
  }
  /// Whether it is an interrupt.
  public var isInterrupt: Bool
  /// Whether it need not end.
  public var isDaemon: Bool
  /// Its name.
  public var name: Name
  /// How many identical ones there are; one if nothing is said.
  public var count: ExpressionSyntax?
  /// Where it runs.
  public var placement: Placement
  /// When an interrupt may arrive.
  public var condition: ExpressionSyntax?
  /// The objects to which it owns a reference at the start.
  public var owned: [ExpressionSyntax]
  /// What it does.
  public var body: BlockSyntax

  /// Creates a task or an interrupt.
  public init(
    isInterrupt: Bool, isDaemon: Bool, name: Name, count: ExpressionSyntax?, placement: Placement,
    condition: ExpressionSyntax?, owned: [ExpressionSyntax], body: BlockSyntax
  ) {
    self.isInterrupt = isInterrupt
    self.isDaemon = isDaemon
    self.name = name
    self.count = count
    self.placement = placement
    self.condition = condition
    self.owned = owned
    self.body = body
  }
}

/// A check.
///
/// `check [large] name = component + component … [with option = value, …] { rows }`
public struct CheckSyntax: Sendable {
  /// Whether it is left out unless asked for.
  public var isLarge: Bool
  /// Its name.
  public var name: Name
  /// The scenario, then the environments added to it.
  public var components: [CheckComponentSyntax]
  /// The options that all rows have.
  public var settings: [OptionSettingSyntax]
  /// What is expected.
  public var rows: [CheckRowSyntax]
  /// The text of its `///` comment.
  public var documentation: String
  /// The whole declaration.
  public var span: SourceSpan

  /// Creates a check.
  public init(
    isLarge: Bool, name: Name, components: [CheckComponentSyntax],
    settings: [OptionSettingSyntax], rows: [CheckRowSyntax], documentation: String,
    span: SourceSpan
  ) {
    self.isLarge = isLarge
    self.name = name
    self.components = components
    self.settings = settings
    self.rows = rows
    self.documentation = documentation
    self.span = span
  }
}

/// A scenario or environment in a check.
///
/// `name(arguments)[n]`
public struct CheckComponentSyntax: Sendable {
  /// The scenario's or environment's name.
  public var name: Name
  /// The arguments, which name the scenario's `let`s or are constants.
  public var arguments: [ExpressionSyntax]
  /// How many of it; one if nothing is said.
  public var count: ExpressionSyntax?
  /// Where it stands.
  public var span: SourceSpan

  /// Creates a component.
  public init(
    name: Name, arguments: [ExpressionSyntax], count: ExpressionSyntax?, span: SourceSpan
  ) {
    self.name = name
    self.arguments = arguments
    self.count = count
    self.span = span
  }
}

/// A value for an option.
///
/// `option = value`
public struct OptionSettingSyntax: Sendable {
  /// The option's name.
  public var name: Name
  /// Its value.
  public var value: ExpressionSyntax

  /// Creates a setting.
  public init(name: Name, value: ExpressionSyntax) {
    self.name = name
    self.value = value
  }
}

/// A row of a check.
///
/// `[B03, B05] [with option = value, …] expect pass | name`
public struct CheckRowSyntax: Sendable {
  /// The bugs that are switched on together.
  public var bugs: [Name]
  /// The options of this row.
  public var settings: [OptionSettingSyntax]
  /// `pass`, or the name of a violation or property.
  public var expectation: Name
  /// The whole row.
  public var span: SourceSpan

  /// Creates a row.
  public init(
    bugs: [Name], settings: [OptionSettingSyntax], expectation: Name, span: SourceSpan
  ) {
    self.bugs = bugs
    self.settings = settings
    self.expectation = expectation
    self.span = span
  }
}
