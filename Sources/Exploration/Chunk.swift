internal import Execution

/// States of a level that one thread expands, and the new states that it finds.
///
/// A new state has a provisional index until the block is done: one that tells its chunk and its place
/// there, and is larger than any final one. They are ordered as the states would be if one thread had found
/// them. See ``Team``.
@safe
struct Chunk: ~Copyable {
  /// The largest number of successors; the rest of the chunk is left undone.
  let successorLimit: Int
  /// The successors of a few states.
  var expansion: Expansion
  /// The states to expand.
  var sources = 0..<0
  /// The first state that is not expanded because there would be too many successors.
  var stop: Int?
  /// The provisional index of the first new state.
  var firstProvisional: UInt32 = 0
  /// The number of successors.
  private(set) var successorCount = 0
  /// The number of states that were new to this thread; some may have been found by another one as well.
  private(set) var freshCount = 0
  /// These states, in the order in which they were found.
  let fresh: UnsafeMutablePointer<UInt64>
  /// Where their entries are: a line and, in the lowest four bits, an entry.
  let claims: UnsafeMutablePointer<UInt64>
  /// Memory for a batch: the hash of each state, and the index of a state that may be the same.
  let hashes: UnsafeMutablePointer<UInt64>
  let guesses: UnsafeMutablePointer<UInt32>
  /// How many of the new states now belong to chunks before this one.
  let lostCount = SharedCounter()
  /// The largest numbers of successors in a batch and of new states so far.
  private var largestBatch = 0
  private var largestFresh = 0
  /// The final index of the first new state.
  var firstNew = 0

  /// Creates a chunk of nothing.
  init(wordCount: Int, successorLimit: Int) {
    self.successorLimit = successorLimit
    expansion = Expansion(wordCount: wordCount)
    unsafe fresh = .allocate(capacity: successorLimit * wordCount)
    unsafe claims = .allocate(capacity: successorLimit)
    unsafe hashes = .allocate(capacity: successorLimit)
    unsafe guesses = .allocate(capacity: successorLimit)
  }

  deinit {
    unsafe fresh.deallocate()
    unsafe claims.deallocate()
    unsafe hashes.deallocate()
    unsafe guesses.deallocate()
  }

  /// The size of its memory, as far as it has been used, in bytes.
  ///
  /// What has never been used is not resident: the system gives memory page by page.
  var memoryBytes: Int {
    expansion.batch.memoryBytes + largestBatch * Self.batchBytes + largestFresh * freshBytes
  }

  /// How many bytes more it may come to take.
  var reservedBytes: Int {
    (successorLimit - largestBatch) * Self.batchBytes + (successorLimit - largestFresh) * freshBytes
  }

  /// The size of what is known of a successor.
  private static var batchBytes: Int { MemoryLayout<UInt64>.stride + MemoryLayout<UInt32>.stride }
  /// The size of what is known of a new state.
  private var freshBytes: Int { (expansion.batch.wordCount + 1) * MemoryLayout<UInt64>.stride }

  /// The number of new states that are this chunk's.
  var newCount: Int { freshCount - lostCount.value }

  /// The states that were expanded.
  var expanded: Range<Int> { sources.lowerBound..<(stop ?? sources.upperBound) }

  /// Begins with other states.
  mutating func begin(_ sources: Range<Int>, firstProvisional: Int) {
    self.sources = sources
    self.firstProvisional = UInt32(firstProvisional)
    stop = nil
    successorCount = 0
    freshCount = 0
    lostCount.reset()
  }

  /// Expands the states, judges them, and makes entries for the successors that are new.
  mutating func explore(
    _ store: borrowing StateStore, _ visited: borrowing VisitedSet, _ chunks: Chunks,
    _ judge: inout Judge, stepCount: Int
  ) {
    var source = sources.lowerBound
    while source < sources.upperBound {
      let first = source
      source = expansion.fill(from: source, to: sources.upperBound, of: store, by: judge.engine)
      if successorCount + expansion.batch.count > successorLimit {
        stop = first
        break
      }
      judge.judgeSegments(of: expansion, stepCount: stepCount)
      successorCount += expansion.batch.count
      largestBatch = max(largestBatch, expansion.batch.count)
      unsafe visited.enter(&self, store, chunks)
    }
    largestFresh = max(largestFresh, freshCount)
  }

  /// The provisional index of the next new state.
  @inline(__always)
  var nextProvisional: UInt32 { firstProvisional &+ UInt32(truncatingIfNeeded: freshCount) }

  /// Copies a state to where others find it by the next provisional index.
  @inline(__always)
  func prepareFresh(_ state: UnsafePointer<UInt64>, wordCount: Int) {
    let place = unsafe fresh + freshCount &* wordCount
    for word in 0..<wordCount { unsafe place[word] = state[word] }
  }

  /// Notes that the state that was prepared has an entry.
  @inline(__always)
  mutating func noteFresh(line: Int, entry: Int) {
    unsafe claims[freshCount] = UInt64(truncatingIfNeeded: line &<< 4 | entry)
    freshCount &+= 1
  }
}

/// The chunks of a block.
@unsafe
struct Chunks {
  var chunks: UnsafeMutablePointer<Chunk>
  /// The provisional index of the first chunk's first state.
  var firstProvisional: Int
  /// How many bits of a provisional index tell the place in the chunk.
  var placeBits: Int

  /// The chunk of a state with a provisional index.
  @inline(__always)
  func number(of provisionalIndex: UInt32) -> Int {
    unsafe (Int(provisionalIndex) &- firstProvisional) &>> placeBits
  }

  /// The state with a provisional index.
  @inline(__always)
  func state(_ provisionalIndex: UInt32, wordCount: Int) -> UnsafePointer<UInt64> {
    let chunk = unsafe number(of: provisionalIndex)
    let place = unsafe (Int(provisionalIndex) &- firstProvisional) & ((1 &<< placeBits) &- 1)
    return unsafe UnsafePointer(chunks[chunk].fresh + place &* wordCount)
  }
}
