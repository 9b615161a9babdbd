/// Why something could not be measured.
public enum BenchError: Error, Sendable {
  /// A program is not installed; with what would install it.
  case missingProgram(String, remedy: String)
  /// There is no folder with the models.
  case missingModels(folder: String)
  /// A program could not be started or has failed; with what it said first.
  case failed(program: String, status: Int32, output: String)
  /// A program has ended as it should but said nothing that could be understood.
  case unreadable(program: String, output: String)
  /// A folder for temporary files could not be made, or a file in it not be written.
  case unwritable(path: String)
  /// Somebody has asked to stop.
  case interrupted

  /// What is wrong, as one line.
  public var message: String {
    switch self {
    case .missingProgram(let program, let remedy):
      "'\(program)' is not installed; \(remedy)"
    case .missingModels(let folder):
      "there are no models to measure with in '\(folder)'"
    case .failed(let program, let status, let output):
      "'\(program)' failed with status \(status)" + Self.quotation(output)
    case .unreadable(let program, let output):
      "'\(program)' did not say how many states there are" + Self.quotation(output)
    case .unwritable(let path): "cannot write '\(path)'"
    case .interrupted: "interrupted"
    }
  }

  /// The first line with something in it, as far as it can be shown.
  private static func quotation(_ output: String) -> String {
    let lines = output.split(whereSeparator: \.isNewline)
    guard let line = lines.first(where: { $0.contains { !$0.isWhitespace } }) else { return "" }
    let shown = line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(120)
    return ": " + String(String.UnicodeScalarView(shown))
  }
}
