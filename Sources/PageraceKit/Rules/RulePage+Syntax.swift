import SourceText
import Syntax

extension RulePage {
  /// The rules about the form of the text, which the parser describes itself.
  static let syntax: [RulePage] = syntaxRules.map { description in
    .rule(description.rule, description.summary, text(of: description))
  }

  /// Returns the explanation of a rule with its examples.
  static func text(of description: RuleDescription) -> String {
    guard let wrong = description.wrong, let mended = description.mended else {
      return description.explanation
    }
    return [description.explanation, "Wrong:", code(wrong), "Right:", code(mended)]
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func code(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0 != "module m" }.map { $0.isEmpty ? "" : "    \($0)" }
      .joined(separator: "\n")
      .replacing(/\n+$/, with: "")
  }
}
