public import SourceText

/// The index of a ``Local`` in its ``Body``, or among the locals of its scenario.
public struct LocalIndex: Hashable, Sendable {
  /// The index.
  public let index: Int
  /// Creates an identity.
  public init(_ index: Int) { self.index = index }
}

/// The index of a ``Function`` in its program.
public struct FunctionIndex: Hashable, Sendable {
  /// The index.
  public let index: Int
  /// Creates an identity.
  public init(_ index: Int) { self.index = index }
}

/// A parameter, `let`, `var`, loop variable or binding.
public struct Local: Sendable {
  /// The local's name; hidden ones start with `$`.
  public var name: String
  /// Its type.
  ///
  /// For an alias, the type of the location.
  public var type: Type
  /// Whether it stands for a location instead of having a value.
  public var isAlias: Bool
  /// Where it is declared.
  public var span: SourceSpan

  /// Creates a local.
  public init(name: String, type: Type, isAlias: Bool, span: SourceSpan) {
    self.name = name
    self.type = type
    self.isAlias = isAlias
    self.span = span
  }
}

/// Code with its locals: of a function, a task, a prelude or a property.
public struct Body: Sendable {
  /// All locals of the code, nested scopes included, each declaration its own.
  public var locals: [Local]
  /// The statements; empty in a property.
  public var statements: [Statement]

  /// Creates a body.
  public init(locals: [Local], statements: [Statement]) {
    self.locals = locals
    self.statements = statements
  }
}

/// A function; calls are inlined.
public struct Function: Sendable {
  /// The function's name.
  public var name: String
  /// Whether its body is one step.
  public var isAtomic: Bool
  /// The parameters, which are the first locals of the body.
  public var parameterCount: Int
  /// The type of the result, or ``Type/none``.
  public var result: Type
  /// The code.
  public var body: Body
  /// The name in its declaration.
  public var span: SourceSpan

  /// Creates a function.
  public init(
    name: String, isAtomic: Bool, parameterCount: Int, result: Type, body: Body, span: SourceSpan
  ) {
    self.name = name
    self.isAtomic = isAtomic
    self.parameterCount = parameterCount
    self.result = result
    self.body = body
    self.span = span
  }
}

/// A checked property.
public struct Property: Sendable {
  /// When a property is judged.
  public enum Kind: String, Sendable {
    case invariant, finally, reachable
  }
  /// The property's name.
  public var name: String
  /// When it is judged.
  public var kind: Kind
  /// The locals that its quantifiers bind.
  public var locals: [Local]
  /// The condition, a boolean.
  public var condition: Expression
  /// The name in its declaration.
  public var span: SourceSpan

  /// Creates a property.
  public init(name: String, kind: Kind, locals: [Local], condition: Expression, span: SourceSpan) {
    self.name = name
    self.kind = kind
    self.locals = locals
    self.condition = condition
    self.span = span
  }
}
