public import Exploration
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import Machine
internal import NativeCode

/// Which engine makes the successors of a search, and where native code is made and kept.
///
/// The answer does not depend on it, only how long it takes.
public struct EngineSettings: Sendable {
  /// What the user wishes for.
  public enum Preference: String, CaseIterable, Sendable {
    /// The evaluator; native code for searches that are not small, as soon as it is compiled.
    case automatic = "auto"
    /// The evaluator alone; no compiler is started.
    case evaluator
    /// Native code from the beginning, as far as it can be had; the search waits for the compiler.
    case native
  }

  /// The engine to use.
  public var preference: Preference
  /// The compiler to use and no other: a path, or a name to look for in ``searchPath``; nil for any
  /// that is found.
  public var compiler: String?
  /// The folders to look for a compiler in, separated by colons.
  public var searchPath: String
  /// The folder in which compiled code is kept; nil to keep none.
  ///
  /// It must be the user's alone, and is made so if it does not exist.
  public var cacheFolder: String?
  /// The folder for temporary files, if there is no cache.
  public var temporaryFolder: String

  /// Creates settings.
  public init(
    _ preference: Preference, compiler: String? = nil, searchPath: String = "/usr/bin:/bin",
    cacheFolder: String? = nil, temporaryFolder: String = "/tmp"
  ) {
    self.preference = preference
    self.compiler = compiler
    self.searchPath = searchPath
    self.cacheFolder = cacheFolder
    self.temporaryFolder = temporaryFolder
  }

  /// The evaluator alone.
  public static let evaluator = EngineSettings(.evaluator)

  /// The same for a search.
  public var choice: EngineChoice {
    let settings = NativeSettings(
      compiler: CompilerSearch(explicit: compiler, searchPath: searchPath),
      cacheFolder: cacheFolder, temporaryFolder: temporaryFolder,
      parallelCount: min(8, max(2, ProcessInfo.processInfo.activeProcessorCount)))
    return switch preference {
    case .automatic: .automatic { NativeEngineSource($0, settings: settings, isHasty: true) }
    case .evaluator: .evaluator
    case .native: .native { NativeEngineSource($0, settings: settings) }
    }
  }
}
