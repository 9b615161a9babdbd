/// Gives every variable its bits in the packed state.
///
/// A variable never straddles two words, so that reading one is a load, a shift and a mask. First
/// fit in order of decreasing width fills the gaps that this leaves; variables with a single value
/// need no bits at all.
public enum StateLayout {
  /// Sets the ``Variable/field`` of each variable and returns the number of words of a state.
  ///
  /// - Complexity: O(*n*·*w*) for *n* variables in *w* words.
  public static func assign(to variables: inout [Variable]) -> Int {
    let order = variables.indices.filter { variables[$0].width > 0 }
      .sorted { (variables[$0].width, $1) > (variables[$1].width, $0) }
    var used: [Int] = []
    for index in order {
      let width = variables[index].width
      let word = used.firstIndex { $0 + width <= 64 } ?? used.count
      if word == used.count { used.append(0) }
      variables[index].field = BitField(offset: word * 64 + used[word], width: width)
      used[word] += width
    }
    return max(1, used.count)
  }
}
