public import SourceText

/// A checked expression: names are resolved, types are known.
///
/// Integer-like values are numbers throughout: false 0, true 1, an enum case its index. The order
/// of evaluation is that of the source, left to right; `and`, `or`, `implies` and `conditional`
/// skip what they do not need.
public struct Expression: Sendable {
  /// What the expression is.
  public indirect enum Kind: Sendable {
    /// A number, boolean or enum case. Options, bugs and constants are folded to it.
    case constant(Int64)
    /// `nil`
    case null
    /// The running task.
    case selfTask
    /// The value in a location: a local, parameter, variable, field … A plain struct or array only
    /// as a whole on the right of an assignment. With `once`, `READ_ONCE`.
    case load(Place, once: Bool)
    /// A field of a word that is a value and not a location; of a word enum only of a matched case.
    case wordField(Expression, field: Int)
    /// Whether the word enum has this case.
    case isCase(Expression, caseIndex: Int)
    /// `!` and `-`.
    case unary(UnaryOperator, Expression)
    /// Arithmetic, comparison, logic, and `union`, `intersection` of sets. `equal` and `notEqual`
    /// also compare references, tasks, words and sets.
    case binary(BinaryOperator, Expression, Expression)
    /// `a ? b : c`
    case conditional(Expression, Expression, Expression)
    /// A call of a function with a result, or as a statement.
    case call(FunctionIndex, [Argument])
    /// `test_and_set` and its like: one step on one location.
    case atomicOperation(AtomicOperation, Place, [Expression])
    /// A method or property of a list or set that lies in a location: one step.
    case collection(CollectionOperation, Place, [Expression])
    /// Membership in, or size or emptiness of, a set that is a value.
    case setOperation(CollectionOperation, Expression, [Expression])
    /// `new T { … }`: one step. The other fields get their defaults.
    case new(PoolID, [FieldValue])
    /// A struct or word given by its fields; the others get their defaults.
    case aggregate(StructID, [FieldValue])
    /// A word enum's case with its fields.
    case wordCase(StructID, caseIndex: Int, [FieldValue])
    /// `{ a, b }` as a set.
    case setLiteral([Expression])
    /// `[a, b]` as an array or list.
    case elements([Expression])
    /// `all`, `some`, `count`, `sum`.
    case quantifier(Quantifier)
    /// `holders(p)`
    case holders(Expression)
    /// `p.live`
    case isLive(Expression)
    /// `t.in_interrupt`
    case inInterrupt(Expression)
    /// `t.cpu`
    case cpuOf(Expression)
    /// A task of the scenario by its name, for `hand_over` and comparisons; of `name[n]` the index.
    case taskNamed(scenario: Int, task: Int, index: Expression?)
  }

  /// What the expression is.
  public var kind: Kind
  /// Its type; for integers the interval that its value lies in.
  public var type: Type
  /// Where it stands.
  public var span: SourceSpan

  /// Creates an expression.
  public init(_ kind: Kind, type: Type, span: SourceSpan) {
    self.kind = kind
    self.type = type
    self.span = span
  }
}

/// A prefix operator.
public enum UnaryOperator: Hashable, Sendable {
  case not, negate
}

/// An infix operator.
public enum BinaryOperator: Hashable, Sendable {
  case add, subtract, multiply, divide, remainder
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case and, or, implies
  /// Of sets.
  case union, intersection
  /// Of sets: the left one without the right one's members (`-`).
  case difference
}

/// A field with the value it gets.
public struct FieldValue: Sendable {
  /// The field's index in its struct or pool.
  public var field: Int
  /// The value.
  public var value: Expression

  /// Creates a field value.
  public init(field: Int, value: Expression) {
    self.field = field
    self.value = value
  }
}

/// An argument of a call.
public enum Argument: Sendable {
  /// A value, copied into the parameter.
  case value(Expression)
  /// A location of the caller, resolved once: for `inout` parameters and struct parameters.
  case place(Place)
}

/// A built-in operation that reads and writes one location in one step.
public enum AtomicOperation: String, Sendable {
  /// Sets a flag; whether it was set before.
  case testAndSet = "test_and_set"
  /// Clears a flag; whether it was set before.
  case testAndClear = "test_and_clear"
  /// Stores the argument; the old value.
  case exchange = "xchg"
  /// Stores the second argument if the value equals the first; the old value.
  case compareExchange = "cmpxchg"
  /// Subtracts one; whether the result is zero.
  case decrementAndTest = "dec_and_test"
}

/// An operation on a list or set.
public enum CollectionOperation: String, Sendable {
  /// Lists: at the end. Full is `out_of_range`.
  case push
  /// Lists: at the front.
  case pushFront = "push_front"
  /// Lists: takes the last; of an empty list `not_on_list`.
  case pop
  /// Lists: takes the first; of an empty list `not_on_list`.
  case popFront = "pop_front"
  /// Lists: takes the first equal element out, or `not_on_list`. Sets: takes it out if it is in.
  case remove
  /// Sets: puts a member in.
  case add
  /// Whether the argument is in.
  case contains
  /// The number of elements.
  case count
  /// Lists: the first; of an empty list `not_on_list`.
  case first
  /// Lists: the last; of an empty list `not_on_list`.
  case last
  /// Whether nothing is in.
  case isEmpty = "is_empty"
}

/// `all x in d: e` and its like.
public struct Quantifier: Sendable {
  /// What is done with the members.
  public enum Kind: Sendable {
    case all, some, count, sum
  }
  /// What is done with the members.
  public var kind: Kind
  /// The bound variable, in the locals of the body that the expression stands in.
  public var variable: LocalIndex
  /// What it ranges over.
  public var domain: Domain
  /// The condition behind `where`.
  public var filter: Expression?
  /// What stands behind the colon.
  public var body: Expression?

  /// Creates a quantifier.
  public init(
    kind: Kind, variable: LocalIndex, domain: Domain, filter: Expression?, body: Expression?
  ) {
    self.kind = kind
    self.variable = variable
    self.domain = domain
    self.filter = filter
    self.body = body
  }
}

/// What a `for`, a `choose` or a quantifier ranges over.
public indirect enum Domain: Sendable {
  /// Both ends included; empty if the lower one is larger.
  case range(Expression, Expression)
  /// The live objects of a pool, or all of them.
  case pool(PoolID, includesDead: Bool)
  /// The cases of an enum.
  case enumeration(EnumID)
  /// `false`, `true` (domain `bool`).
  case booleans
  /// The members of a set, which may lie in a location (then the expression is a load).
  case set(Expression)
  /// The elements of a list in a location.
  case list(Place)
  /// All tasks and handlers (domain `task`).
  case tasks
}
