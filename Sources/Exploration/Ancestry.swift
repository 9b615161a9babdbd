/// For each state its parent's index, for a search that does not keep states.
///
/// A trace is made from it by running the search once more, which comes by the same states, and keeping
/// those of the trace.
struct Ancestry {
  private var parents: [UInt32] = []
  /// The indexes of the states to keep, in order.
  private let wanted: [Int]
  /// Those that have been met.
  private(set) var kept: [[UInt64]] = []

  /// Creates the ancestry for a search that is to keep the states with the given indexes, in order.
  init(keeping wanted: [Int] = []) { self.wanted = wanted }

  /// Whether states were wanted and all of them have been met.
  var hasAll: Bool { !wanted.isEmpty && kept.count == wanted.count }

  /// The size of its memory, in bytes.
  var memoryBytes: Int { parents.capacity * MemoryLayout<UInt32>.stride }

  /// The number of bytes that `addition` more states take.
  func growthBytes(for addition: Int) -> Int {
    let needed = parents.count + addition
    return needed > parents.capacity ? 2 * needed * MemoryLayout<UInt32>.stride : 0
  }

  /// Makes room for `addition` more states.
  mutating func reserve(_ addition: Int) {
    let needed = parents.count + addition
    if needed > parents.capacity { parents.reserveCapacity(max(1024, needed / 2 * 3)) }
  }

  /// Notes the parent of the next state.
  mutating func append(_ parent: Int) { parents.append(UInt32(truncatingIfNeeded: parent)) }

  /// Keeps the state with the given index if it is wanted.
  mutating func note(_ index: Int, _ state: UnsafePointer<UInt64>, wordCount: Int) {
    guard kept.count < wanted.count, wanted[kept.count] == index else { return }
    kept.append((0..<wordCount).map { unsafe state[$0] })
  }

  /// Returns the indexes of the states from an initial one to the given one, which has `level` steps before
  /// it.
  func line(to state: Int, level: Int) -> [Int] {
    var line = [state]
    for _ in 0..<level { line.append(Int(parents[line[line.count - 1]])) }
    return line.reversed()
  }
}
