internal import Execution
internal import Machine

/// An engine that is being made while a search goes on.
struct FasterEngine {
  /// With how many states a search is large enough to make another engine for: one of fewer is done
  /// before a compiler is.
  static let stateThreshold = 10_000
  /// How many batches go by between two looks.
  private static let lookInterval = 64

  private let makeSource: () -> any EngineSource
  private let isImmediate: Bool
  private var source: (any EngineSource)?
  private var lookCount = 0
  /// Whether the engine was made.
  private(set) var isReady = false
  /// Why it was not, in one line.
  private(set) var notice: String?
  /// The coverage points that the first engine had reached.
  var coveredBefore: Set<Int> = []

  /// Prepares to make the engine that was chosen, unless that is the evaluator.
  init?(_ choice: EngineChoice, for system: TransitionSystem) {
    switch choice {
    case .evaluator:
      return nil
    case .automatic(let makeSource):
      self.makeSource = { makeSource(system) }
      isImmediate = false
    case .native(let makeSource):
      self.makeSource = { makeSource(system) }
      isImmediate = true
    }
  }

  /// Returns the engine if this is the moment to change to it.
  ///
  /// To be called between batches.
  mutating func look(stateCount: Int) -> (any StepEngine)? {
    if isReady || notice != nil { return nil }
    guard let source else {
      if !isImmediate && stateCount < Self.stateThreshold { return nil }
      let source = makeSource()
      self.source = source
      source.begin()
      return note(isImmediate ? source.wait() : source.poll())
    }
    lookCount += 1
    return lookCount % Self.lookInterval == 0 ? note(source.poll()) : nil
  }

  private mutating func note(_ progress: EngineProgress) -> (any StepEngine)? {
    switch progress {
    case .pending:
      return nil
    case .ready(let engine):
      isReady = true
      return engine
    case .failed(let reason):
      notice = reason
      return nil
    }
  }
}

extension Explorer {
  /// Goes over to the faster engine if it is ready; engines agree, so nothing else changes.
  mutating func changeEngine() {
    guard let engine = faster?.look(stateCount: store.count) else { return }
    faster?.coveredBefore = self.engine.coveredPoints
    self.engine = engine
  }
}
