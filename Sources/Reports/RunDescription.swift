/// What was checked: everything about a run that is known before it starts.
public struct RunDescription: Hashable, Sendable {
  /// The model's name, such as `buffer_migrate_page`.
  public var model: String
  /// The path of the model's file, as the user wrote it.
  public var path: String
  /// The check's name.
  public var check: String
  /// The ids of the bugs that are on, in order.
  public var bugs: [String]
  /// The options that are set, with their values as text, in order.
  public var options: [Setting]
  /// The path of the stored counterexample that shows the violation; nil if there is none.
  public var stored: String?

  /// An option with its value.
  public struct Setting: Hashable, Sendable {
    /// The option's name.
    public var name: String
    /// Its value, as the model would write it.
    public var value: String

    /// Creates a setting.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Options of the command line that have to do with which violation is found.
  public var searchOptions: [String] = []

  /// Creates a description.
  public init(
    model: String, path: String, check: String, bugs: [String] = [], options: [Setting] = []
  ) {
    self.model = model
    self.path = path
    self.check = check
    self.bugs = bugs
    self.options = options
  }

  /// The check with what is switched on: `one_reader with B16, last_pass = 10`.
  public var title: String {
    let with = bugs + options.map { "\($0.name) = \($0.value)" }
    return with.isEmpty ? check : "\(check) with \(with.joined(separator: ", "))"
  }

  /// The words of the command that repeats the run, each as a shell takes it.
  var words: [String] {
    var words = ["pagerace", "check", Self.quoted(path), "--check", Self.quoted(check)]
    if !bugs.isEmpty { words += ["--bug", Self.quoted(bugs.joined(separator: ","))] }
    for option in options { words += ["-D", Self.quoted("\(option.name)=\(option.value)")] }
    return words + searchOptions
  }

  /// The command that repeats the run.
  public var command: String { words.joined(separator: " ") }

  /// The command that shows the violation again: the stored counterexample, or else the whole run.
  public var replay: String {
    stored.map { "pagerace replay \(Self.quoted($0))" } ?? command
  }

  /// Returns `word` so that a shell takes it as one word.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ","),
        UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "@"):
        true
      default: false
      }
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
