internal import Execution
internal import Machine

/// An engine that is being made while a search goes on.
struct FasterEngine {
  /// With how many states a search is large enough to make another engine for: one of fewer is done
  /// before a compiler is.
  static let stateThreshold = 50_000
  /// How much time goes by between two looks: batches take from a tenth of a millisecond to ten.
  private static let lookInterval = Duration.milliseconds(2)

  private let makeSource: () -> any EngineSource
  private var source: (any EngineSource)?
  private let clock = ContinuousClock()
  private var nextLook: ContinuousClock.Instant
  /// Whether the engine was made.
  private(set) var isReady = false
  /// Why it was not, in one line.
  private var failure: String?

  /// One line about what did not go as it should; nil if all is well.
  var notice: String? { failure ?? source?.remark }

  /// Whether the search has nothing to do before the engine is ready.
  private(set) var isAwaited: Bool

  /// Prepares to make the engine that was chosen, unless that is the evaluator.
  init?(_ choice: EngineChoice, for system: TransitionSystem) {
    nextLook = clock.now
    switch choice {
    case .evaluator:
      return nil
    case .automatic(let makeSource):
      self.makeSource = { makeSource(system) }
      isAwaited = false
    case .native(let makeSource):
      self.makeSource = { makeSource(system) }
      isAwaited = true
    }
  }

  /// Returns the engine if this is the moment to change to it.
  ///
  /// To be called between batches.
  mutating func look(stateCount: Int) -> (any StepEngine)? {
    if failure != nil { return nil }
    guard let source else {
      if !isAwaited && stateCount < Self.stateThreshold { return nil }
      let source = makeSource()
      self.source = source
      source.begin()
      return note(source.poll())
    }
    if isAwaited { return note(source.wait()) }
    let now = clock.now
    if now < nextLook { return nil }
    nextLook = now + Self.lookInterval
    return !isReady || source.hasImproved() ? note(source.poll()) : nil
  }

  /// Goes on without the engine until that is ready.
  mutating func stopWaiting() { isAwaited = false }

  /// Returns another engine of the faster kind, for another thread, if that kind is in use.
  func another() -> (any StepEngine)? {
    guard isReady, let source, case .ready(let engine) = source.poll() else { return nil }
    return engine
  }

  private mutating func note(_ progress: EngineProgress) -> (any StepEngine)? {
    switch progress {
    case .pending:
      return nil
    case .ready(let engine):
      isReady = true
      isAwaited = false
      return engine
    case .failed(let reason):
      failure = reason
      isAwaited = false
      return nil
    }
  }
}
