import Semantics
import SourceText

extension RulePage {
  /// The rules about names, types, effects and checks, which the checker describes itself.
  static let semantics: [RulePage] = semanticsRules.map { description in
    .rule(description.rule, description.summary, text(of: description))
  }
}
