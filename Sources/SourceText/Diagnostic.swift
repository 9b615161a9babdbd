/// One thing to tell the author of a model.
///
/// A diagnostic is data: phases return lists of them and never print. Only a renderer knows about
/// terminals, and only the tool knows about exit codes.
public struct Diagnostic: Hashable, Sendable {
  /// How much a diagnostic matters.
  public enum Severity: String, Sendable {
    /// The model cannot be checked.
    case error
    /// The model can be checked, but probably does not say what its author meant.
    case warning
  }

  /// A second place that helps to understand the first.
  public struct Note: Hashable, Sendable {
    /// What is at ``span``.
    public let message: String
    /// The text to point at.
    public let span: SourceSpan

    /// Creates a note about the text at `span`.
    public init(message: String, span: SourceSpan) {
      self.message = message
      self.span = span
    }
  }

  /// A change of the text that would mend the problem.
  public struct Suggestion: Hashable, Sendable {
    /// The text to replace.
    public let span: SourceSpan
    /// What to put in its place.
    public let replacement: String

    /// Creates the suggestion to put `replacement` in the place of `span`.
    public init(span: SourceSpan, replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// How much this diagnostic matters.
  public let severity: Severity

  /// The stable name of the rule, such as `unknown-name`.
  ///
  /// It is also the name of the page that `pagerace explain` prints.
  public let rule: String

  /// What is wrong, as one phrase: lower case, no full stop, names in single quotes.
  public let message: String

  /// The smallest text that shows the problem.
  public let span: SourceSpan

  /// The other places involved, in the order a reader should look at them.
  public let notes: [Note]

  /// One phrase that says what to do, if something can be said.
  public let help: String?

  /// The obvious fix, if there is one.
  public let suggestion: Suggestion?

  /// Creates a diagnostic.
  public init(
    severity: Severity = .error, rule: String, message: String, span: SourceSpan,
    notes: [Note] = [], help: String? = nil, suggestion: Suggestion? = nil
  ) {
    self.severity = severity
    self.rule = rule
    self.message = message
    self.span = span
    self.notes = notes
    self.help = help
    self.suggestion = suggestion
  }
}
