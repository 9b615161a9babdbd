/// Finds the name that the author of a model probably meant.
public enum SpellingSuggestion {
  /// The longest name that is compared.
  ///
  /// The work grows with the square of the length, and nobody mistypes one letter of a name longer
  /// than this.
  private static let lengthLimit = 64

  /// Returns the candidate nearest to `name`, if one is near enough to be meant.
  ///
  /// Near enough is at most one mistake for every three letters of the longer name: a letter
  /// missing, added, changed, or swapped with its neighbour. Of equally near candidates the
  /// first one wins, so the answer does not depend on more than their order.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(name.utf8)
    guard letters.count <= lengthLimit else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let other = Array(candidate.utf8)
      guard other.count <= lengthLimit else { continue }
      let limit = min(max(letters.count, other.count) / 3, best.map { $0.distance - 1 } ?? .max)
      guard limit > 0, abs(letters.count - other.count) <= limit else { continue }
      let distance = distance(letters, other)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Returns the number of letters to add, drop, change or swap with a neighbour to turn `a`
  /// into `b`.
  ///
  /// - Complexity: O(*mn*) for the lengths *m* and *n*.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for row in a.indices {
      var current = [row + 1]
      for column in b.indices {
        let change = last[column] + (a[row] == b[column] ? 0 : 1)
        var cost = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[b.count]
  }
}
