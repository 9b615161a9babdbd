public import SourceText

/// What a person wants to know of one atomic step of the source.
///
/// Steps do not matter to a search; traces and `pagerace steps` show them.
public struct Step: Sendable {
  /// One inlined call around the step.
  public struct Frame: Hashable, Sendable {
    /// A number that is different for every inlined copy of a call within one process.
    public let call: Int
    /// The function's name.
    public let function: String
    /// Where it is called.
    public let span: SourceSpan
    /// The file in which the function stands; nil if nobody cares.
    public let file: FileID?

    /// Creates a frame.
    public init(call: Int, function: String, span: SourceSpan, file: FileID? = nil) {
      self.call = call
      self.function = function
      self.span = span
      self.file = file
    }
  }

  /// The process that performs the step.
  public let process: ProcessID
  /// The statement or expression that is executed.
  public let span: SourceSpan
  /// What is done, with the objects of this run filled in: `spin_lock(mapping0.private_lock)`.
  public let text: DisplayText
  /// What is done, in the words of the source: `spin_lock(mapping.private_lock)`.
  public let label: String
  /// The names of the locations that are loaded and stored, such as `load page.count`.
  public let accesses: [String]
  /// The calls around the step, outermost first.
  public let frames: [Frame]
  /// What the description is of.
  public let kind: Kind

  /// What a description is of.
  public enum Kind: Hashable, Sendable {
    /// A step.
    case step
    /// Something joined to the step before it, or to the initial state, because it touches nothing
    /// that others can see change.
    case joined
    /// The start of an inlined call, which is the innermost of ``Step/frames``: its text has the
    /// arguments.
    case call
  }

  /// Creates the description of a step; without a label that is the text, with `_` for each value.
  public init(
    process: ProcessID, span: SourceSpan, text: DisplayText, accesses: [String], frames: [Frame],
    kind: Kind = .step, label: String? = nil
  ) {
    self.kind = kind
    self.label = label ?? text.pattern
    self.process = process
    self.span = span
    self.text = text
    self.accesses = accesses
    self.frames = frames
  }
}

/// A text with values of the running state in it.
public struct DisplayText: Sendable {
  /// A part of the text.
  public enum Piece: Sendable {
    /// Text as it is.
    case literal(String)
    /// The value of an expression, evaluated where the text is used.
    case value(Expression, ValueFormat)
    /// The number that came with a failure.
    case failureValue(ValueFormat)
  }
  /// The parts in order.
  public let pieces: [Piece]

  /// Creates a text of the given parts.
  public init(_ pieces: [Piece]) { self.pieces = pieces }
  /// Creates a text without values.
  public init(_ text: String) { self.pieces = [.literal(text)] }

  /// The text with `_` for each value.
  var pattern: String {
    pieces.map { if case .literal(let text) = $0 { text } else { "_" } }.joined()
  }
}

/// A way in which a run can fail at one place of the source.
public struct Failure: Sendable {
  /// The violation's name, such as `sleep_in_atomic`: what `expect` names.
  public let violation: String
  /// The violation's message, such as `BUG: sleeping function called from invalid context`.
  public let message: String
  /// The code that fails.
  public let span: SourceSpan
  /// What is wrong at this place: `page0.count would become -1, outside 0..7`.
  public let text: DisplayText
  /// The calls around the failing code, outermost first.
  public let frames: [Step.Frame]

  /// Creates a failure.
  public init(
    violation: String, message: String, span: SourceSpan, text: DisplayText, frames: [Step.Frame]
  ) {
    self.violation = violation
    self.message = message
    self.span = span
    self.text = text
    self.frames = frames
  }
}
