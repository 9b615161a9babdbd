/// What `pagerace explain` says about a rule or a violation.
public struct RulePage: Sendable {
  /// What the page is about.
  public enum Kind: String, Sendable {
    /// An error or a warning about the text of a model.
    case rule
    /// Something that a search finds.
    case violation
  }

  /// The stable name, such as `unknown-module` or `use_after_free`.
  public let name: String
  /// What the page is about.
  public let kind: Kind
  /// One sentence.
  public let summary: String
  /// Paragraphs, separated by empty lines; indented lines are code and are not wrapped.
  public let text: String

  /// Creates the page of a rule.
  static func rule(_ name: String, _ summary: String, _ text: String = "") -> RulePage {
    RulePage(name: name, kind: .rule, summary: summary, text: text)
  }

  /// Creates the page of a violation.
  static func violation(_ name: String, _ summary: String, _ text: String = "") -> RulePage {
    RulePage(name: name, kind: .violation, summary: summary, text: text)
  }

  /// All pages, ordered by name.
  public static let all: [RulePage] =
    (modules + syntax + semantics + lowering + catalogue + violations)
    .sorted { $0.name < $1.name }

  /// The page with the given name.
  public static func named(_ name: String) -> RulePage? {
    all.first { $0.name == name }
  }
}
