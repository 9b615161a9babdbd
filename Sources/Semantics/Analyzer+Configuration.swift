internal import SourceText
internal import Syntax

/// Applying the configuration: which bugs are on, what the options are.
extension Analyzer {
  func checkConfigurationNames() {
    let ids = program.bugs.map(\.id)
    for id in configuration.bugs.sorted() where !ids.contains(id) {
      report(
        .configuration(
          "there is no bug '\(id)' in this module or those it imports", rule: "unknown-bug",
          at: start(of: 0), nearest: nearestName(to: id, among: ids)))
    }
    let names = pending.options.map(\.syntax.name.text)
    for name in configuration.options.keys.sorted() where !names.contains(name) {
      report(
        .configuration(
          "there is no option '\(name)' in this module or those it imports",
          rule: "unknown-option", at: start(of: 0), nearest: nearestName(to: name, among: names)))
    }
  }

  /// The value that the configuration gives to an option; nil if it says nothing or nothing valid.
  func configured(_ name: Name, _ type: Type) -> Int64? {
    guard let text = configuration.options[name.text] else { return nil }
    if let value = value(of: text, as: type) { return value }
    let cases: [String]
    switch type {
    case .enumeration(let id): cases = program.enums[id.index].cases
    case .bool: cases = ["false", "true"]
    default: cases = []
    }
    report(
      .configuration(
        "'\(text)' is no value of the option '\(name.text)', which is '\(self.text(type))'",
        rule: "option-value", at: name.span, nearest: nearestName(to: text, among: cases)))
    return nil
  }

  private func value(of text: String, as type: Type) -> Int64? {
    switch type {
    case .bool: text == "true" ? 1 : text == "false" ? 0 : nil
    case .integer(let range): Int64(text).flatMap { range.contains($0) ? $0 : nil }
    case .enumeration(let id):
      program.enums[id.index].cases.firstIndex(of: text).map(Int64.init)
    default: nil
    }
  }

  /// The text that a configuration has for a value.
  func configurationText(_ value: Int64, _ type: Type) -> String {
    switch type {
    case .bool: value == 0 ? "false" : "true"
    case .enumeration(let id): program.enums[id.index].cases[Int(value)]
    default: "\(value)"
    }
  }
}
