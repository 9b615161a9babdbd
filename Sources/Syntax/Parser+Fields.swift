import SourceText

/// Types with fields, and variables, which are declared like fields.
extension Parser {
  /// Parses a type with fields.
  ///
  ///     struct ::= ['lock'] 'struct' identifier fields | ['stable' | 'fixed'] 'pool' identifier fields
  ///              | ['atomic'] 'word' ['struct'] identifier fields
  ///     fields ::= '{' field ((',' | ';' | newline) field)* '}'
  func parseStruct(_ documentation: String) -> StructSyntax {
    let kind: StructSyntax.Kind
    if take(headWord: "lock") {
      kind = .lock
    } else if take(headWord: "stable") {
      kind = .stablePool
    } else if take(headWord: "fixed") {
      kind = .fixedPool
    } else {
      kind = at(.pool) ? .pool : .structure
    }
    take()
    return parseStructBody(kind, documentation)
  }

  private func parseStructBody(
    _ kind: StructSyntax.Kind, _ documentation: String
  ) -> StructSyntax {
    let name = expectName("the name of the type")
    var fields: [FieldSyntax] = []
    parseBody(.fields, of: "the type") { fields += $0.parseField() }
    return StructSyntax(kind: kind, name: name, fields: fields, documentation: documentation)
  }

  /// Parses a word, with fields or with cases.
  func parseWordType(_ documentation: String) -> DeclarationSyntax {
    let isAtomic = take(.atomic)
    take()
    if at(.enum) { return .wordEnum(parseWordEnum(isAtomic: isAtomic)) }
    take(.struct)
    return .structure(parseStructBody(isAtomic ? .atomicWord : .word, documentation))
  }

  /// Parses a word that has cases with fields of their own.
  ///
  ///     word-enum ::= ['atomic'] 'word' 'enum' identifier
  ///                   '{' word-case ((',' | newline) word-case)* '}'
  ///     word-case ::= identifier ['(' list(field) ')']
  private func parseWordEnum(isAtomic: Bool) -> WordEnumSyntax {
    take()
    let name = expectName("the name of the type")
    var cases: [WordEnumSyntax.Case] = []
    parseBody(.fields, of: "the type") { parser in
      let caseName = parser.expectName("the name of a case")
      var fields: [FieldSyntax] = []
      parser.mark(.attached, if: .leftParenthesis)
      if !parser.isRecovering, parser.take(.leftParenthesis) {
        parser.parseList(until: .rightParenthesis, of: "fields", newlinesSeparate: true) {
          fields += $0.parseField()
        }
      }
      cases.append(WordEnumSyntax.Case(name: caseName, fields: fields))
    }
    return WordEnumSyntax(isAtomic: isAtomic, name: name, cases: cases)
  }

  /// Parses fields of one type.
  ///
  ///     field ::= ['ghost'] identifier (',' identifier)* ':' type ['=' expression] [guards]
  private func parseField() -> [FieldSyntax] {
    let isGhost = take(.ghost)
    var names = [expectName("the name of a field")]
    while !isRecovering, takeInnerComma() { names.append(expectName("the name of a field")) }
    expect(.colon, "and the type of the field")
    guard !isRecovering else { return [] }
    let first = parseFieldTail(isGhost: isGhost, names[0])
    return names.map { name in
      var field = first
      field.name = name
      return field
    }
  }

  /// Parses what follows the colon of a field.
  ///
  ///     guards ::= 'guarded' 'by' postfixed ('and' postfixed)* ['except' identifier (',' identifier)*]
  private func parseFieldTail(isGhost: Bool, _ name: Name) -> FieldSyntax {
    let type = parseType()
    let value = !isRecovering && take(.assign) ? parseExpression() : nil
    var field = FieldSyntax(
      isGhost: isGhost, name: name, type: type, value: value, guards: [], exceptions: [])
    guard !isRecovering, take(word: "guarded") else { return field }
    expect(word: "by", "and the lock")
    guard !isRecovering else { return field }
    repeat { field.guards.append(parsePostfixed()) } while !isRecovering && take(word: "and")
    if !isRecovering, take(word: "except") {
      repeat {
        field.exceptions.append(expectName("the name of a field"))
      } while !isRecovering && takeCommaInExceptions()
    }
    return field
  }

  /// Consumes the comma before another name of an exception; one before a field stays.
  private func takeCommaInExceptions() -> Bool {
    guard at(.comma), !(peek().kind == .identifier && peek(2).kind == .colon) else { return false }
    return takeInnerComma()
  }

  /// Parses a variable.
  ///
  ///     variable ::= ['ghost'] ['task'] 'var' identifier ':' type ['=' expression] [guards]
  func parseVariable() -> VariableSyntax {
    let isGhost = take(.ghost)
    let isTaskVariable = take(.task)
    expect(.var, "and the name of a variable")
    let name = expectName("the name of a variable")
    expect(.colon, "and the type of the variable")
    let field =
      isRecovering
      ? FieldSyntax(
        isGhost: isGhost, name: name, type: .error(missingSpan), value: nil, guards: [],
        exceptions: [])
      : parseFieldTail(isGhost: isGhost, name)
    return VariableSyntax(isGhost: isGhost, isTaskVariable: isTaskVariable, field: field)
  }

  /// Parses the declaration of a flag that is a lock.
  ///
  ///     lock-bit ::= 'lock' 'bit' identifier ('.' identifier)+
  func parseLockBit() -> LockBitSyntax {
    let start = take()
    take()
    var path = [expectName("the name of a type")]
    while !isRecovering, take(.dot) { path.append(expectName("the name of a field")) }
    if path.count == 1 { fail(expected: "'.' and the flag that is the lock") }
    return LockBitSyntax(path: path, span: span(from: start))
  }
}
