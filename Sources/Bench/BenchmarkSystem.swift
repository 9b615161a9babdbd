/// A system that several checkers explore: the same steps, the same states.
public struct BenchmarkSystem: Sendable {
  /// How many states and transitions there are.
  public struct Counts: Sendable, Equatable, Encodable {
    /// The states that can be reached, the initial one included.
    public var states: Int
    /// The transitions between them, without the way to the initial state.
    public var transitions: Int

    /// Creates counts.
    public init(states: Int, transitions: Int) {
      self.states = states
      self.transitions = transitions
    }

    /// Whether rates and bytes say anything: smaller systems only show how long a verdict takes.
    public var areLarge: Bool { states >= 100_000 }
  }

  /// The forms of the system that were written for the peers.
  struct Forms: Sendable {
    /// The name of the model files.
    var family: String
    /// How many tasks there are of the kind that is counted.
    var size: Int
    /// What the program in C calls the system.
    var macro: String
    /// What SPIN and Rumur call the size.
    var parameter: String { macro == "PAGEMIG" ? "F" : "N" }
  }

  /// What it is called.
  public let name: String
  /// The `.race` file, from the folder with the models.
  let path: String
  /// The check of that file.
  let check: String
  /// How many states and transitions there are, if that is known from elsewhere.
  public let known: Counts?
  /// The peers' forms; a system without any is exported for SPIN.
  let forms: Forms?
  /// Whether it is measured when nothing else is asked for.
  public let isUsual: Bool

  private init(
    _ family: String, _ size: Int, _ macro: String, _ check: String, states: Int, transitions: Int,
    isUsual: Bool = true
  ) {
    name = "\(family)-\(size)"
    path = "\(family).race"
    self.check = check
    known = Counts(states: states, transitions: transitions)
    forms = Forms(family: family, size: size, macro: macro)
    self.isUsual = isUsual
  }

  /// A check of another model.
  private init(exported name: String, _ path: String, _ check: String, isUsual: Bool = true) {
    self.name = name
    self.path = path
    self.check = check
    known = nil
    forms = nil
    self.isUsual = isUsual
  }

  /// All systems, the small ones first.
  ///
  /// The numbers are those of `Models/bench/c/refmc.c`, and SPIN and Rumur have confirmed them.
  public static let all: [BenchmarkSystem] = [
    .init("phil", 4, "PHIL", "dinner", states: 81, transitions: 216),
    .init("filter", 3, "FILTER", "exclusion", states: 524, transitions: 1_194, isUsual: false),
    .init(exported: "truncation", "../direct-migration/migrate_page.race", "truncation"),
    .init("pagemig", 1, "PAGEMIG", "one", states: 15_434, transitions: 47_697, isUsual: false),
    .init("pagemig", 2, "PAGEMIG", "two", states: 140_312, transitions: 535_915),
    .init("filter", 5, "FILTER", "five", states: 264_582, transitions: 879_430, isUsual: false),
    .init(
      "phil", 12, "PHIL", "twelve", states: 531_441, transitions: 4_251_528, isUsual: false),
    .init("pagemig", 3, "PAGEMIG", "three", states: 1_333_378, transitions: 6_072_583),
    .init(exported: "buffers", "../direct-migration/buffer_migrate_page.race", "everyone"),
    .init("filterscan", 5, "SCAN", "five", states: 3_103_118, transitions: 11_368_556),
    .init("phil", 14, "PHIL", "fourteen", states: 4_782_969, transitions: 44_641_044),
    .init("filter", 6, "FILTER", "six", states: 6_698_326, transitions: 25_789_008),
    .init("pagemig", 4, "PAGEMIG", "four", states: 13_028_116, transitions: 68_871_691),
  ]

  /// The binary logarithm of a hash table that the states fill to two fifths at most; for systems whose
  /// states nobody has counted that of four million places.
  var tableLogarithm: Int {
    guard let known else { return 22 }
    var logarithm = 16
    while 1 << logarithm < known.states * 5 / 2 { logarithm += 1 }
    return logarithm
  }
}
