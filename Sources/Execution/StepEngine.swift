public import Machine

/// Something that can run the steps of one system: the bytecode evaluator, or compiled code.
///
/// The seam is deliberately coarse. One call produces all successors of a state, so the cost of
/// crossing it is paid once per state and not once per instruction, and two engines can be compared
/// by comparing the bytes they write.
///
/// **Invariant:** an engine is a pure function of the state it is given. Successors come out ordered
/// by process and then by choices, so every engine numbers them alike and a counterexample found by
/// one replays under any other.
///
/// An engine has scratch memory of its own and belongs to one worker.
public protocol StepEngine {
  /// The number of 64-bit words in a state.
  var wordCount: Int { get }

  /// The coverage points of the system that any run of this engine has reached, by index.
  var coveredPoints: Set<Int> { get }

  /// Appends the initial states to `batch`, in the order of the prelude's choices.
  ///
  /// Their process, and that of the failures of the prelude, is ``SuccessorBatch/prelude``.
  func start(into batch: inout SuccessorBatch)

  /// Appends the successors of `state` to `batch`, and the failures of its steps.
  ///
  /// - Precondition: `state` does not lie in the batch's own memory, which may move.
  func expand(_ state: UnsafePointer<UInt64>, into batch: inout SuccessorBatch)

  /// Judges a property in `state`.
  func judge(_ property: PropertyID, in state: UnsafePointer<UInt64>) -> Judgement

  /// Whether there may be something to note about `state`: an `invariant` that does not hold, a
  /// `reachable` that is true and was not before, or an access in one of them that is invalid.
  ///
  /// For a fast answer in nearly all states; if it is true, ``judge(_:in:)`` says what there is.
  func hasNews(_ state: UnsafePointer<UInt64>) -> Bool

  /// Whether the CPU lets the process run in `state`.
  func isReady(_ process: ProcessID, in state: UnsafePointer<UInt64>) -> Bool

  /// Whether the process has a step in `state`, be it one that fails.
  func isEnabled(_ process: ProcessID, in state: UnsafePointer<UInt64>) -> Bool

  /// Returns the choices of the run with the given ordinal of the process's step in `state`, or nil
  /// if there are not so many runs.
  ///
  /// For the process ``SuccessorBatch/prelude`` these are the choices of the prelude, and `state`
  /// does not matter.
  func choices(
    ofRun ordinal: Int, of process: UInt32, in state: UnsafePointer<UInt64>
  ) -> [Int]?
}

extension StepEngine {
  /// Returns true: every property has to be judged.
  public func hasNews(_ state: UnsafePointer<UInt64>) -> Bool { true }
}

/// What a property is worth in a state.
public enum Judgement: Hashable, Sendable {
  /// The property is true.
  case holds
  /// The property is false.
  case isFalse
  /// An access in the property is invalid; with the number that the failure's text shows.
  case failed(FailureID, value: Int64)
}
