/// A system that several checkers explore: the same steps, the same states, known numbers of both.
public struct BenchmarkSystem: Sendable {
  /// What it is called: the file's name and the size.
  public var name: String { "\(family)-\(size)" }
  /// The name of the model files, in the form of each checker.
  public let family: String
  /// How many tasks there are of the kind that is counted.
  public let size: Int
  /// The check of the `.race` file that has this size.
  public let check: String
  /// What the peers call the size.
  let parameter: String
  /// What the program in C calls the system.
  let macro: String
  /// How many states can be reached, the initial one included.
  public let states: Int
  /// How many transitions there are between them.
  public let transitions: Int
  /// Whether it is measured when nothing else is asked for.
  public let isUsual: Bool

  /// Whether rates and bytes say anything: smaller systems only show how long a verdict takes.
  public var isLarge: Bool { states >= 100_000 }

  init(
    _ family: String, _ size: Int, check: String, parameter: String, macro: String, states: Int,
    transitions: Int, isUsual: Bool = true
  ) {
    self.family = family
    self.size = size
    self.check = check
    self.parameter = parameter
    self.macro = macro
    self.states = states
    self.transitions = transitions
    self.isUsual = isUsual
  }

  /// All systems, the small ones first.
  ///
  /// The numbers are those of `Models/bench/c/refmc.c`, and SPIN and Rumur have confirmed them.
  public static let all: [BenchmarkSystem] = [
    .philosophers(4, check: "dinner", states: 81, transitions: 216),
    .filter(3, check: "exclusion", states: 524, transitions: 1_194, isUsual: false),
    .migration(1, check: "one", states: 15_434, transitions: 47_697, isUsual: false),
    .migration(2, check: "two", states: 140_312, transitions: 535_915),
    .filter(5, check: "five", states: 264_582, transitions: 879_430, isUsual: false),
    .philosophers(
      12, check: "twelve", states: 531_441, transitions: 4_251_528, isUsual: false),
    .migration(3, check: "three", states: 1_333_378, transitions: 6_072_583),
    BenchmarkSystem(
      "filterscan", 5, check: "five", parameter: "N", macro: "SCAN", states: 3_103_118,
      transitions: 11_368_556),
    .philosophers(14, check: "fourteen", states: 4_782_969, transitions: 44_641_044),
    .filter(6, check: "six", states: 6_698_326, transitions: 25_789_008),
    .migration(4, check: "four", states: 13_028_116, transitions: 68_871_691),
  ]

  private static func philosophers(
    _ size: Int, check: String, states: Int, transitions: Int, isUsual: Bool = true
  ) -> BenchmarkSystem {
    BenchmarkSystem(
      "phil", size, check: check, parameter: "N", macro: "PHIL", states: states,
      transitions: transitions, isUsual: isUsual)
  }

  private static func filter(
    _ size: Int, check: String, states: Int, transitions: Int, isUsual: Bool = true
  ) -> BenchmarkSystem {
    BenchmarkSystem(
      "filter", size, check: check, parameter: "N", macro: "FILTER", states: states,
      transitions: transitions, isUsual: isUsual)
  }

  private static func migration(
    _ size: Int, check: String, states: Int, transitions: Int, isUsual: Bool = true
  ) -> BenchmarkSystem {
    BenchmarkSystem(
      "pagemig", size, check: check, parameter: "F", macro: "PAGEMIG", states: states,
      transitions: transitions, isUsual: isUsual)
  }

  /// The binary logarithm of a hash table that the states fill to two fifths at most.
  var tableLogarithm: Int {
    var logarithm = 16
    while 1 << logarithm < states * 5 / 2 { logarithm += 1 }
    return logarithm
  }
}
