/// What a search without whole states knows of those that it has visited.
protocol InexactSet: AnyObject {
  /// The size of its memory, in bytes.
  var memoryBytes: Int { get }

  /// The number of bytes that making room for `addition` more states takes for a while.
  func growthBytes(for addition: Int) -> Int

  /// Makes room for `addition` more states.
  func grow(for addition: Int)

  /// Enters the hashes of a batch of states, and appends the positions of those that were not known, in
  /// order.
  func insert(_ hashes: [UInt64], new: inout [Int])

  /// How many states are expected to have been taken for others.
  var expectedOmissions: Double { get }
}
