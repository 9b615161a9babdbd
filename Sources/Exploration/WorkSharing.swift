/// How the work on a large level is shared among threads.
package struct WorkSharing: Sendable {
  /// The number of threads.
  package var workerCount: Int
  /// The number of states that a thread expands at once.
  package var chunkSize: Int
  /// The number of such chunks for each thread between two times that all wait for each other.
  package var chunksPerWorker: Int
  /// The largest number of successors of a chunk, as a power of two.
  package var successorLimitLog2: Int

  /// Creates a way to share.
  ///
  /// - Precondition: a chunk has at most 256 states, because that many are remembered one by one.
  package init(
    workerCount: Int, chunkSize: Int = 256, chunksPerWorker: Int = 8, successorLimitLog2: Int = 14
  ) {
    precondition(workerCount > 0 && chunksPerWorker > 0, "there is someone to do the work")
    precondition((1...Expansion.segmentLimit).contains(chunkSize), "a chunk is small")
    self.workerCount = workerCount
    self.chunkSize = chunkSize
    self.chunksPerWorker = chunksPerWorker
    self.successorLimitLog2 = successorLimitLog2
  }

  /// The number of chunks in a block, on which all threads work at once.
  var chunkCount: Int { workerCount * chunksPerWorker }
  /// The largest number of states in a block.
  var blockSize: Int { chunkCount * chunkSize }
  /// The largest number of successors of a block.
  var successorLimit: Int { chunkCount << successorLimitLog2 }

  /// Whether it pays to share the work on that many states.
  ///
  /// With less than half a block, threads would wait more than they work.
  func isWorthwhile(_ stateCount: Int) -> Bool {
    workerCount > 1 && 2 * stateCount >= blockSize
  }
}
