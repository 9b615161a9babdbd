package import Execution
package import Machine

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Makes native engines for a system, while the search goes on.
package final class NativeEngineSource: EngineSource {
  private enum Stage {
    case idle
    case compiling(NativeCompiler)
    case ready(NativeLibrary)
    case failed(String)
  }

  /// From how many bytes of C on there is something to gain from code that is not optimised, for the time
  /// until the optimised code is ready: it takes a sixth of the time.
  private static let hastyByteCount = 50_000

  private let system: TransitionSystem
  private let settings: NativeSettings
  private let isHasty: Bool
  /// What the optimised code is made of, once the first code is in use.
  private var unitsToImprove: [String] = []
  /// What makes it.
  private var second: NativeCompiler?
  private var stage = Stage.idle

  /// Creates a source of engines for `system`; nothing is compiled until ``begin()``.
  ///
  /// If it is to be hasty, much code is compiled twice: at first quickly, then well.
  package init(_ system: TransitionSystem, settings: NativeSettings, isHasty: Bool = false) {
    self.system = system
    self.settings = settings
    self.isHasty = isHasty
  }

  /// Takes the code from the cache, or starts the compiler.
  package func begin() {
    guard case .idle = stage else { return }
    var emitter = CEmitter(system)
    guard let units = emitter.emit(maximumUnitCount: settings.parallelCount) else {
      fail(.notExpressible)
      return
    }
    do throws(NativeError) {
      let hasty = try hastyCompiler(units, &emitter)
      let compiler = if let hasty { hasty } else { try NativeCompiler(units, settings: settings) }
      stage = .compiling(compiler)
      remark = compiler.remark
    } catch {
      fail(error)
    }
  }

  /// Returns what compiles the code without optimising it, if that is of use.
  private func hastyCompiler(
    _ units: [String], _ emitter: inout CEmitter
  ) throws(NativeError) -> NativeCompiler? {
    let byteCount = units.reduce(0) { $0 + $1.utf8.count }
    guard isHasty, byteCount > Self.hastyByteCount,
      !NativeCompiler.isCached(units, settings: settings)
    else { return nil }
    var settings = settings
    settings.optimization = 0
    let longUnits = emitter.emit(
      maximumUnitCount: settings.parallelCount, linesInUnit: CEmitter.linesInHastyUnit)
    unitsToImprove = units
    return try NativeCompiler(longUnits ?? units, settings: settings)
  }

  /// Returns an engine if the code is ready.
  package func poll() -> EngineProgress {
    if case .compiling(let compiler) = stage { note(compiler.poll()) }
    return progress
  }

  /// Waits for the compiler, for a millisecond.
  package func wait() -> EngineProgress {
    if case .compiling(let compiler) = stage {
      if case .running = compiler.poll() { usleep(1_000) }
      note(compiler.poll())
    }
    return progress
  }

  /// Waits until the compiler is done.
  package func waitUntilDone() -> EngineProgress {
    if case .compiling(let compiler) = stage { note(compiler.wait()) }
    return progress
  }

  /// What is wrong with the cache, if it cannot be used.
  package private(set) var remark: String?

  /// Whether the optimised code has been made and taken over since the last call.
  package func hasImproved() -> Bool {
    switch second?.poll() {
    case .none, .running:
      return false
    case .failed(let error):
      // What there is, is good enough.
      remark = error.message
      second = nil
      return false
    case .done(let library):
      stage = .ready(library)
      second = nil
      return true
    }
  }

  private func note(_ progress: NativeCompiler.Progress) {
    switch progress {
    case .running: break
    case .done(let library):
      stage = .ready(library)
      improve()
    case .failed(let error): fail(error)
    }
  }

  /// Starts to make better code than there is, beside the search, which needs a processor too.
  private func improve() {
    if unitsToImprove.isEmpty { return }
    var settings = settings
    settings.parallelCount = max(1, settings.parallelCount - 1)
    second = try? NativeCompiler(unitsToImprove, settings: settings)
    unitsToImprove = []
  }

  private func fail(_ error: NativeError) {
    stage = .failed("\(error.message); the evaluator goes on without native code")
  }

  private var progress: EngineProgress {
    switch stage {
    case .idle, .compiling: .pending
    case .ready(let library): .ready(NativeEngine(system, library))
    case .failed(let message): .failed(message)
    }
  }
}
