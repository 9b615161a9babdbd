internal import SourceText

/// What can be wrong with types and values.
extension Diagnostic {
  static func typeMismatch(
    expected: String, found: String, at span: SourceSpan, notes: [Note] = [], help: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      rule: "type-mismatch", message: "\(expected) is needed here, but this is \(found)",
      span: span,
      notes: notes, help: help)
  }

  static func operatorType(_ op: String, needs: String, found: String, at span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      rule: "operator-type", message: "'\(op)' needs \(needs), but this is \(found)", span: span)
  }

  static func notComparable(_ left: String, _ right: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "not-comparable", message: "\(left) cannot be compared with \(right)", span: span,
      help: left == right ? "compare what is in them" : nil)
  }

  static func valueNeverFits(
    _ found: Interval, target: String, range: Interval, at span: SourceSpan, declared: Note? = nil,
    help: String? = nil
  ) -> Diagnostic {
    let value =
      found.count == 1 ? "\(found.lowerBound)" : "\(found.lowerBound)..\(found.upperBound)"
    return Diagnostic(
      rule: "value-never-fits",
      message: "\(value) never fits \(target), which is \(range.lowerBound)..\(range.upperBound)",
      span: span, notes: declared.map { [$0] } ?? [], help: help)
  }

  static func numberTooLarge(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "number-too-large", message: "the result may not fit into 64 bits", span: span,
      help: "give the operands smaller ranges")
  }

  static func divisionByZero(at span: SourceSpan) -> Diagnostic {
    Diagnostic(rule: "value-never-fits", message: "the divisor is always zero", span: span)
  }

  static func nilNeedsOptional(_ type: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "nil-needs-optional", message: "nil is no value of \(type)", span: span,
      help: "only references and tasks with '?' can be nil")
  }

  static func needsType(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "needs-type", message: "\(what) alone does not tell its type", span: span,
      help: "write the type, as in 'let name: type = \u{2026}'")
  }

  static func notConstant(_ what: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "not-constant", message: "\(what) must be known before the search starts", span: span,
      help: "use numbers, consts, options and bugs only")
  }

  static func limitExceeded(_ what: String, found: Int64, limit: String, at span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      rule: "limit-exceeded", message: "\(what) is \(limit), not \(found)", span: span)
  }

  static func tooMany(
    _ what: String, _ parts: String, found: Int, limit: Int, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "limit-exceeded", message: "\(what) has at most \(limit) \(parts), not \(found)",
      span: span)
  }

  static func tooDeep(_ what: String, limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "limit-exceeded", message: "\(what) nest at most \(limit) deep", span: span)
  }

  static func emptyRange(_ lower: Int64, _ upper: Int64, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "empty-range", message: "the range \(lower)..\(upper) has no number in it", span: span)
  }

  static func rangeTooWide(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "limit-exceeded", message: "a range has fewer than 2^62 numbers", span: span)
  }

  static func setTooLarge(_ count: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "limit-exceeded", message: "a set ranges over at most 62 members, not \(count)",
      span: span)
  }

  static func misplacedType(_ message: String, at span: SourceSpan, help: String? = nil)
    -> Diagnostic
  {
    Diagnostic(rule: "misplaced-type", message: message, span: span, help: help)
  }

  static func argumentCount(_ name: String, expected: String, found: Int, at span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      rule: "argument-count",
      message: "'\(name)' takes \(expected), not \(found)", span: span)
  }

  static func missingCase(_ cases: [String], at span: SourceSpan) -> Diagnostic {
    let list = cases.map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      rule: "missing-case", message: "this switch leaves out \(list)", span: span,
      help: "add the cases, or an 'else'")
  }

  static func duplicateCase(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "duplicate-case", message: "the case '\(name)' is handled twice", span: span,
      notes: [Note(message: "it is handled here already", span: first)])
  }

  static func notIterable(_ found: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      rule: "not-iterable", message: "there is nothing to visit in \(found)", span: span,
      help: "name a range, a pool, an enum, 'task', a set or a list")
  }

  static func invalidGuard(_ message: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(rule: "invalid-guard", message: message, span: span)
  }

  static func invalidLock(_ message: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(rule: "invalid-lock", message: message, span: span)
  }

  static func unmatchedField(_ name: String, type: StructType, at span: SourceSpan) -> Diagnostic {
    let owner = type.cases.first { $0.fields.contains { type.fields[$0].name == name } }
    return Diagnostic(
      rule: "unmatched-field",
      message: "'\(name)' exists only in some cases of '\(type.name)'", span: span,
      help: owner.map { "match the case, as in 'if let \($0.name)(\(name)) = \u{2026}'" })
  }
}
