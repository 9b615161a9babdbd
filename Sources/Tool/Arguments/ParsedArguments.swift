import SourceText

/// The words of a command line, sorted into options and arguments.
struct ParsedArguments: Sendable {
  /// The arguments that are no options, in order.
  private(set) var positionals: [String] = []
  /// The values of each option that was given, in order; one empty value for a switch.
  private(set) var values: [String: [String]] = [:]
  /// All options with their values, in the order in which they were given.
  private(set) var sequence: [(option: String, value: String)] = []

  /// Whether the help was asked for; then nothing else has been checked.
  var wantsHelp: Bool { has("--help") }

  /// Whether the option was given.
  func has(_ option: String) -> Bool { values[option] != nil }

  /// The value of an option that was given once.
  subscript(option: String) -> String? { values[option]?.last }

  /// Returns all values of an option that may be repeated, cut at commas.
  func list(_ option: String) throws(UsageError) -> [String] {
    var items: [String] = []
    for value in values[option] ?? [] {
      let parts = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if parts.contains("") {
        throw .invalidValue(
          option: option, value: value, expected: "names with commas between them")
      }
      items += parts
    }
    return items
  }

  /// Sorts `words` by what `command` understands.
  ///
  /// `--option=value` and `--option value` mean the same; so do `-Dname=value` and
  /// `-D name=value`. After `--` everything is an argument, and `-` alone always is one.
  init(_ words: some Sequence<String>, for command: CommandDescription) throws(UsageError) {
    var rest = Array(words)[...]
    var optionsEnded = false
    while let word = rest.popFirst() {
      if optionsEnded || word == "-" || !word.hasPrefix("-") {
        positionals.append(word)
      } else if word == "--" {
        optionsEnded = true
      } else {
        try parseOption(word, &rest, command)
      }
    }
    if !wantsHelp { try checkCount(command) }
  }

  private mutating func parseOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ command: CommandDescription
  ) throws(UsageError) {
    var (name, attached) = Self.split(word)
    if name == "-h" { name = "--help" }
    guard let option = command.allOptions.first(where: { $0.name == name }) else {
      let nearest = Spelling.nearest(to: name, among: command.allOptions.map(\.name))
      throw .unknownOption(name, nearest: nearest)
    }
    if !option.repeats, has(name), !wantsHelp { throw .repeatedOption(name) }
    guard let placeholder = option.value else {
      if attached != nil { throw .unexpectedValue(option: name) }
      values[name] = [""]
      sequence.append((name, ""))
      return
    }
    if attached == nil, let next = rest.first, next == "-" || !next.hasPrefix("-") {
      attached = next
      rest.removeFirst()
    }
    guard let value = attached, !value.isEmpty else {
      throw .missingValue(option: name, placeholder: placeholder)
    }
    values[name, default: []].append(value)
    sequence.append((name, value))
  }

  /// Cuts `--name=value` and `-Dvalue` in two.
  private static func split(_ word: String) -> (name: String, value: String?) {
    if !word.hasPrefix("--") {
      let rest = word.dropFirst(2)
      let value = rest.hasPrefix("=") ? rest.dropFirst() : rest
      return (String(word.prefix(2)), rest.isEmpty ? nil : String(value))
    }
    guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  private func checkCount(_ command: CommandDescription) throws(UsageError) {
    let range = command.argument?.count ?? 0...0
    if positionals.count > range.upperBound {
      throw .unexpectedArgument(positionals[range.upperBound])
    }
    if positionals.count < range.lowerBound, let argument = command.argument {
      throw .missingArgument(argument.name)
    }
  }
}
