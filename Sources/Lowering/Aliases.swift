internal import Machine
internal import Semantics

// The tree and the machine use the same words for different things. On the way from one to the
// other each gets a name of its own.

/// An expression of the machine: pure, total, on numbers.
typealias Formula = Machine.Expression
/// A variable of the machine, chosen by computed indexes.
typealias Cell = Machine.Place
/// An expression of the checked tree.
typealias TypedExpression = Semantics.Expression
/// A location of the checked tree.
typealias TypedPlace = Semantics.Place
