import SourceText

/// Finding the way back after an error.
extension Parser {
  /// Whether the next token can be the head of a declaration and of nothing else.
  ///
  /// Inside a block that means: a closing brace is missing, or the declaration is misplaced.
  var atDeclarationHead: Bool {
    switch current.kind {
    case .module, .import, .bug, .option, .const, .violation, .enum, .struct, .pool, .fn,
      .scenario, .environment, .check:
      return true
    case .atomic:
      return peek().kind == .fn
    case .task:
      return peek().kind == .var
    default:
      return false
    }
  }

  /// Skips the group that the next token opens, whatever is in it.
  ///
  /// The group ends early where a declaration begins at the left margin.
  func skipGroup() {
    var open = 0
    repeat {
      if current.kind.isOpener { open += 1 }
      if current.kind.isCloser { open -= 1 }
      take()
    } while open > 0 && !at(.endOfFile) && !(atDeclarationHead && isAtMargin)
    // A group without an end is an error; that of the text around it is the same one.
    isRecovering = open > 0
    if open > 0 { isUnwinding = true }
  }

  private var isAtMargin: Bool {
    current.startsLine && (current.lower == 0 || file.bytes[Int(current.lower) - 1] == 0x0a)
  }

  /// Skips to where the next statement, field or row can start: a new line, behind a semicolon,
  /// or before the brace that closes the block around it.
  func skipToNextLine() {
    while !at(.endOfFile), !at(.rightBrace) {
      if take(.semicolon) || (current.startsLine && !current.kind.continuesLine) { return }
      if current.kind.isOpener { skipGroup() } else { take() }
    }
  }

  /// Skips to the end of the group that `closer` ends, and consumes that.
  ///
  /// Gives up before anything that cannot stand in such a group, and leaves the error standing.
  func skipPast(_ closer: Token.Kind) {
    // What is missing at the end of a line is most likely the closer itself.
    if current.startsLine, !current.kind.continuesLine, !at(closer) { return }
    while !at(.endOfFile), !at(.rightBrace), !at(.semicolon), !atDeclarationHead {
      if take(closer) {
        isRecovering = false
        return
      }
      if current.startsLine, startsStatementOnly { return }
      if current.kind.isOpener { skipGroup() } else { take() }
    }
    if at(.rightBrace), closer == .rightBrace {
      take()
      isRecovering = false
    }
  }

  /// Skips to the brace that opens the body of the construct whose head failed, on the same line.
  func skipToBody() {
    while !at(.leftBrace), !at(.rightBrace), !at(.semicolon), !at(.endOfFile), !current.startsLine {
      if current.kind.isOpener { skipGroup() } else { take() }
    }
    if at(.leftBrace) { isRecovering = false }
  }

  /// Whether the next token can be the head of a statement and of nothing else.
  private var startsStatementOnly: Bool {
    switch current.kind {
    case .let, .var, .if, .unless, .while, .loop, .for, .switch, .either, .block, .leave, .break,
      .continue, .return, .skip, .progress, .await, .choose, .require, .unreachable, .free,
      .atomic, .ghost:
      true
    default: false
    }
  }
}
