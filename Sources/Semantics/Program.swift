public import SourceText

/// A module with all it imports, checked under one configuration of bugs and options.
///
/// Names are gone: everything refers to everything else by index. Options, bugs and constants have
/// been folded into constants, but no branch has been removed.
public struct Program: Sendable {
  /// The path of the module that was asked for, such as `direct_migration.buffer_migrate_page`.
  public var name: String
  /// The text of the `///` comment at its top.
  public var documentation = ""
  /// Where its name stands; nil if it has none.
  public var nameSpan: SourceSpan?
  /// The enums.
  public var enums: [EnumType] = []
  /// The structs, locks, words and word enums.
  public var structs: [StructType] = []
  /// The pools.
  public var pools: [PoolType] = []
  /// The flags that are locks.
  public var lockBits: [LockBit] = []
  /// The variables, those of scenarios included.
  public var variables: [GlobalVariable] = []
  /// The functions.
  public var functions: [Function] = []
  /// The violations that `require` names.
  public var violations: [ViolationDeclaration] = []
  /// The bugs of the module and of those it imports.
  public var bugs: [BugDeclaration] = []
  /// The options of the module and of those it imports, with their values.
  public var options: [OptionDeclaration] = []
  /// The properties that every check has: those at the top of the modules.
  public var properties: [Property] = []
  /// The scenarios and environments of the module and of those it imports.
  public var scenarios: [Scenario] = []
  /// The checks of the module that was asked for; those of imported modules are left out.
  public var checks: [Check] = []

  /// Creates an empty program.
  public init(name: String) { self.name = name }

  /// Returns the bug with the given id or name.
  public func bug(_ word: String) -> BugDeclaration? {
    bugs.first { $0.id == word } ?? bugs.first { $0.name == word }
  }
}

/// Which bugs are on and which options have other values than their defaults.
public struct Configuration: Hashable, Sendable {
  /// The ids of the bugs that are on.
  public var bugs: Set<String>
  /// The options that are set, with their values as text.
  public var options: [String: String]

  /// Creates a configuration.
  public init(bugs: Set<String> = [], options: [String: String] = [:]) {
    self.bugs = bugs
    self.options = options
  }
}
