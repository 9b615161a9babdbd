internal import NativeCode

/// SPIN and the C compiler that its verifier needs.
public struct SpinTools: Sendable {
  /// The path of `spin`.
  public var spin: String
  /// The path of the C compiler.
  public var compiler: String
  /// The folder for temporary files.
  public var temporaryFolder: String

  /// Why there is no SPIN to compare with.
  public enum Missing: Error, Hashable, Sendable {
    /// `spin` is not in the search path.
    case spin
    /// There is no C compiler; with the one that the user names, if so.
    case compiler(String?)

    /// What is missing and how to get it.
    public var advice: String {
      switch self {
      case .spin:
        """
        SPIN is not installed, so there is nothing to compare with; get it with
          apt-get install spin      (Debian, Ubuntu)
          brew install spin         (macOS)
        or from https://spinroot.com, and see that 'spin' is in the PATH
        """
      case .compiler(nil):
        """
        SPIN needs a C compiler, and there is neither cc nor gcc nor clang; get one with
          apt-get install gcc       (Debian, Ubuntu)
        """
      case .compiler(let name?): "there is no compiler '\(name)', which PAGERACE_CC names"
      }
    }
  }

  /// Looks for the programs in `searchPath`, folders with colons between them; `compiler` is the one to use
  /// and no other.
  public static func find(
    searchPath: String, compiler: String?, temporaryFolder: String
  ) throws(Missing) -> SpinTools {
    guard let spin = ProgramSearch.find("spin", in: searchPath) else { throw .spin }
    if let compiler {
      let path = compiler.contains("/") ? compiler : ProgramSearch.find(compiler, in: searchPath)
      guard let path, ProgramSearch.isExecutable(path) else { throw .compiler(compiler) }
      return SpinTools(spin: spin, compiler: path, temporaryFolder: temporaryFolder)
    }
    let found = ["cc", "gcc", "clang"].lazy.compactMap { ProgramSearch.find($0, in: searchPath) }
    guard let path = found.first else { throw .compiler(nil) }
    return SpinTools(spin: spin, compiler: path, temporaryFolder: temporaryFolder)
  }
}
