internal import Execution
internal import Machine

/// Threads that expand a level together, block by block, and come to the very numbering of states that one
/// thread would come to.
///
/// A block is a number of chunks of states. It is expanded in two rounds; in each, threads take one chunk
/// after the other.
///
/// 1. The chunk's states are expanded, and entries are made for the successors that are new. An entry is
///    claimed by an atomic exchange. It gets a provisional index, which tells the chunk and the place there.
///    If two chunks come upon the same state, the index of the one that comes first wins, whoever was faster.
/// 2. The new states that are still the chunk's own are stored under their final indexes, and judged.
///
/// Between the rounds the new states are counted, so that the final indexes are known.
@safe
final class Team {
  /// How the work is shared.
  let sharing: WorkSharing
  private let pool: WorkerPool
  /// One for each worker but the first, which uses the explorer's.
  private let judges: UnsafeMutablePointer<Judge>
  private let chunks: UnsafeMutablePointer<Chunk>
  /// How many of the chunks are in use.
  private var chunkCount = 0
  /// The number of successors in the last block that were made for nothing.
  private(set) var lostSuccessorCount = 0
  /// The next chunk that nobody works on.
  private let nextChunk = SharedCounter()

  /// Gathers the workers; each but the first gets an engine from `makeEngine`.
  init(_ sharing: WorkSharing, _ system: TransitionSystem, makeEngine: () -> any StepEngine) {
    self.sharing = sharing
    pool = WorkerPool(workerCount: sharing.workerCount)
    unsafe judges = .allocate(capacity: sharing.workerCount - 1)
    for worker in 0..<sharing.workerCount - 1 {
      unsafe (judges + worker).initialize(to: Judge(system, engine: makeEngine()))
    }
    unsafe chunks = .allocate(capacity: sharing.chunkCount)
    for chunk in 0..<sharing.chunkCount {
      unsafe (chunks + chunk).initialize(
        to: Chunk(
          wordCount: system.wordCount, successorLimit: 1 << sharing.successorLimitLog2))
    }
  }

  deinit {
    pool.stop()
    unsafe judges.deinitialize(count: sharing.workerCount - 1)
    unsafe judges.deallocate()
    unsafe chunks.deinitialize(count: sharing.chunkCount)
    unsafe chunks.deallocate()
  }

  /// The size of the block's memory, as far as it has been used, in bytes.
  var memoryBytes: Int {
    (0..<sharing.chunkCount).reduce(0) { unsafe $0 + chunks[$1].memoryBytes }
  }

  /// How many bytes more it may come to take.
  var reservedBytes: Int {
    (0..<sharing.chunkCount).reduce(0) { unsafe $0 + chunks[$1].reservedBytes }
  }

  /// The most that a team may take, in bytes.
  static func mostBytes(_ sharing: WorkSharing, wordCount: Int) -> Int {
    let chunk = Chunk(wordCount: wordCount, successorLimit: 1 << sharing.successorLimitLog2)
    return sharing.chunkCount * (chunk.memoryBytes + chunk.reservedBytes)
  }

  /// The coverage points that the engines have reached.
  var coveredPoints: Set<Int> {
    (0..<sharing.workerCount - 1).reduce(into: []) {
      unsafe $0.formUnion(judges[$1].engine.coveredPoints)
    }
  }

  /// Gives each worker but the first another engine.
  func changeEngines(_ makeEngine: () -> any StepEngine) {
    for worker in 0..<sharing.workerCount - 1 {
      unsafe judges[worker].engine = makeEngine()
    }
  }

