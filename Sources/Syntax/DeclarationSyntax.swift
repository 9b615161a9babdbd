public import SourceText

/// A declaration at the top of a module.
public indirect enum DeclarationSyntax: Sendable {
  /// `bug B16 name "sentence"`
  case bug(BugSyntax)
  /// `option name: type = value`
  case option(OptionSyntax)
  /// `const NAME = value`
  case constant(ConstantSyntax)
  /// `violation name "message"`
  case violation(ViolationSyntax)
  /// `enum name { a, b }`
  case enumeration(EnumSyntax)
  /// `struct`, `lock struct`, `word`, `atomic word`, `pool`, `stable pool`, `fixed pool`
  case structure(StructSyntax)
  /// `[atomic] word enum name { a, b(field: type) }`
  case wordEnum(WordEnumSyntax)
  /// `lock bit type.field.flag`
  case lockBit(LockBitSyntax)
  /// `var`, `ghost var`, `task var`, `ghost task var`
  case variable(VariableSyntax)
  /// `[atomic] fn name(parameters) [-> type] { }`
  case function(FunctionSyntax)
  /// `invariant`, `finally`, `reachable`, `leads_to`
  case property(PropertySyntax)
  /// `scenario` or `environment`
  case scenario(ScenarioSyntax)
  /// `check [large] name = scenario + environment(…)[n] { rows }`
  case check(CheckSyntax)
}

/// A mistake that can be switched on.
///
/// `bug B16 name "sentence"`
public struct BugSyntax: Sendable {
  /// The id in the catalogue, such as `B16`.
  public var id: Name
  /// The name used in code.
  public var name: Name
  /// What was wrong.
  public var sentence: String
  /// The text of its `///` comment.
  public var documentation: String
  /// The whole declaration.
  public var span: SourceSpan

  /// Creates a bug declaration.
  public init(
    id: Name, name: Name, sentence: String, documentation: String, span: SourceSpan
  ) {
    self.id = id
    self.name = name
    self.sentence = sentence
    self.documentation = documentation
    self.span = span
  }
}

/// A value that a check can set.
///
/// `option name: type = value ["sentence"]`
public struct OptionSyntax: Sendable {
  /// The option's name.
  public var name: Name
  /// Its type: a range, `bool` or an enum.
  public var type: TypeSyntax
  /// Its default.
  public var value: ExpressionSyntax
  /// What it is for; may be empty.
  public var sentence: String

  /// Creates an option declaration.
  public init(name: Name, type: TypeSyntax, value: ExpressionSyntax, sentence: String) {
    self.name = name
    self.type = type
    self.value = value
    self.sentence = sentence
  }
}

/// A number with a name.
///
/// `const NAME = value`
public struct ConstantSyntax: Sendable {
  /// The constant's name.
  public var name: Name
  /// Its value, computed when the module is checked.
  public var value: ExpressionSyntax

  /// Creates a constant declaration.
  public init(name: Name, value: ExpressionSyntax) {
    self.name = name
    self.value = value
  }
}

/// Something that must not happen.
///
/// `violation name "message"`
public struct ViolationSyntax: Sendable {
  /// The name used by `require … else` and `expect`.
  public var name: Name
  /// The message that the report shows.
  public var message: String

  /// Creates a violation declaration.
  public init(name: Name, message: String) {
    self.name = name
    self.message = message
  }
}

/// An enumeration.
///
/// `enum name { a, b }`
public struct EnumSyntax: Sendable {
  /// The type's name.
  public var name: Name
  /// The cases, in order.
  public var cases: [Name]

  /// Creates an enum declaration.
  public init(name: Name, cases: [Name]) {
    self.name = name
    self.cases = cases
  }
}

/// A type with fields.
public struct StructSyntax: Sendable {
  /// Which kind of type it is.
  public enum Kind: String, Sendable {
    /// Embedded by value; its fields are locations of their own.
    case structure = "struct"
    /// A struct that is a lock.
    case lock = "lock struct"
    /// One machine word: loaded, stored and compared whole.
    case word = "word"
    /// A word whose fields can be stored one at a time by bit operations.
    case atomicWord = "atomic word"
    /// Objects that are made by `new` and ended by `free`.
    case pool = "pool"
    /// Objects whose memory stays: they may be looked at while dead.
    case stablePool = "stable pool"
    /// Objects that always live.
    case fixedPool = "fixed pool"
  }
  /// Which kind of type it is.
  public var kind: Kind
  /// The type's name.
  public var name: Name
  /// The fields, in order.
  ///
  /// `a, b: bool` gives two.
  public var fields: [FieldSyntax]
  /// The text of its `///` comment.
  public var documentation: String

  /// Creates a declaration of a type with fields.
  public init(kind: Kind, name: Name, fields: [FieldSyntax], documentation: String) {
    self.kind = kind
    self.name = name
    self.fields = fields
    self.documentation = documentation
  }
}

