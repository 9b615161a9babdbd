/// Which columns consecutive lines share.
extension Formatter {
  /// Pads consecutive `bug` and `violation` lines so that their names and sentences align.
  mutating func alignDeclarations() {
    for (kind, count) in [(Token.Kind.bug, 4), (.violation, 3)] {
      let isAligned = { (line: Line) in
        line.tokens.count == count && self.kind(line.tokens[0]) == kind && line.level == 0
      }
      for run in runs(where: isAligned, together: { _, _ in true }) {
        for column in 1..<count - 1 { pad(run, behind: column) }
      }
    }
  }

  /// Rebuilds the lines of `run` so that what follows the token at `position` starts in one column.
  private mutating func pad(_ run: Range<Int>, behind position: Int) {
    let width = run.map { text(lines[$0].tokens[position]).count }.max() ?? 0
    for index in run {
      let tokens = lines[index].tokens
      let word = text(tokens[position])
      let rest = lines[index].code.dropFirst(prefixWidth(of: lines[index], through: position))
      let head = lines[index].code.dropLast(rest.count)
      lines[index].code = head + String(repeating: " ", count: width - word.count) + rest
    }
  }

  /// Returns the width of the code of `line` up to and with the token at `position`.
  private func prefixWidth(of line: Line, through position: Int) -> Int {
    var remaining = line.code[...]
    for token in line.tokens[...position] {
      guard let range = remaining.firstRange(of: text(token)) else { return 0 }
      remaining = remaining[range.upperBound...]
    }
    return line.code.count - remaining.count
  }

  /// Keeps the `=` of consecutive bindings in one column where the author had aligned them.
  mutating func alignAssignments() {
    let hasBinding = { (line: Line) in self.assignment(in: line) != nil }
    let isTogether = { (upper: Line, lower: Line) in
      upper.level == lower.level && self.authorColumn(in: upper) == self.authorColumn(in: lower)
    }
    for run in runs(where: hasBinding, together: isTogether) {
      let widths = run.map { index in
        assignment(in: lines[index]).map { prefixWidth(of: lines[index], through: $0 - 1) } ?? 0
      }
      let widest = widths.max() ?? 0
      for (index, width) in zip(run, widths) {
        let code = lines[index].code
        lines[index].code =
          code.prefix(width) + String(repeating: " ", count: widest - width)
          + code.dropFirst(width)
      }
    }
  }

  /// Returns the position of the `=` in the tokens of a binding or constant.
  private func assignment(in line: Line) -> Int? {
    guard let first = line.tokens.first else { return nil }
    switch kind(first) {
    case .let, .var, .const, .option: break
    default: return nil
    }
    return line.tokens.firstIndex { kind($0) == .assign }
  }

  /// Returns how far from the start of the code the author had put the `=` of a binding.
  private func authorColumn(in line: Line) -> UInt32? {
    guard let position = assignment(in: line) else { return nil }
    return list.tokens[line.tokens[position]].lower - list.tokens[line.tokens[0]].lower
  }

  /// Returns the column of the trailing comment of each line; those of consecutive lines agree.
  ///
  /// Where the author had aligned the comments of a run, their column is kept if it is wide enough.
  func commentColumns() -> [Int] {
    var columns = Array(repeating: 0, count: lines.count)
    for run in runs(where: { $0.hasTrailingComment }, together: { _, _ in true }) {
      let ends = run.map { lines[$0].level * Self.indentation + lines[$0].code.count }
      let wanted = Set(run.map { authorCommentColumn(of: lines[$0]) })
      let least = (ends.max() ?? 0) + 2
      let column = max(least, wanted.count == 1 ? wanted.first ?? 0 : 0)
      for index in run { columns[index] = column }
    }
    return columns
  }

  /// Returns the column where the comment of `line` would stand if only its indentation changed.
  private func authorCommentColumn(of line: Line) -> Int {
    guard let comment = line.comment, let first = line.tokens.first else { return 0 }
    let before = text(list.tokens[first].lower, comment.lower)
    return before.contains("\t") ? 0 : line.level * Self.indentation + before.count
  }

  /// Returns the longest runs of consecutive lines, without blank ones between, that satisfy
  /// `belongs` and pairwise `together`.
  private func runs(
    where belongs: (Line) -> Bool, together: (Line, Line) -> Bool
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start: Int?
    for index in lines.indices {
      let isMember = belongs(lines[index])
      if let first = start {
        let goesOn =
          isMember && !lines[index].hasBlankBefore && together(lines[index - 1], lines[index])
        if goesOn { continue }
        result.append(first..<index)
      }
      start = isMember ? index : nil
    }
    if let start { result.append(start..<lines.count) }
    return result
  }
}
