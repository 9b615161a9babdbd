public import Machine

/// The reference engine: it compiles a system to bytecode and runs that.
///
/// Starting it takes no time worth mentioning, which suits small searches, replay and simulation. See
/// `docs/internals/evaluator.md`.
@safe
public final class Evaluator: StepEngine {
  private let program: Program
  private let context: UnsafeMutablePointer<RunContext>
  /// A state to try things on.
  private let scratch: UnsafeMutablePointer<UInt64>

  /// The number of 64-bit words in a state.
  public let wordCount: Int

  /// Creates an engine for the steps of `system`.
  public init(_ system: TransitionSystem) {
    program = Program(system)
    wordCount = program.wordCount
    unsafe context = .allocate(capacity: 1)
    unsafe context.initialize(to: RunContext(program))
    unsafe scratch = .allocate(capacity: wordCount)
  }

  deinit {
    unsafe context.pointee.deallocate()
    unsafe context.deallocate()
    unsafe scratch.deallocate()
  }

  /// The coverage points that any run of this evaluator has reached, by index.
  ///
  /// - Complexity: O(*n*) for *n* points.
  public var coveredPoints: Set<Int> {
    Set((0..<program.coverageCount).filter { unsafe context.pointee.covered[$0] })
  }

  /// Appends the initial states to `batch`, in the order of the prelude's choices.
  public func start(into batch: inout SuccessorBatch) {
    let memory = unsafe RunMemory(program, context)
    unsafe program.defaults.withUnsafeBufferPointer { defaults in
      guard let state = defaults.baseAddress else { return }
      unsafe runAll(
        from: Int32(program.preludeEntry), of: SuccessorBatch.prelude, on: state, memory, &batch)
    }
  }

  /// Appends the successors of `state` to `batch`, and the failures of its steps.
  public func expand(_ state: UnsafePointer<UInt64>, into batch: inout SuccessorBatch) {
    let memory = unsafe RunMemory(program, context)
    let entries = unsafe program.stepEntries
    for process in 0..<program.processCount {
      unsafe runAll(from: entries[process], of: UInt32(process), on: state, memory, &batch)
    }
  }

  /// Judges a property in `state`.
  public func judge(_ property: PropertyID, in state: UnsafePointer<UInt64>) -> Judgement {
    let entry = unsafe program.propertyEntries[Int(property.index)]
    let memory = unsafe RunMemory(program, context)
    unsafe context.pointee.beginRuns()
    // Properties are pure: the state is not changed.
    switch unsafe run(from: entry, on: UnsafeMutablePointer(mutating: state), in: memory) {
    case .result:
      return unsafe context.pointee.value != 0 ? .holds : .isFalse
    case .failed:
      return unsafe .failed(
        FailureID(Int(context.pointee.failure)), value: context.pointee.value)
    case .disabled, .arrived:
      preconditionFailure("the code of a property ends in a result")
    }
  }

  /// Whether the CPU lets the process run in `state`.
  public func isReady(_ process: ProcessID, in state: UnsafePointer<UInt64>) -> Bool {
    let entry = unsafe program.readinessEntries[Int(process.index)]
    let memory = unsafe RunMemory(program, context)
    // Testing the readiness changes nothing.
    let end = unsafe run(from: entry, on: UnsafeMutablePointer(mutating: state), in: memory)
    return end == .arrived
  }

  /// Whether the process has a step in `state`, be it one that fails.
  public func isEnabled(_ process: ProcessID, in state: UnsafePointer<UInt64>) -> Bool {
    let memory = unsafe RunMemory(program, context)
    let entry = unsafe program.stepEntries[Int(process.index)]
    unsafe context.pointee.beginRuns()
    repeat {
      unsafe scratch.update(from: state, count: wordCount)
      if unsafe run(from: entry, on: scratch, in: memory) != .disabled { return true }
    } while unsafe context.pointee.nextRun()
    return false
  }

  /// Returns the choices of one run of the process's step in `state`, or nil if there is no such run.
  public func choices(
    ofRun ordinal: Int, of process: UInt32, in state: UnsafePointer<UInt64>
  ) -> [Int]? {
    if process == SuccessorBatch.prelude {
      return unsafe program.defaults.withUnsafeBufferPointer { defaults in
        unsafe defaults.baseAddress.flatMap {
          unsafe choices(ofRun: ordinal, from: Int32(program.preludeEntry), in: $0)
        }
      }
    }
    let entry = unsafe program.stepEntries[Int(process)]
    return unsafe choices(ofRun: ordinal, from: entry, in: state)
  }

  private func choices(
    ofRun ordinal: Int, from entry: Int32, in state: UnsafePointer<UInt64>
  ) -> [Int]? {
    let memory = unsafe RunMemory(program, context)
    unsafe context.pointee.beginRuns()
    var remaining = ordinal
    repeat {
      unsafe scratch.update(from: state, count: wordCount)
      _ = unsafe run(from: entry, on: scratch, in: memory)
      if remaining == 0 { return unsafe context.pointee.choicesMade }
      remaining -= 1
    } while unsafe context.pointee.nextRun()
    return nil
  }

  /// Makes all runs from `entry` and appends what they come to.
  @inline(__always)
  private func runAll(
    from entry: Int32, of process: UInt32, on state: UnsafePointer<UInt64>,
    _ memory: borrowing RunMemory, _ batch: inout SuccessorBatch
  ) {
    let context = unsafe memory.context
    unsafe context.pointee.beginRuns()
    var ordinal: UInt32 = 0
    repeat {
      if batch.count == batch.capacity { batch.grow() }
      let successor = unsafe batch.states + batch.count &* wordCount
      for word in 0..<wordCount { unsafe successor[word] = state[word] }
      switch unsafe run(from: entry, on: successor, in: memory) {
      case .arrived:
        unsafe batch.origins[batch.count] = .init(process: process, ordinal: ordinal)
        batch.count &+= 1
      case .failed:
        let failure = unsafe FailureID(Int(context.pointee.failure))
        let value = unsafe context.pointee.value
        batch.failures.append(
          .init(
            origin: .init(process: process, ordinal: ordinal), failure: failure, value: value))
      case .disabled, .result:
        break
      }
      ordinal &+= 1
    } while unsafe context.pointee.nextRun()
  }
}
