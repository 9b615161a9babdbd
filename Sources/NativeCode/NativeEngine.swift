package import Execution
package import Machine

/// An engine that runs compiled code.
///
/// What compiled code does not do (initial states, single processes, states whose runs make too many
/// choices) it leaves to an evaluator.
@safe
package final class NativeEngine: StepEngine {
  private let library: NativeLibrary
  private let evaluator: Evaluator
  private let context: UnsafeMutablePointer<NativeContext>
  private let expandFunction: NativeLibrary.Expand
  private let newsFunction: NativeLibrary.News
  private let processCount: Int
  private let coverageCount: Int

  /// The number of 64-bit words in a state.
  package let wordCount: Int

  /// Creates an engine that runs the code of `system` that `library` holds.
  package init(_ system: TransitionSystem, _ library: NativeLibrary) {
    self.library = library
    evaluator = Evaluator(system)
    wordCount = system.wordCount
    processCount = system.processes.count
    coverageCount = system.coverage.count
    unsafe expandFunction = library.expand
    unsafe newsFunction = library.news
    let failureCapacity = 64
    let savedCount = system.wordCount + system.registerCount
    unsafe context = .allocate(capacity: 1)
    let covered = UnsafeMutablePointer<UInt8>.allocate(capacity: coverageCount + 1)
    unsafe covered.initialize(repeating: 0, count: coverageCount + 1)
    let witnessed = UnsafeMutablePointer<UInt8>.allocate(capacity: system.properties.count + 1)
    unsafe witnessed.initialize(repeating: 0, count: system.properties.count + 1)
    unsafe context.initialize(
      to: NativeContext(
        states: .allocate(capacity: 1), origins: .allocate(capacity: 1),
        failures: .allocate(capacity: failureCapacity), covered: covered, witnessed: witnessed,
        choices: .allocate(capacity: 2 * CEmitter.choiceLimit),
        saved: .allocate(capacity: savedCount + 1)))
    // Batches bring their own memory.
    unsafe context.pointee.states.deallocate()
    unsafe context.pointee.origins.deallocate()
  }

  deinit {
    unsafe context.pointee.failures.deallocate()
    unsafe context.pointee.covered.deallocate()
    unsafe context.pointee.witnessed.deallocate()
    unsafe context.pointee.choices.deallocate()
    unsafe context.pointee.saved.deallocate()
    unsafe context.deallocate()
  }

  /// The coverage points that any run of this engine has reached, by index.
  package var coveredPoints: Set<Int> {
    evaluator.coveredPoints.union(
      (0..<coverageCount).filter { unsafe context.pointee.covered[$0] != 0 })
  }

  /// Appends the initial states to `batch`, in the order of the prelude's choices.
  package func start(into batch: inout SuccessorBatch) { evaluator.start(into: &batch) }

  /// Appends the successors of `state` to `batch`, and the failures of its steps.
  package func expand(_ state: UnsafePointer<UInt64>, into batch: inout SuccessorBatch) {
    let context = unsafe context
    while batch.capacity - batch.count <= processCount { batch.grow() }
    while true {
      unsafe context.pointee.states = batch.states
      unsafe context.pointee.origins = batch.origins
      unsafe context.pointee.count = UInt64(batch.count)
      unsafe context.pointee.capacity = UInt64(batch.capacity)
      let count = unsafe expandFunction(state, context)
      if unsafe context.pointee.status | context.pointee.failureCount == 0 {
        batch.count = Int(count)
        return
      }
      if unsafe finish(Int(count), state, &batch) { return }
    }
  }

  /// Deals with what is rare: failures, and memory or choices that did not suffice; returns whether the
  /// state is done.
  @inline(never)
  private func finish(
    _ count: Int, _ state: UnsafePointer<UInt64>, _ batch: inout SuccessorBatch
  ) -> Bool {
    let status = unsafe context.pointee.status
    let failureCount = unsafe Int(context.pointee.failureCount)
    unsafe context.pointee.status = 0
    unsafe context.pointee.failureCount = 0
    switch status {
    case 0:
      batch.count = count
      for index in 0..<failureCount {
        let failure = unsafe context.pointee.failures[index]
        batch.failures.append(
          .init(
            origin: .init(
              process: UInt32(failure.process), ordinal: UInt32(failure.ordinal)),
            failure: FailureID(Int(failure.failure)), value: failure.value))
      }
      return true
    case 1:
      let capacity = unsafe Int(context.pointee.failureCapacity)
      if failureCount == capacity {
        unsafe context.pointee.failures.deallocate()
        unsafe context.pointee.failures = .allocate(capacity: 2 * capacity)
        unsafe context.pointee.failureCapacity = UInt64(2 * capacity)
      } else {
        batch.grow()
      }
      return false
    default:
      unsafe evaluator.expand(state, into: &batch)
      return true
    }
  }

  /// Whether there may be something to note about `state`.
  package func hasNews(_ state: UnsafePointer<UInt64>) -> Bool {
    unsafe newsFunction(state, context) != 0
  }

  /// Judges a property in `state`.
  package func judge(_ property: PropertyID, in state: UnsafePointer<UInt64>) -> Judgement {
    switch unsafe library.judge(UInt64(property.index), state, context) {
    case 0: .isFalse
    case 1: .holds
    default:
      unsafe .failed(
        FailureID(Int(context.pointee.failure)), value: context.pointee.value)
    }
  }

  /// Whether the CPU lets the process run in `state`.
  package func isReady(_ process: ProcessID, in state: UnsafePointer<UInt64>) -> Bool {
    unsafe evaluator.isReady(process, in: state)
  }

  /// Whether the process has a step in `state`, be it one that fails.
  package func isEnabled(_ process: ProcessID, in state: UnsafePointer<UInt64>) -> Bool {
    unsafe evaluator.isEnabled(process, in: state)
  }

  /// Returns the choices of one run of the process's step in `state`, or nil if there is no such run.
  package func choices(
    ofRun ordinal: Int, of process: UInt32, in state: UnsafePointer<UInt64>
  ) -> [Int]? {
    unsafe evaluator.choices(ofRun: ordinal, of: process, in: state)
  }
}