/// A field.
///
/// `[ghost] name: type [= default] [guarded by lock and lock … [except a, b]]`
public struct FieldSyntax: Sendable {
  /// Whether only properties, requires and ghosts may read it.
  public var isGhost: Bool
  /// The field's name.
  public var name: Name
  /// The field's type.
  public var type: TypeSyntax
  /// The default value; `holders` stands for the number of references at the start.
  public var value: ExpressionSyntax?
  /// The locks that guard it.
  public var guards: [ExpressionSyntax]
  /// The fields of its word that the guard leaves out.
  public var exceptions: [Name]

  /// Creates a field.
  public init(
    isGhost: Bool, name: Name, type: TypeSyntax, value: ExpressionSyntax?,
    guards: [ExpressionSyntax], exceptions: [Name]
  ) {
    self.isGhost = isGhost
    self.name = name
    self.type = type
    self.value = value
    self.guards = guards
    self.exceptions = exceptions
  }
}

/// A word with cases.
///
/// `[atomic] word enum name { none, present(page: holds page, dirty: bool) }`
public struct WordEnumSyntax: Sendable {
  /// One case with its fields.
  public struct Case: Sendable {
    /// The case's name.
    public var name: Name
    /// The fields that exist in this case.
    public var fields: [FieldSyntax]

    /// Creates a case.
    public init(name: Name, fields: [FieldSyntax]) {
      self.name = name
      self.fields = fields
    }
  }
  /// Whether its fields can be stored one at a time.
  public var isAtomic: Bool
  /// The type's name.
  public var name: Name
  /// The cases, in order; the first is the default.
  public var cases: [Case]

  /// Creates a word enum declaration.
  public init(isAtomic: Bool, name: Name, cases: [Case]) {
    self.isAtomic = isAtomic
    self.name = name
    self.cases = cases
  }
}

/// `lock bit page.flags.locked`: the flag is a lock.
public struct LockBitSyntax: Sendable {
  /// The type's name, then the fields down to the flag.
  public var path: [Name]
  /// The whole declaration.
  public var span: SourceSpan

  /// Creates a lock bit declaration.
  public init(path: [Name], span: SourceSpan) {
    self.path = path
    self.span = span
  }
}

/// A variable.
///
/// `[ghost] [task] var name: type [= value] [guarded by lock]`
public struct VariableSyntax: Sendable {
  /// Whether only properties, requires and ghosts may read it.
  public var isGhost: Bool
  /// Whether every task has one of its own.
  public var isTaskVariable: Bool
  /// The variable as a field: name, type, default, guards.
  public var field: FieldSyntax

  /// Creates a variable declaration.
  public init(isGhost: Bool, isTaskVariable: Bool, field: FieldSyntax) {
    self.isGhost = isGhost
    self.isTaskVariable = isTaskVariable
    self.field = field
  }
}

/// A parameter.
///
/// `name: [inout] type`
public struct ParameterSyntax: Sendable {
  /// The parameter's name.
  public var name: Name
  /// Whether it is a location of the caller.
  public var isInout: Bool
  /// Its type.
  public var type: TypeSyntax

  /// Creates a parameter.
  public init(name: Name, isInout: Bool, type: TypeSyntax) {
    self.name = name
    self.isInout = isInout
    self.type = type
  }
}

/// A function.
///
/// `[atomic] fn name(parameters) [-> type] { }`
public struct FunctionSyntax: Sendable {
  /// Whether the whole body is one step.
  public var isAtomic: Bool
  /// The function's name.
  public var name: Name
  /// Its parameters.
  public var parameters: [ParameterSyntax]
  /// The type of its result, if it has one.
  public var result: TypeSyntax?
  /// Its body.
  public var body: BlockSyntax
  /// The text of its `///` comment.
  public var documentation: String

  /// Creates a function declaration.
  public init(
    isAtomic: Bool, name: Name, parameters: [ParameterSyntax], result: TypeSyntax?,
    body: BlockSyntax, documentation: String
  ) {
    self.isAtomic = isAtomic
    self.name = name
    self.parameters = parameters
    self.result = result
    self.body = body
    self.documentation = documentation
  }
}

/// A property.
///
/// `invariant name { e }`, `finally name { e }`, `reachable name { e }`, `leads_to name { a leads_to b }`
public struct PropertySyntax: Sendable {
  /// When the property is judged.
  public enum Kind: String, Sendable {
    /// In every state.
    case invariant
    /// In every state at rest.
    case finally
    /// It must be true in some state.
    case reachable
    /// Liveness: `a` is always followed by `b`.
    case leadsTo = "leads_to"
  }
  /// When the property is judged.
  public var kind: Kind
  /// The property's name.
  public var name: Name
  /// The condition; the left side of `leads_to`.
  public var condition: ExpressionSyntax
  /// The right side of `leads_to`.
  public var consequence: ExpressionSyntax?

  /// Creates a property.
  public init(
    kind: Kind, name: Name, condition: ExpressionSyntax, consequence: ExpressionSyntax? = nil
  ) {
    self.kind = kind
    self.name = name
    self.condition = condition
    self.consequence = consequence
  }
}
