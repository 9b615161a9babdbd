internal import PageraceKit
internal import Reports

/// Which formats a command writes, and where each goes, as the command line says.
struct ReportOutputs {
  /// A format with the place for it.
  struct Request {
    /// The format.
    let format: ReportFormat
    /// The file; nil for standard output.
    var path: String?
    /// Whether an `--output` has said so.
    var hasOutput = false
  }

  /// The options that say so.
  static let options = OptionDescription.formats

  /// The documents to write, in the order in which they were asked for.
  let requests: [Request]
  /// Whether standard output has the text for people, because no other format takes it.
  let printsText: Bool

  /// Takes what it needs from the command line.
  ///
  /// An `--output` belongs to the `--format` before it; without any `--format` it takes the text for people.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    let hasFormat = arguments.has("--format") || arguments.has("--json")
    var requests: [Request] = []
    for (option, value) in arguments.sequence {
      switch option {
      case "--format": requests.append(Request(format: try Self.format(value)))
      case "--json": requests.append(Request(format: .json))
      case "--junit", "--sarif":
        let format = try Self.format(String(option.dropFirst(2)))
        requests.append(Request(format: format, path: value == "-" ? nil : value, hasOutput: true))
      case "--output":
        if requests.isEmpty {
          if hasFormat { throw .leadingOutput(value) }
          requests.append(Request(format: .text))
        }
        let last = requests.count - 1
        if requests[last].hasOutput { throw .secondOutput(value) }
        requests[last].hasOutput = true
        requests[last].path = value == "-" ? nil : value
      default: break
      }
    }
    try Self.checkPlaces(requests)
    let printed = requests.first { $0.path == nil }
    printsText = printed.map { $0.format.name == ReportFormat.text.name } ?? true
    // The text for people appears bit by bit, and coloured on a terminal.
    self.requests = requests.filter {
      $0.path != nil || $0.format.name != ReportFormat.text.name
    }
  }

  /// Whether the text for people goes anywhere.
  var hasText: Bool {
    printsText || requests.contains { $0.format.name == ReportFormat.text.name }
  }

  private static func format(_ name: String) throws(UsageError) -> ReportFormat {
    if let format = ReportFormat.named(name) { return format }
    let names = ReportFormat.all.map(\.name)
    throw .invalidValue(option: "--format", value: name, expected: names.joined(separator: ", "))
  }

  private static func checkPlaces(_ requests: [Request]) throws(UsageError) {
    for (index, request) in requests.enumerated() {
      for other in requests[..<index] {
        switch (other.path, request.path) {
        case (nil, nil):
          throw .sharedOutput(
            other.format.name, request.format.name, place: "standard output")
        case (let first?, let second?) where FileAccess.areOneFile(first, second):
          throw .sharedOutput(other.format.name, request.format.name, place: "'\(second)'")
        default: break
        }
      }
    }
  }
}
