/// Finds the name that somebody probably meant.
public enum Spelling {
  /// Returns the candidate that is nearest to `word`, or nil if none is near enough to suggest.
  ///
  /// Near enough is an edit distance of at most a third of the word's length, at least one and at
  /// most three. Of equally near candidates the first wins.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let limit = min(3, max(1, word.count / 3))
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate != word {
      let distance = distance(from: word, to: candidate, limit: min(limit, best?.distance ?? limit))
      if let distance, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  /// Returns the number of insertions, deletions, replacements and swaps of neighbours that turn
  /// `source` into `target`, or nil if it is above `limit`.
  ///
  /// - Complexity: O(*n*·*m*) for two names whose lengths differ by at most `limit`, otherwise O(1).
  public static func distance(from source: String, to target: String, limit: Int) -> Int? {
    let a = Array(source.utf8)
    let b = Array(target.utf8)
    guard abs(a.count - b.count) <= limit, a.count <= 200 else { return nil }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        var cost = min(previous[j + 1], current[j]) + 1
        cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        current.append(cost)
      }
      (before, previous) = (previous, current)
    }
    return previous[b.count] <= limit ? previous[b.count] : nil
  }
}