  /// Expands states of one level in chunks of `chunkSize`, judges them, and makes entries for successors that
  /// are new.
  ///
  /// Returns which states were expanded: from the first on, all, unless there were too many successors.
  ///
  /// - Precondition: the table has room for as many more states as all chunks may have successors.
  func expand(
    _ sources: Range<Int>, chunkSize: Int, level: Int, _ store: inout StateStore,
    _ visited: inout VisitedSet, _ judge: inout Judge
  ) -> Range<Int> {
    chunkCount = (sources.count + chunkSize - 1) / chunkSize
    let firstProvisional = store.count
    let chunks = unsafe chunks
    for chunk in 0..<chunkCount {
      let first = sources.lowerBound + chunk * chunkSize
      unsafe chunks[chunk].begin(
        first..<min(sources.upperBound, first + chunkSize),
        firstProvisional: firstProvisional + chunk << sharing.successorLimitLog2)
    }
    let block = unsafe Chunks(
      chunks: chunks, firstProvisional: firstProvisional, placeBits: sharing.successorLimitLog2)
    unsafe withUnsafeMutablePointer(to: &store) { store in
      unsafe withUnsafeMutablePointer(to: &visited) { visited in
        share(&judge) { chunk, judge in
          unsafe chunks[chunk].explore(
            store.pointee, visited.pointee, block, &judge, stepCount: level)
        }
      }
    }
    mergeJudges(&judge)
    return cut(sources, &visited)
  }

  /// If a chunk has not been finished, takes back what was done behind that place.
  private func cut(_ sources: Range<Int>, _ visited: inout VisitedSet) -> Range<Int> {
    lostSuccessorCount = 0
    guard let last = (0..<chunkCount).first(where: { unsafe chunks[$0].stop != nil }) else {
      return sources
    }
    for chunk in last + 1..<chunkCount {
      unsafe visited.forget(chunks[chunk])
      unsafe lostSuccessorCount += chunks[chunk].successorCount
    }
    chunkCount = last + 1
    return unsafe sources.lowerBound..<chunks[last].expanded.upperBound
  }

  /// Takes back the entries of the block.
  func forget(_ visited: inout VisitedSet) {
    for chunk in 0..<chunkCount { unsafe visited.forget(chunks[chunk]) }
  }

  /// The number of successors of the expanded states.
  var successorCount: Int {
    (0..<chunkCount).reduce(0) { unsafe $0 + chunks[$1].successorCount }
  }

  /// Stores the new states, and judges them.
  ///
  /// - Precondition: the store has room for as many more states as all chunks may have successors.
  func number(
    level: Int, _ store: inout StateStore, _ visited: inout VisitedSet, _ judge: inout Judge
  ) {
    let chunks = unsafe chunks
    var index = store.count
    visited.noteEntered(-index)
    for chunk in 0..<chunkCount {
      unsafe chunks[chunk].firstNew = index
      unsafe index += chunks[chunk].newCount
    }
    store.extend(to: index)
    visited.noteEntered(index)
    unsafe withUnsafeMutablePointer(to: &store) { store in
      unsafe withUnsafeMutablePointer(to: &visited) { visited in
        share(&judge) { chunk, judge in
          unsafe visited.pointee.number(
            chunks[chunk], store.pointee, &judge, stepCount: level + 1)
        }
      }
    }
    mergeJudges(&judge)
  }

  /// Calls `body` for each chunk that has new states.
  func forEachBirth(_ body: (_ firstSource: Int, _ firstNew: Int) -> Void) {
    for chunk in 0..<chunkCount where unsafe chunks[chunk].newCount > 0 {
      unsafe body(chunks[chunk].sources.lowerBound, chunks[chunk].firstNew)
    }
  }

  /// Has the workers call `body` for each chunk, whoever comes first.
  private func share(_ judge: inout Judge, _ body: (Int, inout Judge) -> Void) {
    nextChunk.reset()
    let judges = unsafe judges
    let chunkCount = chunkCount
    unsafe withUnsafeMutablePointer(to: &judge) { first in
      pool.run { worker in
        let judge = unsafe worker == 0 ? first : judges + (worker - 1)
        while let chunk = nextChunk.next(below: chunkCount) {
          unsafe body(chunk, &judge.pointee)
        }
      }
    }
  }

  private func mergeJudges(_ judge: inout Judge) {
    for worker in 0..<sharing.workerCount - 1 { unsafe judge.merge(&judges[worker]) }
  }
}
