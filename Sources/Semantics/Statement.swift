public import SourceText

/// A checked statement.
public struct Statement: Sendable {
  /// What the statement is.
  public indirect enum Kind: Sendable {
    /// Gives a value local its value: `let`, `var`, and assignment to a local as a whole. Nil: the
    /// default of its type.
    case setLocal(LocalIndex, Expression?)
    /// Resolves a location once: `let a = &place`.
    case bindAlias(LocalIndex, Place)
    /// Stores to a location: first the target's object and index, then the value, then the store.
    /// With `once`, `WRITE_ONCE`. The value of a plain struct or array is a load, an aggregate or elements.
    case store(Place, Expression, once: Bool)
    /// `place += value` and `place -= value`: the target once, a load, the value, a store.
    case update(Place, BinaryOperator, Expression)
    /// A call or operation for its effect.
    case evaluate(Expression)
    /// `if`: conditions are tried in order. `if let` is a `setLocal` of a hidden local, a test
    /// with `isCase`, and `setLocal`s of the bindings from `wordField`, in that order.
    case conditional(Expression, [Statement], otherwise: [Statement])
    /// `while` (with its condition) and `loop` (without). A label only if one is written.
    case loop(label: String?, condition: Expression?, [Statement])
    /// `for`; `safely` fetches the next element of a list before the body.
    case forEach(label: String?, LocalIndex, Domain, safely: Bool, [Statement])
    /// `block label { }`
    case block(label: String, [Statement])
    /// A plain sequence.
    case sequence([Statement])
    /// `either { } or { }`
    case either([[Statement]])
    /// `atomic { }`
    case atomic([Statement])
    /// `ghost { }`
    case ghost([Statement])
    /// `break` of the named or the innermost loop.
    case breakLoop(label: String?)
    /// `continue` of the named or the innermost loop.
    case continueLoop(label: String?)
    /// `leave` a block.
    case leave(label: String)
    /// `return`
    case returnValue(Expression?)
    /// `skip`
    case skip
    /// `await [rest] c`
    case await(isRest: Bool, Expression)
    /// `choose x in d where c`
    case choose(LocalIndex, Domain, where: Expression?)
    /// `require c else violation`; the index is in ``Program/violations``. With `isGhost` no warning.
    case require(Expression, violation: Int, isGhost: Bool)
    /// `unreachable "reason"`
    case unreachable(String)
    /// `free x`
    case free(Expression)
    /// `hand_over lock to task`: the place is a lock struct or a lock bit; nil hands it to nobody.
    case handOver(Place, to: Expression)
    /// `move x from a to b`: one step.
    case move(Expression, from: Place, to: Place)
    /// `credit(p)` or `debit(p)`: changes the running task's ledger.
    case ledger(Expression, change: Int)
  }

  /// What the statement is.
  public var kind: Kind
  /// The whole statement.
  public var span: SourceSpan

  /// Creates a statement.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}
