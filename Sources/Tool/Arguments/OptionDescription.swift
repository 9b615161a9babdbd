/// What the command line and its help know of one option.
struct OptionDescription: Sendable {
  /// The name with its dashes, such as `--bug` or `-D`.
  let name: String
  /// The placeholder of its value, such as `<id>`; nil for a switch.
  let value: String?
  /// Whether it may be given more than once.
  let repeats: Bool
  /// What it is for, as one phrase or a few sentences; the help wraps it.
  let help: String

  /// Creates a switch.
  static func flag(_ name: String, _ help: String) -> OptionDescription {
    OptionDescription(name: name, value: nil, repeats: false, help: help)
  }

  /// Creates an option with a value.
  static func option(
    _ name: String, _ value: String, _ help: String, repeats: Bool = false
  ) -> OptionDescription {
    OptionDescription(name: name, value: value, repeats: repeats, help: help)
  }

  /// How the option is written: `--bug <id>`.
  var synopsis: String { value.map { "\(name) \($0)" } ?? name }
}
