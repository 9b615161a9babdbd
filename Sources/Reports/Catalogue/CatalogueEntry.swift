/// What is known of one id: a mistake, a question or a claim, with the rows that are about it.
public struct CatalogueEntry: Sendable {
  /// Which part of the catalogue an entry is in.
  public enum Kind: Sendable {
    /// Somebody made this mistake.
    case mistake
    /// Somebody asked whether this is one.
    case question
    /// Something that holds.
    case claim
    /// No model knows it.
    case open
  }

  /// What one declaration says about it.
  public struct Statement: Sendable {
    /// The module of the declaration, as an index in ``CatalogueDocument/modules``.
    public var module: Int
    /// The name of the bug or check; empty for a module.
    public var name: String
    /// Whether ``name`` is that of a check.
    public var isCheck: Bool
    /// What was wrong, what holds, or why there is no model.
    public var sentence: String
    /// The paragraphs that say more.
    public var prose: [String]
    /// Where it is known from.
    public var sources: [String]
    /// What the models answer.
    public var answers: [String]
    /// What is not judged.
    public var liveness: [String]

    /// Creates a statement.
    public init(
      module: Int, name: String, isCheck: Bool, sentence: String, prose: [String] = [],
      sources: [String] = [], answers: [String] = [], liveness: [String] = []
    ) {
      self.module = module
      self.name = name
      self.isCheck = isCheck
      self.sentence = sentence
      self.prose = prose
      self.sources = sources
      self.answers = answers
      self.liveness = liveness
    }
  }

  /// Something that is violated.
  public struct Violation: Hashable, Sendable {
    /// The name of the violation or property.
    public var name: String
    /// When a property is judged, such as `at the end`; nil if it is none.
    public var when: String?
    /// The condition of the property, or the message of the violation.
    public var text: String

    /// Creates a violation.
    public init(name: String, when: String? = nil, text: String) {
      self.name = name
      self.when = when
      self.text = text
    }
  }

  /// The id, such as `B16`.
  public var id: String
  /// Which part it is in.
  public var kind: Kind
  /// What is said about it, in the order of the modules.
  public var statements: [Statement]
  /// The rows that are about it, as indexes in ``CatalogueDocument/rows``.
  public var rows: [Int]
  /// What is violated in them, in order.
  public var violations: [Violation]

  /// Creates an entry.
  public init(
    id: String, kind: Kind, statements: [Statement], rows: [Int],
    violations: [Violation]
  ) {
    self.id = id
    self.kind = kind
    self.statements = statements
    self.rows = rows
    self.violations = violations
  }
}
