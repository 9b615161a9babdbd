extension RulePage {
  /// The rules about names and types.
  static let semantics: [RulePage] = []
}
