public import SourceText

/// A scenario or environment.
///
/// Its ``prelude`` has the locals: first the parameters, then the `let`s and `var`s of the prelude
/// statements. Tasks and properties see them as ``Place/Kind/scenarioLocal(_:)``. A scenario that
/// extends another has been joined with it: what the base has comes first.
public struct Scenario: Sendable {
  /// Its name.
  public var name: String
  /// Whether it is an environment.
  public var isEnvironment: Bool
  /// How many of the prelude's locals are parameters.
  public var parameterCount: Int
  /// How many objects each named pool has.
  public var pools: [(pool: PoolID, count: Int)]
  /// The prelude.
  public var prelude: Body
  /// Its own variables, as indexes in ``Program/variables``.
  public var variables: [VariableIndex]
  /// The tasks and interrupts, in order.
  public var tasks: [TaskDeclaration]
  /// The properties, in order.
  public var properties: [Property]
  /// The name in its declaration.
  public var span: SourceSpan

  /// Creates a scenario.
  public init(
    name: String, isEnvironment: Bool, parameterCount: Int, pools: [(pool: PoolID, count: Int)],
    prelude: Body, variables: [VariableIndex], tasks: [TaskDeclaration], properties: [Property],
    span: SourceSpan
  ) {
    self.name = name
    self.isEnvironment = isEnvironment
    self.parameterCount = parameterCount
    self.pools = pools
    self.prelude = prelude
    self.variables = variables
    self.tasks = tasks
    self.properties = properties
    self.span = span
  }
}

/// A task or interrupt.
public struct TaskDeclaration: Sendable {
  /// Where a task runs.
  public enum Placement: Hashable, Sendable {
    /// A task: a CPU of its own. An interrupt: any CPU.
    case unstated
    /// The CPU of this name (`cpu0`), the same one for all that name it in the check.
    case named(String)
    /// Any CPU.
    case any
  }

  /// Its name.
  public var name: String
  /// Whether it is an interrupt.
  public var isInterrupt: Bool
  /// Whether it need not end.
  public var isDaemon: Bool
  /// How many identical ones there are.
  public var count: Int
  /// Whether the count was written, so that names carry an index.
  public var isCounted: Bool
  /// Where it runs.
  public var placement: Placement
  /// When an interrupt may arrive.
  public var condition: Expression?
  /// The objects of which it owns a reference at the start.
  public var owned: [Expression]
  /// What it does.
  ///
  /// Its locals are its own; `condition` uses them for quantifiers too.
  public var body: Body
  /// The name in its declaration.
  public var span: SourceSpan

  /// Creates a task.
  public init(
    name: String, isInterrupt: Bool, isDaemon: Bool, count: Int, isCounted: Bool,
    placement: Placement, condition: Expression?, owned: [Expression], body: Body, span: SourceSpan
  ) {
    self.name = name
    self.isInterrupt = isInterrupt
    self.isDaemon = isDaemon
    self.count = count
    self.isCounted = isCounted
    self.placement = placement
    self.condition = condition
    self.owned = owned
    self.body = body
    self.span = span
  }
}

/// A check: a composition and what is expected of it.
public struct Check: Sendable {
  /// A scenario or environment in the composition.
  public struct Component: Sendable {
    /// The index in ``Program/scenarios``.
    public var scenario: Int
    /// The arguments; they see the `let`s of the first component as `scenarioLocal`.
    public var arguments: [Expression]
    /// How many of it.
    public var count: Int
    /// Where it stands.
    public var span: SourceSpan

    /// Creates a component.
    public init(scenario: Int, arguments: [Expression], count: Int, span: SourceSpan) {
      self.scenario = scenario
      self.arguments = arguments
      self.count = count
      self.span = span
    }
  }

  /// One line of the table.
  public struct Row: Sendable {
    /// The ids of the bugs that are on.
    public var bugs: [String]
    /// The options with their values as text, those of the check's own `with` first.
    public var settings: [(option: String, value: String)]
    /// `pass`, or the name of a violation or property.
    public var expectation: String
    /// The whole row.
    public var span: SourceSpan

    /// Creates a row.
    public init(
      bugs: [String], settings: [(option: String, value: String)], expectation: String,
      span: SourceSpan
    ) {
      self.bugs = bugs
      self.settings = settings
      self.expectation = expectation
      self.span = span
    }

    /// The options that the row sets; later ones win.
    public var options: [String: String] {
      Dictionary(settings.map { ($0.option, $0.value) }, uniquingKeysWith: { $1 })
    }
  }

  /// The check's name.
  public var name: String
  /// Whether it is left out unless asked for.
  public var isLarge: Bool
  /// What is composed; the first is a scenario.
  public var components: [Component]
  /// What is expected.
  public var rows: [Row]
  /// The text of its `///` comment.
  public var documentation: String
  /// The name in its declaration.
  public var span: SourceSpan

  /// Creates a check.
  public init(
    name: String, isLarge: Bool, components: [Component], rows: [Row], documentation: String,
    span: SourceSpan
  ) {
    self.name = name
    self.isLarge = isLarge
    self.components = components
    self.rows = rows
    self.documentation = documentation
    self.span = span
  }
}
