/// Where native code is made and kept, as far as the caller decides it.
package struct NativeSettings: Sendable {
  /// Which compiler to use.
  package var compiler: CompilerSearch
  /// The folder in which libraries are kept; nil to keep none.
  package var cacheFolder: String?
  /// The folder for temporary files, if there is no usable cache.
  package var temporaryFolder: String
  /// After how many seconds a compiler is stopped.
  package var timeoutSeconds: Int
  /// How many compilers may run at once.
  package var parallelCount: Int
  /// How much the compiler is to optimise, from 0 to 3.
  package var optimization: Int

  /// Creates settings.
  package init(
    compiler: CompilerSearch, cacheFolder: String?, temporaryFolder: String = "/tmp",
    timeoutSeconds: Int = 60, parallelCount: Int = 2, optimization: Int = 2
  ) {
    self.compiler = compiler
    self.cacheFolder = cacheFolder
    self.temporaryFolder = temporaryFolder
    self.timeoutSeconds = timeoutSeconds
    self.parallelCount = parallelCount
    self.optimization = optimization
  }
}
