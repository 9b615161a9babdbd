internal import SourceText

/// What a name, a member or an element is before it is decided whether it is loaded or stored to.
struct Operand {
  /// A location or a value.
  enum Kind {
    case place(Place)
    case value(Expression)
  }

  /// What keeps a location from being changed.
  struct Protection {
    /// The name that is protected.
    var name: String
    /// What it is: `let`, `parameter`, `loop variable`.
    var kind: String
    var span: SourceSpan?
  }

  var kind: Kind
  /// Whether it is ghost data.
  var isGhost = false
  /// Why it cannot be changed; nil if it can.
  var protection: Protection?

  var type: Type {
    switch kind {
    case .place(let place): place.type
    case .value(let expression): expression.type
    }
  }

  var span: SourceSpan {
    switch kind {
    case .place(let place): place.span
    case .value(let expression): expression.span
    }
  }
}
