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

  private let system: TransitionSystem
  private let settings: NativeSettings
  private var stage = Stage.idle

  /// Creates a source of engines for `system`; nothing is compiled until ``begin()``.
  package init(_ system: TransitionSystem, settings: NativeSettings) {
    self.system = system
    self.settings = settings
  }

  /// Takes the code from the cache, or starts the compiler.
  package func begin() {
    guard case .idle = stage else { return }
    var emitter = CEmitter(system)
    guard let units = emitter.emit() else {
      fail(.notExpressible)
      return
    }
    do {
      let compiler = try NativeCompiler(units, settings: settings)
      stage = .compiling(compiler)
      remark = compiler.remark
    } catch {
      fail(error)
    }
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

  private func note(_ progress: NativeCompiler.Progress) {
    switch progress {
    case .running: break
    case .done(let library): stage = .ready(library)
    case .failed(let error): fail(error)
    }
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
