public import SourceText

/// Something that is judged in states.
public struct Property: Sendable {
  /// When a property is judged.
  public enum Kind: String, Hashable, Sendable {
    /// Must be true in every state.
    case invariant
    /// Must be true in every state at rest.
    case finally
    /// Must be true in some state.
    case reachable
    /// Must never be executed: the code stands in failures; kept here for its name only.
    case unreachable
  }

  /// A part of the condition that is shown on its own: one operand of `&&`, for one object.
  public struct Part: Sendable {
    /// The part in the words of the model, with objects filled in.
    public let text: String
    /// Code that ends in ``Instruction/result(_:)``.
    public let entry: Label
    /// Where the part stands.
    public let span: SourceSpan

    /// Creates a part.
    public init(text: String, entry: Label, span: SourceSpan) {
      self.text = text
      self.entry = entry
      self.span = span
    }
  }

  /// The property's name.
  public let name: String
  /// When it is judged.
  public let kind: Kind
  /// Code that ends in ``Instruction/result(_:)``, or fails because an access in it is invalid.
  public let entry: Label
  /// The condition cut into parts, for explaining which of them is false.
  public let parts: [Part]
  /// Where the property is declared.
  public let span: SourceSpan

  /// Creates a property.
  public init(name: String, kind: Kind, entry: Label, parts: [Part], span: SourceSpan) {
    self.name = name
    self.kind = kind
    self.entry = entry
    self.parts = parts
    self.span = span
  }
}

/// A lock of the system, for reports that say who holds what.
public struct LockInfo: Sendable {
  /// The lock's name, such as `mapping0.private_lock`.
  public let name: String
  /// The process that holds it: zero for none, otherwise the process's index plus one.
  public let holder: VariableID
  /// The processes that share it, as a bit mask.
  public let readers: VariableID?

  /// Creates the description of a lock.
  public init(name: String, holder: VariableID, readers: VariableID?) {
    self.name = name
    self.holder = holder
    self.readers = readers
  }
}
