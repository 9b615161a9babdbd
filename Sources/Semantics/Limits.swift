/// How large the parts of a model may be.
///
/// Real models stay far below. The limits keep the later phases fast and their recursion shallow on
/// any input.
enum Limits {
  /// The diagnostics that are kept; nobody reads more.
  static let diagnostics = 1000
  /// The diagnostics for which a name that was meant is looked for.
  static let advisedDiagnostics = 100
  /// The branches of an `if` or `switch`, which become nested conditionals.
  static let branches = 64
  /// The calls inside one another.
  static let callDepth = 64
  /// The bodies that inlining all calls of one function copies.
  static let inlinedCalls = 20_000
  /// The consts whose values need one another.
  static let constantDepth = 64
  /// The structs inside one another.
  static let structDepth = 32
  /// The single values in a variable or object, where an array over a pool counts as one element.
  static let leaves = 65_536
  /// The scenarios that extend one another.
  static let scenarioDepth = 16
  /// The fields of a struct, word or pool.
  static let fields = 256
  /// The cases of an enum.
  static let cases = 1000
  /// The pools of a program, and its lock bits.
  static let pools = 256
}
