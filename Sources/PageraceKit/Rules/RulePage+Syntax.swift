extension RulePage {
  /// The rules about the form of the text.
  static let syntax: [RulePage] = []
}
