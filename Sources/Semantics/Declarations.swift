public import SourceText

/// An `enum` with its cases; a value is the index of its case.
public struct EnumType: Sendable {
  /// The type's name.
  public var name: String
  /// The names of the cases, in order.
  public var cases: [String]

  /// Creates an enum.
  public init(name: String, cases: [String]) {
    self.name = name
    self.cases = cases
  }
}

/// A field of a struct, word or pool.
public struct Field: Sendable {
  /// A lock that guards a field, as a path from the object or struct that has the field.
  public enum Guard: Sendable {
    /// Fields to follow from the same struct or object: `lock`, or `mapping.tree_lock`, where
    /// references are followed on the way.
    case path([FieldStep])
    /// A global lock, and the fields down to it.
    case global(VariableIndex, [FieldStep])
  }

  /// The default value of a field.
  public enum Default: Sendable {
    /// The default of its type: false, nil, empty, the first case, 0 if in range, else the lower end.
    case ofType
    /// A constant expression.
    case value(Expression)
    /// The number of references to the object that exist when the prelude has ended; 0 in `new` in a task.
    case holders
  }

  /// The field's name.
  public var name: String
  /// The field's type.
  public var type: Type
  /// Whether only properties, requires and ghosts may read it.
  public var isGhost: Bool
  /// The value it starts with.
  public var initial: Default
  /// The locks that guard it: a write needs all, a read one.
  public var guards: [Guard]
  /// The indexes of the fields of its word that the guards leave out.
  public var guardExceptions: [Int]
  /// Where it is declared.
  public var span: SourceSpan

  /// Creates a field.
  public init(
    name: String, type: Type, isGhost: Bool = false, initial: Default = .ofType,
    guards: [Guard] = [], guardExceptions: [Int] = [], span: SourceSpan
  ) {
    self.name = name
    self.type = type
    self.isGhost = isGhost
    self.initial = initial
    self.guards = guards
    self.guardExceptions = guardExceptions
    self.span = span
  }
}

/// One field on the way to a lock, by its index in the struct or pool reached so far.
public struct FieldStep: Hashable, Sendable {
  /// The index of the field.
  public var field: Int
  /// Creates a step.
  public init(field: Int) { self.field = field }
}

/// A struct, lock struct, word or word enum.
public struct StructType: Sendable {
  /// Which kind of type it is.
  public enum Kind: Hashable, Sendable {
    /// Its fields are locations of their own.
    case plain
    /// The same, and a lock: `holder: task?`, and for sharing `readers: set of task`.
    case lock
    /// One location; fields are changed by a load and a store of the whole.
    case word
    /// One location; storing one field is one step.
    case atomicWord
  }

  /// A case of a word enum.
  public struct Case: Sendable {
    /// The case's name.
    public var name: String
    /// The indexes in ``StructType/fields`` of the fields that exist in it.
    public var fields: [Int]

    /// Creates a case.
    public init(name: String, fields: [Int]) {
      self.name = name
      self.fields = fields
    }
  }

  /// The type's name.
  public var name: String
  /// Which kind of type it is.
  public var kind: Kind
  /// Its fields, in order.
  ///
  /// Fields of different cases are different entries, even with equal names.
  public var fields: [Field]
  /// The cases if it is a word enum, otherwise empty.
  ///
  /// The first is the default.
  public var cases: [Case]

  /// Creates a struct.
  public init(name: String, kind: Kind, fields: [Field], cases: [Case] = []) {
    self.name = name
    self.kind = kind
    self.fields = fields
    self.cases = cases
  }

  /// Whether it is one location.
  public var isWord: Bool { kind == .word || kind == .atomicWord }
}

/// A type of objects.
public struct PoolType: Sendable {
  /// How long the objects live.
  public enum Kind: Hashable, Sendable {
    /// From `new` to `free`.
    case plain
    /// The same, but they may be looked at while dead.
    case stable
    /// Always.
    case fixed
  }

  /// The type's name.
  public var name: String
  /// How long the objects live.
  public var kind: Kind
  /// The fields, in order.
  public var fields: [Field]

  /// Creates a pool type.
  public init(name: String, kind: Kind, fields: [Field]) {
    self.name = name
    self.kind = kind
    self.fields = fields
  }
}

/// `lock bit page.flags.locked`.
public struct LockBit: Sendable {
  /// The pool whose objects have the bit.
  public var pool: PoolID
  /// The fields from the object down to the boolean.
  public var path: [FieldStep]

  /// Creates a lock bit.
  public init(pool: PoolID, path: [FieldStep]) {
    self.pool = pool
    self.path = path
  }
}

/// The index of a ``GlobalVariable`` in its program.
public struct VariableIndex: Hashable, Sendable {
  /// The index.
  public let index: Int
  /// Creates an identity.
  public init(_ index: Int) { self.index = index }
}

/// A variable declared at the top of a module or in a scenario.
public struct GlobalVariable: Sendable {
  /// Whose variable it is.
  public enum Owner: Hashable, Sendable {
    /// One for the whole check.
    case module
    /// One for every task and handler.
    case task
    /// One for every use of the scenario or environment in a check.
    case scenario(Int)
  }
  /// Whose variable it is.
  public var owner: Owner
  /// Name, type, default and guards.
  ///
  /// `Default.value` of a scenario's own variable may use its
  /// parameters and the `let`s above it.
  public var field: Field

  /// Creates a variable.
  public init(owner: Owner, field: Field) {
    self.owner = owner
    self.field = field
  }
}

/// `violation name "message"`.
public struct ViolationDeclaration: Sendable {
  /// The violation's name.
  public var name: String
  /// What the report says.
  public var message: String
  /// Where it is declared.
  public var span: SourceSpan

  /// Creates a violation.
  public init(name: String, message: String, span: SourceSpan) {
    self.name = name
    self.message = message
    self.span = span
  }
}

/// `bug B16 name "sentence"`.
public struct BugDeclaration: Sendable {
  /// The id.
  public var id: String
  /// The name used in code.
  public var name: String
  /// What was wrong.
  public var sentence: String
  /// The text of its `///` comment.
  public var documentation: String
  /// The name of the module that declares it.
  public var module: String
  /// Where it is declared.
  public var span: SourceSpan

  /// Creates a bug.
  public init(
    id: String, name: String, sentence: String, documentation: String, module: String,
    span: SourceSpan
  ) {
    self.id = id
    self.name = name
    self.sentence = sentence
    self.documentation = documentation
    self.module = module
    self.span = span
  }
}

/// `option name: type = value`.
public struct OptionDeclaration: Sendable {
  /// The option's name.
  public var name: String
  /// Its type.
  public var type: Type
  /// The value under this configuration.
  public var value: Int64
  /// What it is for.
  public var sentence: String
  /// Where it is declared.
  public var span: SourceSpan

  /// Creates an option.
  public init(name: String, type: Type, value: Int64, sentence: String, span: SourceSpan) {
    self.name = name
    self.type = type
    self.value = value
    self.sentence = sentence
    self.span = span
  }
}
