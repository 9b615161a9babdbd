import SourceText

/// What stands between the braces of a body.
enum BodyKind {
  case statements, members, fields, cases, condition
}

/// The two shapes that all lists have: groups with commas, and bodies with lines.
extension Parser {
  /// Parses the elements of a group whose opening bracket has been consumed, and its closing one.
  ///
  ///     list(x) ::= [x (',' x)* [',']]
  ///
  /// With `newlinesSeparate` a newline does the duty of a comma.
  func parseList(
    until closer: Token.Kind, of what: String, newlinesSeparate: Bool = false,
    _ parseElement: (Parser) -> Void
  ) {
    while !at(closer), !at(.endOfFile), !isRecovering {
      parseElement(self)
      if take(.comma) || isRecovering { continue }
      if newlinesSeparate, current.startsLine { continue }
      if !at(closer) { fail(expected: "',' or \(closer.quoted) in the \(what)") }
    }
    if isRecovering || !expect(closer, "at the end of the \(what)") { skipPast(closer) }
  }

  /// Parses `'{' member* '}'`, where each member stands on a line of its own, or is parted from
  /// the next one by a semicolon or a brace, and among fields by a comma.
  ///
  /// A body that is missing or nested too deep is reported, skipped, and taken as empty.
  func parseBody(
    _ kind: BodyKind, of what: String, _ parseMember: (Parser) -> Void
  ) {
    if !at(.leftBrace) {
      fail(expected: "'{' before the body of \(what)")
      skipToBody()
      guard at(.leftBrace) else { return }
    }
    guard enter() else { return skipGroup() }
    let outerHead = isInHead
    isInHead = false
    isRecovering = false
    let open = take()
    while !ends(kind, openedBy: open) {
      isRecovering = false
      let start = index
      if atDeclarationHead { parseMisplacedDeclaration() } else { parseMember(self) }
      finishMember(since: start, commasSeparate: kind == .fields)
    }
    isInHead = outerHead
    leave()
  }

  /// Consumes the end of the body that `open` opened, if it stands here or ought to.
  private func ends(_ kind: BodyKind, openedBy open: Token) -> Bool {
    while take(.semicolon) {}
    if at(.rightBrace) {
      noteIndentation(of: current, openedBy: open)
      take()
      isRecovering = false
      return true
    }
    if kind == .statements, isAwaited {
      reportUnclosed(open)
      isRecovering = false
      return true
    }
    guard at(.endOfFile) || breaksOff(kind, openedBy: open) else { return false }
    reportUnclosed(open)
    forgivenBraces += 1
    return true
  }

  /// Whether the next token goes on with a statement around the current body.
  private var isAwaited: Bool {
    at(.else) && awaitedElses > 0 || at(.or) && awaitedOrs > 0 || at(.case) && awaitedCases > 0
  }

  /// Whether the next token cannot be a member of a body of the given kind, and is indented no
  /// further than the line that opened it.
  private func breaksOff(_ kind: BodyKind, openedBy open: Token) -> Bool {
    guard current.startsLine, cannotStand(in: kind) else { return false }
    return indentation(ofLineOf: current) <= indentation(ofLineOf: open)
  }

  private func cannotStand(in kind: BodyKind) -> Bool {
    switch kind {
    case .cases: return !at(.case) && !at(.else)
    case .fields, .condition: return startsDeclaration || startsTask
    case .statements: return startsDeclaration && !startsVariable || startsTask
    case .members: return startsDeclaration && !startsVariable && !startsProperty
    }
  }

  private var startsTask: Bool {
    at(.daemon) || at(.interrupt) || at(.task) && peek().kind == .identifier
  }

  private var startsVariable: Bool { at(.var) || at(.ghost) && peek().kind == .var }

  private var startsProperty: Bool {
    at(.invariant) || at(.finally) || at(.reachable) || at(word: "leads_to")
  }

  /// Consumes the next token if it is of the kind `kind`, with which a statement goes on whose
  /// inner block may have had no end.
  func resume(at kind: Token.Kind) -> Bool {
    guard take(kind) else { return false }
    isUnwinding = false
    return true
  }

  /// Remembers `open` if `close` closes it in another column than its line starts at.
  private func noteIndentation(of close: Token, openedBy open: Token) {
    guard suspectBrace == nil, close.startsLine else { return }
    if indentation(ofLineOf: close) != indentation(ofLineOf: open) { suspectBrace = open }
  }

  /// Reports a body without an end, unless it ends because one inside of it had none.
  private func reportUnclosed(_ open: Token) {
    guard !isUnwinding else { return }
    isUnwinding = true
    add(.unclosedBrace(span(suspectBrace ?? open), end: at(.endOfFile) ? nil : span(current)))
  }

  /// Moves to where the next member can start.
  func finishMember(since start: Int, commasSeparate: Bool = false) {
    if isUnwinding { return }
    if isRecovering {
      skipToNextLine()
      // A closing bracket that nothing opened has been reported, or is about to be.
      if index == start, !at(.rightBrace) {
        if current.kind.isOpener { skipGroup() } else { take() }
        skipToNextLine()
      }
      return
    }
    if at(.rightBrace) || at(.semicolon) || current.startsLine || previous.kind == .rightBrace {
      return
    }
    if commasSeparate, take(.comma) { return }
    reportMissingSeparator(commas: commasSeparate)
    if index == start { take() }
  }

  private func reportMissingSeparator(commas: Bool) {
    if at(.invalid) {
      isRecovering = true
    } else if current.kind == .rightParenthesis || current.kind == .rightBracket {
      report(.unexpectedCloser(text(current), span: span(current)))
    } else if canStartMember {
      report(.missingSeparator(found: found, commas: commas, span: span(current)))
    } else {
      fail(expected: commas ? "',' or the end of the line" : "the end of the statement")
    }
    skipToNextLine()
  }

  /// Whether the next token looks like the start of another statement or field.
  private var canStartMember: Bool { at(.identifier) || current.kind.isKeyword }
}
