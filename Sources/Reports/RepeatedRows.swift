internal import Machine

/// Finds the turns of a loop that look like the one before them, and shows them once.
enum RepeatedRows {
  /// The most lines of a turn.
  private static let longest = 16
  /// How many lines at least have to be gained.
  private static let leastGain = 4

  /// Returns the rows with turns that repeat replaced by dots that say how often.
  ///
  /// Takes quadratic time in the length of a turn, and linear time in the number of rows.
  static func folded(_ rows: [DiagramRow]) -> [DiagramRow] {
    var result: [DiagramRow] = []
    var index = 0
    while index < rows.count {
      guard let (length, times) = repetition(at: index, in: rows) else {
        result.append(rows[index])
        index += 1
        continue
      }
      let turn = rows[index..<index + length]
      result += turn
      let count = times == 2 ? "once" : "\(times - 1) times"
      let rest = rows[index + length..<index + length * times].compactMap(\.steps)
      let steps = rest.first.map { first in
        first.lowerBound...max(first.upperBound, rest.last?.upperBound ?? 0)
      }
      result.append(
        DiagramRow(
          kind: .elision, process: rows[index].process, steps: steps,
          depth: turn.map(\.depth).min() ?? 0,
          text: "... the same \(count) more"))
      index += length * times
    }
    return result
  }

  /// Returns the length of the turn at `start` that saves most lines, and how often it stands there.
  private static func repetition(
    at start: Int, in rows: [DiagramRow]
  ) -> (length: Int, times: Int)? {
    var best: (length: Int, times: Int)?
    for length in 1...longest where start + 2 * length <= rows.count {
      let turn = rows[start..<start + length]
      guard turn.allSatisfy({ $0.process == rows[start].process }) else { break }
      var times = 1
      while start + (times + 1) * length <= rows.count,
        zip(turn, rows[(start + times * length)...]).allSatisfy(isSame)
      {
        times += 1
      }
      let gain = (times - 1) * length
      if times > 1, gain >= leastGain, gain > best.map({ ($0.times - 1) * $0.length }) ?? 0 {
        best = (length, times)
      }
    }
    return best
  }

  private static func isSame(_ one: DiagramRow, _ other: DiagramRow) -> Bool {
    one.process == other.process && one.depth == other.depth && one.text == other.text
      && one.changes == other.changes && one.arrow == nil && other.arrow == nil
  }
}
