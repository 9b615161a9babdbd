public import SourceText

/// An expression as it is written.
///
/// Precedence, loosest first: `=>` (right), `? :`, `||`, `&&`, `== != < <= > >= in`, `+ - |`,
/// `* / % &`, prefix `! -`, postfix `. [] ()`. A quantifier reaches as far to the right as possible.
public indirect enum ExpressionSyntax: Sendable {
  /// A whole number.
  case integer(Int64, SourceSpan)
  /// `true` or `false`
  case boolean(Bool, SourceSpan)
  /// `nil`
  case null(SourceSpan)
  /// `self`: the running task.
  case selfTask(SourceSpan)
  /// A variable, constant, option, bug, enum case, task or pool, by its name.
  case name(Name)
  /// `base.name`
  case member(ExpressionSyntax, Name)
  /// `base[index]`
  case index(ExpressionSyntax, ExpressionSyntax, SourceSpan)
  /// `callee(arguments)`: functions, built-ins and methods of lists and sets. The callee is a
  /// `name` or a `member`.
  case call(ExpressionSyntax, [ExpressionSyntax], SourceSpan)
  /// A prefix operator.
  case unary(UnaryOperatorSyntax, ExpressionSyntax, SourceSpan)
  /// An infix operator; the span of the operator itself is kept too.
  case binary(BinaryOperatorSyntax, ExpressionSyntax, ExpressionSyntax, operatorSpan: SourceSpan)
  /// `condition ? then : else`
  case conditional(ExpressionSyntax, ExpressionSyntax, ExpressionSyntax)
  /// `new T` or `new T { field: value, … }`
  case new(Name, [FieldValueSyntax], SourceSpan)
  /// `{ field: value, flag }`: a struct, a word, or a set.
  case literal([FieldValueSyntax], SourceSpan)
  /// `[a, b]`: an array or a list.
  case arrayLiteral([ExpressionSyntax], SourceSpan)
  /// `all x in d: e`, `some x in d: e`, `count(x in d where c)`, `sum(x in d: e)`
  case quantifier(QuantifierSyntax, SourceSpan)
  /// `&place`, only as the initialiser of a `let`.
  case address(ExpressionSyntax, SourceSpan)
  /// An expression that could not be parsed; an error has been reported.
  case error(SourceSpan)

  /// Where the expression stands.
  public var span: SourceSpan {
    switch self {
    case .integer(_, let span), .boolean(_, let span), .null(let span), .selfTask(let span),
      .index(_, _, let span), .call(_, _, let span), .unary(_, _, let span),
      .new(_, _, let span), .literal(_, let span), .arrayLiteral(_, let span),
      .quantifier(_, let span), .address(_, let span), .error(let span):
      span
    case .name(let name): name.span
    case .member(let base, let name): base.span.union(name.span)
    case .binary(_, let left, let right, _): left.span.union(right.span)
    case .conditional(let condition, _, let otherwise): condition.span.union(otherwise.span)
    }
  }
}

/// A prefix operator.
public enum UnaryOperatorSyntax: String, Sendable {
  /// `!`
  case not = "!"
  /// `-`
  case negate = "-"
}

/// An infix operator.
public enum BinaryOperatorSyntax: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and = "&&"
  case or = "||"
  /// `=>`, in properties: not the left side, or the right one.
  case implies = "=>"
  /// `|`: the union of two sets.
  case union = "|"
  /// `&`: what two sets have in common.
  case intersection = "&"
  /// `x in s`: membership in a set or list.
  case contains = "in"
}

/// `name: value`, or `name` alone for a flag or a member of a set.
public struct FieldValueSyntax: Sendable {
  /// The field's name; nil for a set member that is not a plain name.
  public var name: Name?
  /// The value; nil when only the name was written.
  public var value: ExpressionSyntax?

  /// Creates one entry of a literal.
  public init(name: Name?, value: ExpressionSyntax?) {
    self.name = name
    self.value = value
  }
}

/// A quantified expression.
public struct QuantifierSyntax: Sendable {
  /// What is done with the members.
  public enum Kind: String, Sendable {
    case all, some, count, sum
  }
  /// What is done with the members.
  public var kind: Kind
  /// The bound variable.
  public var variable: Name
  /// What the variable ranges over.
  public var domain: DomainSyntax
  /// The condition behind `where`, if any.
  public var filter: ExpressionSyntax?
  /// What stands behind the colon; nil for `count`.
  public var body: ExpressionSyntax?

  /// Creates a quantified expression.
  public init(
    kind: Kind, variable: Name, domain: DomainSyntax, filter: ExpressionSyntax?,
    body: ExpressionSyntax?
  ) {
    self.kind = kind
    self.variable = variable
    self.domain = domain
    self.filter = filter
    self.body = body
  }
}

/// What a `for`, a `choose` or a quantifier ranges over.
public indirect enum DomainSyntax: Sendable {
  /// `lower..upper`, both included.
  case range(ExpressionSyntax, ExpressionSyntax)
  /// The name of a pool or enum, or an expression for a set, list or array index.
  case expression(ExpressionSyntax)
  /// `all pool`: the dead objects too.
  case allObjects(Name, SourceSpan)

  /// Where the domain stands.
  public var span: SourceSpan {
    switch self {
    case .range(let lower, let upper): lower.span.union(upper.span)
    case .expression(let expression): expression.span
    case .allObjects(_, let span): span
    }
  }
}
