internal import Execution

/// The successors of states that were expanded together.
@safe
struct Expansion: ~Copyable {
  /// What one state contributed to the batch.
  struct Segment {
    var source: Int
    /// The source's place among ``Expansion/sourceStates``.
    var slot: Int
    var successors: Range<Int>
    var failures: Range<Int>
  }

  /// The number of successors to collect before they are looked up.
  ///
  /// Enough to overlap waits for memory, few enough to stay in the first-level cache.
  static let batchTarget = 128
  /// The largest number of states whose successors are remembered one by one; some have none.
  static let segmentLimit = 256

  /// The successors.
  var batch: SuccessorBatch
  /// The parts of the batch that belong to one state each.
  private(set) var segments: [Segment] = []
  /// The states that the segments belong to.
  private let sourceStates: UnsafeMutablePointer<UInt64>

  /// Creates an expansion of nothing.
  init(wordCount: Int) {
    batch = SuccessorBatch(wordCount: wordCount)
    unsafe sourceStates = .allocate(capacity: Self.segmentLimit * wordCount)
  }

  deinit { unsafe sourceStates.deallocate() }

  /// Empties the batch.
  mutating func removeAll() {
    batch.removeAll()
    segments.removeAll(keepingCapacity: true)
  }

  /// Fills the batch with the successors of states from `source` on, and returns the first state for
  /// which there was no more room.
  mutating func fill(
    from source: Int, to end: Int, of store: borrowing StateStore, by engine: any StepEngine
  ) -> Int {
    removeAll()
    var source = source
    while source < end, batch.count < Self.batchTarget, segments.count < Self.segmentLimit {
      add(source, of: store, by: engine)
      source += 1
    }
    return source
  }

  /// Adds the successors of one state to the batch.
  ///
  /// - Precondition: there are fewer than ``segmentLimit`` segments.
  mutating func add(_ source: Int, of store: borrowing StateStore, by engine: any StepEngine) {
    let first = batch.count
    let firstFailure = batch.failures.count
    let slot = segments.count
    let state = unsafe sourceStates + slot &* batch.wordCount
    unsafe store.load(source, to: state)
    unsafe engine.expand(state, into: &batch)
    segments.append(
      Segment(
        source: source, slot: slot, successors: first..<batch.count,
        failures: firstFailure..<batch.failures.count))
  }

  /// The state that a segment belongs to.
  func state(of segment: Segment) -> UnsafePointer<UInt64> {
    unsafe UnsafePointer(sourceStates + segment.slot &* batch.wordCount)
  }

  /// The state at a position of the batch.
  func successor(_ position: Int) -> UnsafePointer<UInt64> {
    unsafe UnsafePointer(batch.states + position &* batch.wordCount)
  }

  /// How the state at a position of the batch came about.
  func origin(_ position: Int) -> SuccessorBatch.Origin { unsafe batch.origins[position] }
}
