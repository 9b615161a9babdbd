internal import Exploration
internal import PageraceKit

extension ParsedArguments {
  /// The limits that `--max-states`, `--max-memory` and `--timeout` set.
  ///
  /// Seven eighths of the machine's memory are the limit if none is given, so that a search that is too large
  /// stops and says so before the system stops it.
  ///
  /// Of several searches at a time each gets its share of that.
  func limits(searchCount: Int = 1) throws(UsageError) -> SearchLimits {
    SearchLimits(
      maxStates: try number("--max-states", expected: "a number of states, such as 5000000 or 5M") {
        Self.scaled($0, units: ["": 1, "k": 1_000, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000])
      },
      maxMemoryBytes: try number("--max-memory", expected: "a size in bytes, such as 200M or 2G") {
        Self.scaled($0, units: Self.sizeUnits)
      } ?? Surroundings.memoryBytes / 8 * 7 / searchCount,
      timeout: try time("--timeout"))
  }

  /// The time that an option gives.
  func time(_ option: String) throws(UsageError) -> Duration? {
    try number(option, expected: "a time, such as 500ms, 10s, 5m or 1h") {
      Self.scaled($0, units: ["": 1_000, "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000])
    }.map { .milliseconds($0) }
  }

  /// The engine that `--engine` names.
  func engine() throws(UsageError) -> EngineSettings.Preference {
    let names = EngineSettings.Preference.allCases.map(\.rawValue)
    return EngineSettings.Preference(rawValue: try choice("--engine", of: names)) ?? .automatic
  }

  /// How `--workers`, `--compact` and `--bitstate` want the search; with as many threads as there are cores
  /// if nothing else is said.
  func method(coreCount: Int, memoryBytes: Int) throws(UsageError) -> SearchMethod {
    let most = "what the machine has"
    let field = try number("--bitstate", expected: "a size from 64 to \(most), such as 512M") {
      text in
      Self.scaled(text, units: Self.sizeUnits).flatMap {
        (64...memoryBytes).contains($0) ? $0 : nil
      }
    }
    if has("--compact"), field != nil { throw .conflict("--compact", "--bitstate") }
    let inexact = has("--compact") ? "--compact" : field != nil ? "--bitstate" : nil
    if let inexact, self["--workers"] != nil { throw .conflict("--workers", inexact) }
    if let inexact, has("--fewest-switches") { throw .conflict("--fewest-switches", inexact) }
    let mostWorkers = Surroundings.mostWorkers
    let workerCount = try count(
      "--workers", default: min(mostWorkers, coreCount), most: mostWorkers)
    // A field whose size is a power of two is found in with fewer instructions.
    let memory: SearchMethod.Memory =
      switch field {
      case let field?: .bitstate(bytes: 1 << (Int.bitWidth - 1 - field.leadingZeroBitCount))
      case nil: has("--compact") ? .compact : .exact
      }
    return SearchMethod(
      memory: memory, workerCount: inexact == nil ? workerCount : 1,
      order: has("--fewest-switches") ? .fewestSwitches : .fewestSteps)
  }

  /// The options that `-D name=value` sets.
  func settings() throws(UsageError) -> [String: String] {
    var settings: [String: String] = [:]
    for word in values["-D"] ?? [] {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex,
        word.index(after: equals) != word.endIndex
      else {
        throw .invalidValue(
          option: "-D", value: word, expected: "an option with its value: name=value")
      }
      settings[String(word[..<equals])] = String(word[word.index(after: equals)...])
    }
    return settings
  }

  /// Returns the value of an option that is one of `choices`, the first of which is the default.
  func choice(_ option: String, of choices: [String]) throws(UsageError) -> String {
    guard let value = self[option] else { return choices[0] }
    if choices.contains(value) { return value }
    throw .invalidValue(
      option: option, value: value, expected: choices.joined(separator: ", "))
  }

  /// Returns the number from one to `most` that an option gives.
  func count(_ option: String, default: Int, most: Int) throws(UsageError) -> Int {
    try number(option, expected: "a number from 1 to \(most)") { text in
      Int(text).flatMap { $0 <= most ? $0 : nil }
    } ?? `default`
  }

  private static let sizeUnits = ["": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30]

  private func number(
    _ option: String, expected: String, _ convert: (String) -> Int?
  ) throws(UsageError) -> Int? {
    guard let value = self[option] else { return nil }
    guard let number = convert(value), number > 0 else {
      throw .invalidValue(option: option, value: value, expected: expected)
    }
    return number
  }

  /// Returns the number that `text` stands for: digits, then a unit.
  private static func scaled(_ text: String, units: [String: Int]) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), let unit = units[String(text.dropFirst(digits.count))] else {
      return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? nil : product
  }
}
