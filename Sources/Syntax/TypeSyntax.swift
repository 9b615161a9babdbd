public import SourceText

/// A type as it is written.
///
///     type  ::= basic '?'? ('[' expression ']')*
///     basic ::= identifier | additive '..' additive | 'set' 'of' type
///             | 'list' 'of' type 'up' 'to' additive | 'holds' type
public indirect enum TypeSyntax: Sendable {
  /// `bool`, `task`, `cpu`, or the name of an enum, struct, word or pool.
  case named(Name)
  /// `T?`
  case optional(TypeSyntax, SourceSpan)
  /// `lower..upper`
  case range(lower: ExpressionSyntax, upper: ExpressionSyntax, SourceSpan)
  /// `set of T`
  case set(of: TypeSyntax, SourceSpan)
  /// `list of T up to n`
  case list(of: TypeSyntax, capacity: ExpressionSyntax, SourceSpan)
  /// `T[n]`, `T[some_enum]`, `T[some_pool]`
  case array(of: TypeSyntax, index: ExpressionSyntax, SourceSpan)
  /// `holds T`: a location of this type owns a reference while it points somewhere.
  case holds(TypeSyntax, SourceSpan)
  /// A type that could not be parsed; an error has been reported.
  case error(SourceSpan)

  /// Where the type stands.
  public var span: SourceSpan {
    switch self {
    case .named(let name): name.span
    case .optional(_, let span), .range(_, _, let span), .set(_, let span),
      .list(_, _, let span), .array(_, _, let span), .holds(_, let span), .error(let span):
      span
    }
  }
}
