#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import Reports

/// A violation with the schedule that leads to it, as the folder `Counterexamples` keeps it.
///
/// A step is found again by its task and by what the source says there, not by a line or a number, so that
/// edits elsewhere in the model do not matter. `docs/formats.md` describes the JSON.
public struct StoredCounterexample: Codable, Hashable, Sendable {
  /// What `format` says in every document.
  static let formatName = "pagerace-counterexample"
  /// The version of the format: it changes when a reader could stumble.
  public static let version = 1

  /// An option with its value.
  public struct Setting: Codable, Hashable, Sendable {
    /// The option's name.
    public var name: String
    /// Its value, as the model would write it.
    public var value: String
  }

  /// What is wrong in the end.
  public struct Violation: Codable, Hashable, Sendable {
    /// What kind of thing is wrong.
    public enum Cause: String, Codable, Hashable, Sendable {
      /// The last step fails; without any step, the scenario cannot begin.
      case failure
      /// A property is false in the last state.
      case property
      /// A property cannot be judged in the last state.
      case propertyFailure = "property-failure"
      /// Nothing can happen any more.
      case deadlock
    }

    /// The kind.
    public var cause: Cause
    /// The name that `expect` uses.
    public var name: String
    /// The property that is false or cannot be judged.
    public var property: String?
    /// The tasks that wait for ever.
    public var waiting: [String]?
  }

  /// The name and the version of the format.
  public var format = Self.formatName
  /// See ``version``.
  public var version = Self.version
  /// The module's whole path, such as `direct_migration.buffer_migrate_page`.
  public var module: String
  /// The path of its file, from the folder on that holds `Models`.
  public var model: String
  /// What tells whether the model has changed: the hash of its text without comments and layout.
  public var digest: String
  /// The check's name.
  public var check: String
  /// The ids of the bugs that are on, in order.
  public var bugs: [String]
  /// The options that are set, in order.
  public var options: [Setting]
  /// What is wrong in the end.
  public var violation: Violation
  /// How often the schedule switches away from a process that could have gone on.
  public var preemptions: Int
  /// Whether no trace of this length has fewer preemptions.
  public var hasFewestPreemptions: Bool
  /// What the choices before the start gave.
  public var initialChoices: [Int]
  /// The schedule.
  public var steps: [ScheduledStep]

  /// The file's name without its ending, which tells the rows of a model apart: `buffer_reader.B16`.
  public var name: String {
    CounterexampleFolder.name(
      check: check, bugs: bugs, options: options.map { ($0.name, $0.value) })
  }

  /// What reports call the row: `buffer_writer with B16, might_sleep_checks = false`.
  public var title: String {
    RunDescription(
      model: "", path: "", check: check, bugs: bugs,
      options: options.map { .init(name: $0.name, value: $0.value) }
    ).title
  }

  /// The document: sorted keys, and one line for each step, so that differences are easy to read.
  public func render() -> String {
    struct Head: Encodable {
      let stored: StoredCounterexample
      func encode(to encoder: any Encoder) throws {
        var bare = stored
        bare.steps = []
        try bare.encode(to: encoder)
      }
    }
    let lines = steps.map { "    " + JSONText.render($0, isCompact: true) }
    let list = lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + "\n  ]"
    return JSONText.render(Head(stored: self)).replacing(
      "\"steps\" : []", with: "\"steps\" : " + list)
      + "\n"
  }
}
