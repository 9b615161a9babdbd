/// A command line that makes no sense.
///
/// The parser only says what is wrong; all wording is here.
enum UsageError: Error, Hashable, Sendable {
  /// There is no command of this name.
  case unknownCommand(String, nearest: String?)
  /// The command has no option of this name.
  case unknownOption(String, nearest: String?)
  /// The option needs a value and has none.
  case missingValue(option: String, placeholder: String)
  /// The switch was given a value.
  case unexpectedValue(option: String)
  /// The option was given more than once.
  case repeatedOption(String)
  /// The value of an option cannot be used.
  case invalidValue(option: String, value: String, expected: String)
  /// An argument is missing.
  case missingArgument(String)
  /// There is an argument too many.
  case unexpectedArgument(String)
  /// Two options cannot be used together.
  case conflict(String, String)
  /// An `--output` stands before the `--format` that it should follow.
  case leadingOutput(String)
  /// A second `--output` follows the same `--format`.
  case secondOutput(String)
  /// Two formats would go to the same place.
  case sharedOutput(String, String, place: String)

  /// What is wrong, as one phrase.
  var message: String {
    switch self {
    case .unknownCommand(let name, let nearest):
      "unknown command '\(name)'" + Self.suggestion(nearest)
    case .unknownOption(let name, let nearest):
      "unknown option '\(name)'" + Self.suggestion(nearest)
    case .missingValue(let option, let placeholder):
      "'\(option)' needs a value: \(option) \(placeholder)"
    case .unexpectedValue(let option):
      "'\(option)' takes no value"
    case .repeatedOption(let option):
      "'\(option)' is given more than once"
    case .invalidValue(let option, let value, let expected):
      "'\(value)' is no value for '\(option)'; expected \(expected)"
    case .missingArgument(let name):
      "missing argument '\(name)'"
    case .unexpectedArgument(let text):
      "unexpected argument '\(text)'"
    case .conflict(let first, let second):
      "'\(first)' and '\(second)' cannot be used together"
    case .leadingOutput(let path):
      "'--output \(path)' has to follow the '--format' that it belongs to"
    case .secondOutput(let path):
      "'--output \(path)' follows a format that has an '--output' already"
    case .sharedOutput(let first, let second, let place):
      "'\(first)' and '\(second)' cannot both go to \(place); give one of them another '--output'"
    }
  }

  private static func suggestion(_ nearest: String?) -> String {
    nearest.map { "; did you mean '\($0)'?" } ?? ""
  }
}
