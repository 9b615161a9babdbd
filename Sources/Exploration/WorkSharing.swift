/// How the work on a large level is shared among threads.
package struct WorkSharing: Sendable {
  /// The number of threads.
  package var workerCount: Int
  /// The number of states that a thread expands at once.
  package var chunkSize: Int
  /// The largest number of such chunks for each thread between two times that all wait for each other.
  ///
  /// So many that a thread that has to share its core with another program does not hold up the others much.
  package var chunksPerWorker: Int
  /// For how many states for each thread it pays to share the work; with fewer, threads wait more than they
  /// work.
  package var smallestShare: Int
  /// The largest number of successors of a chunk, as a power of two.
  package var successorLimitLog2: Int

  /// Creates a way to share.
  ///
  /// - Precondition: a chunk has at most 256 states, because that many are remembered one by one.
  package init(
    workerCount: Int, chunkSize: Int = 256, chunksPerWorker: Int = 64, smallestShare: Int = 1_024,
    successorLimitLog2: Int = 13
  ) {
    precondition(workerCount > 0 && chunksPerWorker > 0, "there is someone to do the work")
    precondition((1...Expansion.segmentLimit).contains(chunkSize), "a chunk is small")
    self.workerCount = workerCount
    self.chunkSize = chunkSize
    self.chunksPerWorker = chunksPerWorker
    self.smallestShare = smallestShare
    self.successorLimitLog2 = successorLimitLog2
  }

  /// The largest number of chunks in a block, on which all threads work at once.
  var chunkCount: Int { workerCount * chunksPerWorker }

  /// Whether it pays to share the work on that many states.
  func isWorthwhile(_ stateCount: Int) -> Bool {
    workerCount > 1 && stateCount >= workerCount * smallestShare
  }
}
