internal import SourceText

/// Why there is no native code.
package enum NativeError: Error, Hashable {
  /// The compiler that was asked for does not exist or cannot be executed.
  case missingCompiler(path: String)
  /// No compiler was found anywhere.
  case noCompiler
  /// A file of ours could not be made or written.
  case unwritable(path: String, code: Int32)
  /// The compiler could not be started.
  case notStarted(compiler: String, code: Int32)
  /// The compiler ended with a status other than zero, or by a signal; with the first line it printed.
  case compilerFailed(compiler: String, status: Int32, output: String)
  /// The compiler took too long and was stopped.
  case timeout(compiler: String, seconds: Int)
  /// What the compiler wrote is not a library with our code in it.
  case invalidLibrary(compiler: String, reason: String)
  /// The folder for the cache cannot be made, or is not the user's alone.
  case unusableCache(path: String)
  /// The system cannot be written as C.
  case notExpressible

  /// One line that says what happened.
  package var message: String {
    switch self {
    case .missingCompiler(let path):
      "there is no compiler at '\(Self.printable(path))'"
    case .noCompiler:
      "no C compiler was found"
    case .unwritable(let path, let code):
      "cannot write '\(Self.printable(path))' (error \(code))"
    case .notStarted(let compiler, let code):
      "cannot start '\(Self.printable(compiler))' (error \(code))"
    case .compilerFailed(let compiler, let status, let output):
      "'\(Self.printable(compiler))' failed with status \(status)"
        + (output.isEmpty ? "" : ": \(Self.printable(output))")
    case .timeout(let compiler, let seconds):
      "'\(Self.printable(compiler))' did not finish within \(seconds) s"
    case .invalidLibrary(let compiler, let reason):
      "what '\(Self.printable(compiler))' wrote cannot be used: \(Self.printable(reason))"
    case .unusableCache(let path):
      "native code is not kept, because '\(Self.printable(path))' is no folder that only its owner can "
        + "enter and write to"
    case .notExpressible:
      "an expression of the model is too deep for a C compiler"
    }
  }

  /// Returns at most 200 characters of a text of unknown origin, and a sign for each that cannot be seen.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(200).map { VisibleText.isVisible($0) ? $0 : "?" }))
  }
}
