public import SourceText

/// The rules that the checker enforces; some more it shares with the parser.
public let semanticsRules: [RuleDescription] =
  Rules.names + Rules.types + Rules.values + Rules.code + Rules.effects + Rules.checks

/// The descriptions, a list for each subject.
enum Rules {}
