/// Watches the time of a search, and tells the caller how it gets on.
struct LimitClock {
  /// How many looks are spent without looking at the real clock, which costs as much as a few
  /// transitions do.
  private static let lookInterval = 4
  /// How much time passes at least between two calls of the progress function.
  private static let progressInterval = Duration.milliseconds(50)

  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var timeout: Duration?
  private var progress: (SearchStatistics) -> Bool
  private var lookCount = 0
  private var lastProgress: ContinuousClock.Instant

  /// Starts the clock.
  init(timeout: Duration?, progress: @escaping (SearchStatistics) -> Bool) {
    begin = clock.now
    lastProgress = begin
    self.timeout = timeout
    self.progress = progress
  }

  /// Returns a clock that goes on from here, and that nothing stops.
  func withoutLimits() -> LimitClock {
    var clock = self
    clock.timeout = nil
    clock.progress = { [progress] statistics in
      _ = progress(statistics)
      return true
    }
    return clock
  }

  /// The time since the search began.
  var elapsed: Duration { clock.now - begin }

  /// What there is to do at some moment.
  enum Call {
    case goOn
    /// To call ``report(_:)``.
    case report
    case stop(StopReason)
  }

  /// Returns what there is to do now.
  ///
  /// To be called at short intervals, as after every batch.
  mutating func look() -> Call {
    lookCount += 1
    if lookCount % Self.lookInterval != 0 { return .goOn }
    let now = clock.now
    if let timeout, now - begin >= timeout { return .stop(.timeout(timeout)) }
    if now - lastProgress < Self.progressInterval { return .goOn }
    lastProgress = now
    return .report
  }

  /// Tells the caller how the search gets on, and returns whether it is to go on.
  func report(_ statistics: SearchStatistics) -> Bool { progress(statistics) }
}
