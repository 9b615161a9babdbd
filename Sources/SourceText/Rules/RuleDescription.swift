/// What there is to say about a rule beyond the one phrase of its diagnostics.
///
/// A phase keeps a list of these next to its diagnostics; `pagerace explain` shows them.
public struct RuleDescription: Sendable {
  /// The stable name of the rule, as diagnostics have it.
  public let rule: String

  /// The rule as one sentence.
  public let summary: String

  /// Why the rule exists, and what to do, in a paragraph or two.
  public let explanation: String

  /// A small file that breaks the rule, if it can be shown in a few lines.
  public let wrong: String?

  /// The same file mended.
  public let mended: String?

  /// Creates the description of `rule`.
  public init(
    _ rule: String, _ summary: String, _ explanation: String, wrong: String? = nil,
    mended: String? = nil
  ) {
    self.rule = rule
    self.summary = summary
    self.explanation = explanation
    self.wrong = wrong
    self.mended = mended
  }
}
