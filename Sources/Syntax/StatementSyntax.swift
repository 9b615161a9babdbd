public import SourceText

/// A statement with its place in the text.
public struct StatementSyntax: Sendable {
  /// What the statement is.
  public indirect enum Kind: Sendable {
    /// `let name[: type] = value`, `let name = &place`, `var name[: type] [= value]`
    case binding(isMutable: Bool, Name, TypeSyntax?, ExpressionSyntax?)
    /// `place = value`, `place += value`, `place -= value`
    case assign(ExpressionSyntax, AssignmentOperatorSyntax, ExpressionSyntax)
    /// A call that stands alone.
    case expression(ExpressionSyntax)
    /// `if c [unless bug] { } else if … else { }`: the branches in order, then the `else`.
    case conditional([ConditionalBranchSyntax], otherwise: BlockSyntax?)
    /// `unless bug { } [else { }]`
    case unless(Name, BlockSyntax, otherwise: BlockSyntax?)
    /// `[label:] while c { }`
    case whileLoop(label: Name?, ExpressionSyntax, BlockSyntax)
    /// `[label:] loop { }`
    case loop(label: Name?, BlockSyntax)
    /// `[label:] for x in domain [safely] { }`
    case forLoop(label: Name?, Name, DomainSyntax, safely: Bool, BlockSyntax)
    /// `block label { … leave label … }`
    case block(label: Name, BlockSyntax)
    /// `switch value { case a, b { } … else { } }`
    case switchOver(ExpressionSyntax, [SwitchCaseSyntax], otherwise: BlockSyntax?)
    /// `either { } or { } …`
    case either([BlockSyntax])
    /// `atomic { }` or `atomic statement`
    case atomic(BlockSyntax)
    /// `ghost { }` or `ghost statement`
    case ghost(BlockSyntax)
    /// `break [label]`
    case breakLoop(label: Name?)
    /// `continue [label]`
    case continueLoop(label: Name?)
    /// `leave label`
    case leave(label: Name)
    /// `return [value]`; the value starts on the same line.
    case returnValue(ExpressionSyntax?)
    /// `skip`: a statement that does nothing.
    case skip
    /// `progress`
    case progress
    /// `await [rest] c`
    case await(isRest: Bool, ExpressionSyntax)
    /// `choose x in domain [where c]`
    case choose(Name, DomainSyntax, where: ExpressionSyntax?)
    /// `require c else violation`
    case require(ExpressionSyntax, violation: Name)
    /// `unreachable "reason"`
    case unreachable(String)
    /// `free x`
    case free(ExpressionSyntax)
    /// `hand_over lock to task`
    case handOver(ExpressionSyntax, to: ExpressionSyntax)
    /// `move x from list to list`
    case move(ExpressionSyntax, from: ExpressionSyntax, to: ExpressionSyntax)
    /// `nested statement`: a second lock of one class is taken on purpose.
    case nested(StatementSyntax)
    /// A statement that could not be parsed; an error has been reported.
    case error
  }

  /// What the statement is.
  public var kind: Kind
  /// The whole statement.
  public var span: SourceSpan

  /// Creates a statement.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}

/// An operator that assigns.
///
/// `=`, `+=` or `-=`
public enum AssignmentOperatorSyntax: String, Sendable {
  case assign = "="
  case add = "+="
  case subtract = "-="
}

/// `{ statements }`, or the single statement behind `atomic` and `ghost`.
public struct BlockSyntax: Sendable {
  /// The statements, in source order.
  public var statements: [StatementSyntax]
  /// The block with its braces.
  public var span: SourceSpan

  /// Creates a block.
  public init(statements: [StatementSyntax], span: SourceSpan) {
    self.statements = statements
    self.span = span
  }
}

/// `if condition [unless bug] { }`, or `if let case(bindings) = value { }`.
public struct ConditionalBranchSyntax: Sendable {
  /// What is tested.
  public var condition: ConditionSyntax
  /// The bug that drops the condition, which then counts as false.
  public var unless: Name?
  /// What is done when the condition holds.
  public var body: BlockSyntax

  /// Creates a branch.
  public init(condition: ConditionSyntax, unless: Name?, body: BlockSyntax) {
    self.condition = condition
    self.unless = unless
    self.body = body
  }
}

/// What stands behind `if`.
public enum ConditionSyntax: Sendable {
  /// A boolean.
  case expression(ExpressionSyntax)
  /// `let pattern = value`, with a case of a word enum.
  case match(CasePatternSyntax, ExpressionSyntax)
}

/// A case with names for its fields.
///
/// `name` or `name(field, field: binding, …)`
public struct CasePatternSyntax: Sendable {
  /// The case of the enum or word enum.
  public var name: Name
  /// The fields to bind: `page` binds the field `page` to the local `page`, `page: p` to `p`.
  public var bindings: [(field: Name, local: Name)]

  /// Creates a pattern.
  public init(name: Name, bindings: [(field: Name, local: Name)]) {
    self.name = name
    self.bindings = bindings
  }
}

/// A case of a `switch`.
///
/// `case pattern, … { }`
public struct SwitchCaseSyntax: Sendable {
  /// The patterns; more than one only without bindings.
  public var patterns: [CasePatternSyntax]
  /// What is done.
  public var body: BlockSyntax

  /// Creates a case.
  public init(patterns: [CasePatternSyntax], body: BlockSyntax) {
    self.patterns = patterns
    self.body = body
  }
}
